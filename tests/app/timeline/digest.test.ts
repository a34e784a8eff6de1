import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import DigestLane from '../../../src/app/diagrams/timeline/DigestLane.svelte';
import { areaOf, nearest, strokesOf } from '../../../src/app/diagrams/timeline/digest.ts';
import type { Selection } from '../../../src/core/projections/view.ts';
import { layout } from '../../../src/app/diagrams/timeline/layout.ts';
import { longSession } from '../../bench/long-session.ts';
import { viewOf } from './sessions.ts';

const size = { width: 1440, height: 192 };
const view = viewOf(longSession(15_000));
const { lanes, thinned } = layout(view, size).picture;
const drawn = (lane: (typeof lanes)[number], selection: Selection): string =>
  render(DigestLane, { props: { lane, selection, select: () => {} } }).body;
const times = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

describe('the timeline of a long session', () => {
  it('draws every mark, as a few strokes', () => {
    for (const { marks } of lanes) {
      const strokes = strokesOf(marks);
      const icons = marks.flatMap(({ shapes }) => shapes.filter(({ shape }) => shape === 'icon'));
      const lines = marks.flatMap(({ shapes }) => shapes.filter(({ shape }) => shape === 'line'));
      const drawnAs = (pick: RegExp) =>
        strokes
          .filter(({ key }) => pick.test(key))
          .map(({ d }) => d)
          .join('');
      expect(times(drawnAs(/^line/), /M/g)).toBe(lines.length);
      expect(times(drawnAs(/^(host|srflx|relay|prflx|fail) /), /M/g)).toBe(
        icons.filter((shape) => shape.shape === 'icon' && shape.icon !== 'envelope').length,
      );
      expect(strokes.length).toBeLessThan(16);
      expect(strokes.map(({ d }) => d).join('')).not.toMatch(/NaN|undefined|Infinity/);
      expect(times(areaOf(marks), /z/g)).toBe(marks.length);
    }
  });

  it('holds few elements, and one tab stop a lane that names a mark', () => {
    expect(thinned).toBe(true);
    const body = lanes.map((lane) => drawn(lane, null)).join('');
    expect(times(body, /<(?:g|path|rect|text|circle)\b/g)).toBeLessThan(250);
    expect(times(body, /role="button" tabindex="0" aria-label="[^"]+, 1 of \d+ drawn"/g)).toBe(
      lanes.filter(({ marks }) => marks.length > 0).length,
    );
  });

  it('marks what is selected', () => {
    const lane = lanes.find(({ id }) => id === 'calls')!;
    expect(drawn(lane, lane.marks[7]!.selects)).toContain('selected-box');
    expect(drawn(lane, null)).not.toContain('selected-box');
  });

  it('finds the mark under a pointer', () => {
    const { marks } = lanes.find(({ id }) => id === 'calls')!;
    const mark = marks[3]!;
    const found = marks[nearest(marks, (mark.left + mark.right) / 2, mark.y)]!;
    expect(found.left).toBeLessThanOrEqual(mark.right);
    expect(found.right).toBeGreaterThanOrEqual(mark.left);
    expect(nearest([], 5, 5)).toBe(-1);
  });
});
