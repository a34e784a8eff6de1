import { describe, expect, it } from 'vitest';
import { placeGroups } from '../../../src/app/diagrams/paths/geometry.ts';
import type { Label } from '../../../src/app/diagrams/parts/labels.ts';

const label = (text: string, x: number, y: number): Label => ({ text, x, y, size: 12, mono: true });
const texts = (labels: readonly Label[]): string[] => labels.map(({ text, x }) => `${text}@${x}`);

describe('placing labels', () => {
  it('lets the higher rank choose first, whatever the order', () => {
    const low = { rank: 1, slots: [[label('low', 10, 50)]] };
    const high = { rank: 2, slots: [[label('high', 12, 50)]] };
    expect(texts(placeGroups([low, high], [], 200, 100))).toEqual(['high@12']);
  });

  it('takes the next slot where the first is taken', () => {
    const group = { rank: 1, slots: [[label('word', 10, 50)], [label('word', 120, 50)]] };
    const taken = { left: 0, right: 60, top: 0, bottom: 100 };
    expect(texts(placeGroups([group], [taken], 200, 100))).toEqual(['word@120']);
  });

  it('gives up the last line rather than the first', () => {
    const group = { rank: 1, slots: [[label('first', 10, 20), label('second', 10, 36)]] };
    const taken = { left: 0, right: 60, top: 28, bottom: 40 };
    expect(texts(placeGroups([group], [taken], 200, 100))).toEqual(['first@10']);
  });

  it('never leaves the figure', () => {
    const group = { rank: 1, slots: [[label('beyond', 190, 50)], [label('above', 10, 4)]] };
    expect(placeGroups([group], [], 200, 100)).toEqual([]);
  });
});
