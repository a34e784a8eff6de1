import { expect, it } from 'vitest';
import { layout as gathering } from '../../../src/app/diagrams/gathering/layout.ts';
import { layout as pairs } from '../../../src/app/diagrams/pairs/layout.ts';
import { roomyRow } from '../../../src/app/diagrams/parts/rows.ts';
import { illegible } from '../../support/legible.ts';
import { FIXTURES, viewAt } from '../../support/sessions.ts';

it('gives few rows more room, many rows what was drawn, and none more than they can hold together', () => {
  expect(roomyRow(30, 3, 600)).toBe(42);
  expect(roomyRow(30, 16, 600)).toBe(37);
  expect(roomyRow(30, 400, 600)).toBe(30);
  expect(roomyRow(30, 0, 0)).toBe(30);
});

it.each(FIXTURES)(
  '$name: rows of one height while the session plays, legible where they are high',
  (fixture) => {
    const size = { width: 1200, height: 560 };
    const total = fixture.log.events.length;
    for (const draw of [gathering, pairs]) {
      const drawn = [0.3, 0.6, 1].map((share) => draw(viewAt(fixture, Math.round(share * total)), size));
      const heights = new Set(drawn.filter(({ rows }) => rows.length > 0).map(({ rowHeight }) => rowHeight));
      expect(heights.size).toBeLessThanOrEqual(1);
      for (const { labels } of drawn) expect(illegible(labels, size.width)).toEqual([]);
    }
  },
);
