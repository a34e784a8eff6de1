import { describe, expect, it } from 'vitest';
import { importText } from '../../../src/core/importers/index.ts';
import { parseLong } from '../../../src/core/importers/long-lists.ts';

/** Long enough to be read in place. */
const PAD = 'x'.repeat(1_000_000);

const lists = {
  rising: '[1,2.5,-3e-7,40]',
  same: '[7,7,7]',
  words: '["checking","connected"]',
  'same words': '["succeeded","succeeded","succeeded"]',
  mixed: '[1,null,"a"]',
  one: '[12]',
  none: '[]',
  'no list': 'abc]',
  brackets: '["]\\"]","]"]',
};

describe('a long list', () => {
  it('is left in the text where it is of numbers, or all the same; nothing else is touched', () => {
    const stats = Object.fromEntries(Object.entries(lists).map(([name, values]) => [name, { values }]));
    for (const text of [JSON.stringify({ PAD, stats }), JSON.stringify({ stats, PAD }, null, 2)]) {
      const { json, take } = parseLong(text);
      const read = json as { stats: Record<string, { values: unknown }>; PAD: string };
      expect(read.PAD).toBe(PAD);
      for (const [name, values] of Object.entries(lists)) {
        const left = take(read.stats[name]!.values);
        expect(
          left ? `[${text.slice(left.from, left.to).replaceAll('\\"', '"')}]` : read.stats[name]!.values,
        ).toBe(values);
        expect(left !== undefined, name).toBe(['rising', 'same', 'same words', 'one', 'none'].includes(name));
      }
    }
  });

  it('is given once, and to nobody who only names its place', () => {
    const text = JSON.stringify({ a: { values: '[1,2]' }, b: { values: { list: 17 } }, PAD });
    const { json, take } = parseLong(text);
    const { a, b } = json as { a: { values: unknown }; b: { values: unknown } };
    expect(take(a.values)).toBeDefined();
    expect(take(a.values)).toBeUndefined();
    expect(take(b.values)).toBeUndefined();
  });

  it('throws what JSON.parse throws', () => {
    const text = JSON.stringify({ PAD, stats: { a: { values: '[1,2]' } } });
    expect(() => parseLong(text.slice(0, -4))).toThrow(SyntaxError);
  });

  it('gives the same session as a short one', () => {
    const series = (statsType: string, values: unknown) => ({
      startTime: '2026-05-27T10:00:00.000Z',
      endTime: '2026-05-27T10:00:03.000Z',
      statsType,
      values: JSON.stringify(values),
    });
    const from = Date.parse('2026-05-27T10:00:00.000Z');
    const stats = {
      'P-timestamp': series(
        'candidate-pair',
        [0, 1, 2, 3].map((second) => from + second * 1000),
      ),
      'P-state': series('candidate-pair', ['waiting', 'in-progress', 'in-progress', 'succeeded']),
      'P-requestsSent': series('candidate-pair', [0, 1, 5, 9]),
      'P-nominated': series('candidate-pair', [true, true, true, true]),
      'P-totalRoundTripTime': series('candidate-pair', [0, 1e-7, 0.25, -0]),
      'P-readable': series('candidate-pair', []),
      'P-priority': series('candidate-pair', [4, 4, 4, 4]),
    };
    const dump = (more: object) =>
      JSON.stringify({ ...more, PeerConnections: { '1-1': { updateLog: [], stats } } });
    const [short, long] = [dump({}), dump({ PAD })].map((text) => importText(text));
    expect(long).toEqual(short);
    expect(long!.ok && long!.value.events.filter(({ type }) => type === 'getStats')).toHaveLength(4);
  });
});
