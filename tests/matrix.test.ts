/** Every diagram × every recorded session: what must hold of all of them, also of those to come. */
import { describe, expect, it } from 'vitest';
import { DIAGRAMS as REGISTRY } from '../src/app/diagrams/index.ts';
import { writeSession } from '../src/core/session/codec.ts';
import { collisions, labelBoxes } from './support/legible.ts';
import { FIXTURES, type Fixture, RECORDINGS, openFixture, viewAt } from './support/sessions.ts';

const DIAGRAMS = await Promise.all(REGISTRY.all.map((entry) => entry.load()));

const WIDTHS = [360, 390, 640, 960, 1008, 1200, 1480];
const HEIGHTS: Readonly<Record<string, number>> = { timeline: 192 };
const sizeOf = (id: string, width: number) => ({ width, height: HEIGHTS[id] ?? (width < 720 ? 300 : 440) });

/** Every event where few are, else some hundred spread over all. */
function moments({ log }: Fixture): number[] {
  const total = log.events.length;
  const step = Math.max(1, Math.floor(total / 150));
  return [...Array(total + 1).keys()].filter((index) => index % step === 0 || index === total);
}

function numbersIn(value: unknown, path = ''): [string, number][] {
  if (typeof value === 'number') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => numbersIn(inner, `${path}.${key}`));
}

/** Geometry as data: functions in a layout (a scale, say) are not part of the comparison. */
const asData = (value: unknown): string => JSON.stringify(value);

it('every entry of the registry names its diagram', () => {
  expect(REGISTRY.all.map(({ id, title }) => [id, title])).toEqual(
    DIAGRAMS.map(({ id, title }) => [id, title]),
  );
});

describe.each([...FIXTURES, ...RECORDINGS].map((fixture) => [fixture.name, fixture] as const))(
  '%s',
  (_name, fixture) => {
    const at = moments(fixture);

    it.each(DIAGRAMS.map((diagram) => [diagram.id, diagram] as const))(
      '%s: finite, deterministic, legible',
      (id, diagram) => {
        for (const index of at) {
          const view = viewAt(fixture, index);
          const width = WIDTHS[index % WIDTHS.length]!;
          const layout = diagram.layout(view, sizeOf(id, width));
          const wrong = numbersIn(layout.labels).filter(([, number]) => !Number.isFinite(number));
          expect(wrong, `${id} at ${index}`).toEqual([]);
          expect(asData(layout)).not.toMatch(/NaN|Infinity/);
          expect(asData(diagram.layout(viewAt(fixture, index), sizeOf(id, width)))).toBe(asData(layout));
          expect(collisions(labelBoxes(layout.labels)), `${id} at event ${index}, ${width} px`).toEqual([]);
        }
      },
    );

    it('has a caption and a text alternative at every moment', () => {
      for (const index of at) {
        for (const diagram of DIAGRAMS) {
          const view = viewAt(fixture, index);
          expect(diagram.describe(view).length, diagram.id).toBeGreaterThan(10);
          expect(diagram.caption(view).text.length, diagram.id).toBeGreaterThan(0);
        }
      }
    });

    it('gives identical pictures forward, backward and forward again', () => {
      const picture = (index: number) =>
        DIAGRAMS.map((diagram) => asData(diagram.layout(viewAt(fixture, index), sizeOf(diagram.id, 1008))));
      const forward = at.map(picture);
      const backward = [...at].reverse().map(picture).reverse();
      expect(backward).toEqual(forward);
      expect(at.map(picture)).toEqual(forward);
    });

    it('looks the same after save and open', () => {
      const reopened = openFixture('again', writeSession(fixture.log.events));
      expect(reopened.log.events).toEqual(fixture.log.events);
      for (const index of at) {
        const before = viewAt(fixture, index);
        const after = viewAt(reopened, index);
        expect(after.facts).toEqual(before.facts);
        for (const diagram of DIAGRAMS) {
          const size = sizeOf(diagram.id, 1008);
          expect(asData(diagram.layout(after, size))).toBe(asData(diagram.layout(before, size)));
          expect(diagram.describe(after)).toBe(diagram.describe(before));
        }
      }
    });
  },
);
