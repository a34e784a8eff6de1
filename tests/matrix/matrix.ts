/**
 * Every diagram × every recorded session: what must hold of all of them, also of those to come. The sessions are dealt out
 * to as many files as there are parts, because a worker takes whole files.
 */
import { describe, expect, it } from 'vitest';
import type { Diagram } from '../../src/app/diagrams/diagram.ts';
import type { Label } from '../../src/app/diagrams/parts/labels.ts';
import { DIAGRAMS as REGISTRY } from '../../src/app/diagrams/index.ts';
import type { View } from '../../src/core/projections/view.ts';
import { writeSession } from '../../src/core/session/codec.ts';
import { illegible } from '../support/legible.ts';
import { FIXTURES, type Fixture, RECORDINGS, openFixture, viewAt } from '../support/sessions.ts';

const PARTS = 4;
const DIAGRAMS = await Promise.all(REGISTRY.all.map((entry) => entry.load()));

const WIDTHS = [360, 390, 640, 834, 960, 1008, 1200, 1480, 1920];
const HEIGHTS: Readonly<Record<string, number>> = { timeline: 192 };

/** Of the widths each moment gets another one. */
function sizeOf(id: string, { index }: View) {
  const width = WIDTHS[index % WIDTHS.length]!;
  return { width, height: HEIGHTS[id] ?? (width < 720 ? 300 : width < 1500 ? 440 : 900) };
}

/** Every event where few are, else some hundred spread over all. */
function moments({ log }: Fixture): number[] {
  const total = log.events.length;
  const step = Math.max(1, Math.floor(total / 150));
  return [...Array(total + 1).keys()].filter((index) => index % step === 0 || index === total);
}

const layoutAt = (diagram: Diagram, view: View) => diagram.layout(view, sizeOf(diagram.id, view));
/** Geometry as data: functions in a layout (a scale, say) are not part of the comparison. */
const drawn = (diagram: Diagram, view: View): string => JSON.stringify(layoutAt(diagram, view));
const isFinite = (label: Label): boolean =>
  Object.values(label).every((value) => typeof value !== 'number' || Number.isFinite(value));

export function matrix(part: number): void {
  it('every entry of the registry names its diagram', () => {
    expect(REGISTRY.all.map(({ id, title }) => [id, title])).toEqual(
      DIAGRAMS.map(({ id, title }) => [id, title]),
    );
  });

  const sessions = [...FIXTURES, ...RECORDINGS]
    .toSorted((a, b) => b.text.length - a.text.length)
    .filter((_, place) => place % PARTS === part - 1);
  describe.each(sessions.map((fixture) => [fixture.name, fixture] as const))('%s', (_name, fixture) => {
    const views = moments(fixture).map((index) => viewAt(fixture, index));
    const reopened = openFixture('again', writeSession(fixture.log.events));

    it('is the same after save and open', () => {
      expect(reopened.log.events).toEqual(fixture.log.events);
      for (const { facts, index } of views) expect(viewAt(reopened, index).facts).toEqual(facts);
    });

    it.each(DIAGRAMS.map((diagram) => [diagram.id, diagram] as const))('%s', (_id, diagram) => {
      const forward = views.map((view) => soundDrawing(diagram, view));
      const backward = views.toReversed().map((view) => drawn(diagram, view));
      expect(backward.toReversed()).toEqual(forward);
      const again = views.map(({ index }) => viewAt(reopened, index));
      expect(again.map((view) => drawn(diagram, view))).toEqual(forward);
      expect(again.map(diagram.describe)).toEqual(views.map(diagram.describe));
    });
  });
}

/** What it draws at a moment, which is finite and legible and has a caption and a text alternative. */
function soundDrawing(diagram: Diagram, view: View): string {
  const layout = layoutAt(diagram, view);
  const text = JSON.stringify(layout);
  const wrong = [
    ...(/NaN|Infinity/.exec(text) ?? []),
    ...layout.labels.filter((label) => !isFinite(label)),
    ...illegible(layout.labels, sizeOf(diagram.id, view).width),
    ...(diagram.describe(view).length > 10 ? [] : ['no text alternative']),
    ...(diagram.caption(view).text.length > 0 ? [] : ['no caption']),
  ];
  expect(wrong, `${diagram.id} at ${view.index}`).toEqual([]);
  return text;
}
