import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../../../src/live/remote/guard.ts';
import { AGREED, type Ends, FakeChannel, numbersOf, reading, twoEnds } from './two-ends.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

/** What may happen to the channel: it is closed, it is closed by the connection, which tells nobody; consent goes and comes. */
const ACTS = {
  nothing: () => {},
  close: ({ channels }: Ends, side: 'A' | 'B') => channels.at(-1)![side === 'A' ? 0 : 1].close(),
  vanish: ({ channels }: Ends) => channels.at(-1)!.forEach((end) => (end.readyState = 'closed')),
  outOfReach: (ends: Ends, side: 'A' | 'B') => ends[side].exchange.arrange({ connected: false }),
  back: (ends: Ends, side: 'A' | 'B') => ends[side].exchange.arrange(AGREED),
  anew: ({ A, B }: Ends) => {
    for (const { exchange } of [A, B]) exchange.arrange({ mine: false });
    for (const { exchange } of [A, B]) exchange.arrange(AGREED);
  },
} as const;

const STEP = fc.record({
  wait: fc.integer({ min: 0, max: 200 }),
  readings: fc.integer({ min: 0, max: 12 }),
  size: fc.integer({ min: 0, max: 3000 }),
  act: fc.constantFrom<keyof typeof ACTS>(
    'nothing',
    'nothing',
    'close',
    'vanish',
    'outOfReach',
    'back',
    'anew',
  ),
  side: fc.constantFrom('A' as const, 'B' as const),
});

/** Both agree, and the channel carries. */
async function agreed(options: Parameters<typeof twoEnds>[0] = {}): Promise<Ends> {
  const ends = twoEnds(options);
  for (const { exchange } of [ends.A, ends.B]) exchange.arrange(AGREED);
  await pass(500);
  expect([ends.A.exchange.news.way, ends.B.exchange.news.way]).toEqual(['channel', 'channel']);
  return ends;
}

describe('records between two ends', () => {
  it('go by the room until the channel carries, then the room hears nothing more', async () => {
    const ends = twoEnds();
    for (const { exchange } of [ends.A, ends.B]) {
      exchange.arrange({ mine: true, theirs: true, inRoom: true });
      exchange.tick();
    }
    for (let n = 0; n < 10; n++) ends.A.exchange.record(reading(n));
    await pass(300);
    expect(numbersOf(ends.B.taken)).toEqual(upTo(10));
    expect(ends.channels).toHaveLength(0);
    for (const { exchange } of [ends.A, ends.B]) exchange.arrange({ connected: true });
    await pass(300);
    const before = [ends.A.inRoom, ends.B.inRoom];
    for (let n = 10; n < 40; n++) {
      ends.A.exchange.record(reading(n));
      await pass(1000);
    }
    expect(numbersOf(ends.B.taken)).toEqual(upTo(40));
    expect([ends.A.inRoom, ends.B.inRoom]).toEqual(before);
  });

  it('have no channel where one side does not agree, nor where it no longer does', async () => {
    const ends = twoEnds();
    ends.A.exchange.arrange({ ...AGREED, theirs: false });
    ends.B.exchange.arrange({ ...AGREED, mine: false });
    ends.A.exchange.record(reading(0));
    await pass(3000);
    expect([ends.channels.length, ends.B.taken.length]).toEqual([0, 0]);
    // A takes the other for willing, who is not: the channel is closed as it comes.
    ends.A.exchange.arrange({ theirs: true });
    await pass(20);
    expect(ends.channels[0]!.map(({ readyState }) => readyState)).toEqual(['closed', 'closed']);
    for (const { exchange } of [ends.A, ends.B]) {
      exchange.arrange({ mine: false });
      exchange.arrange(AGREED);
    }
    await pass(500);
    expect(ends.channels[1]!.map(({ readyState }) => readyState)).toEqual(['open', 'open']);
    ends.B.exchange.arrange({ mine: false });
    await pass(20);
    expect(ends.channels[1]!.map(({ readyState }) => readyState)).toEqual(['closed', 'closed']);
    expect(ends.B.exchange.news.way).toBeNull();
  });

  it('come once and in order, whatever becomes of the channel and when', async () => {
    let channels = 0;
    const run = fc.asyncProperty(fc.array(STEP, { minLength: 40, maxLength: 120 }), async (steps) => {
      const ends = await agreed();
      let recorded = 0;
      for (const { wait, readings, size, act, side } of steps) {
        for (const to = recorded + readings; recorded < to; recorded++)
          for (const { exchange } of [ends.A, ends.B]) exchange.record(reading(recorded, size));
        await pass(wait);
        ACTS[act](ends, side);
      }
      ACTS.back(ends, 'A');
      ACTS.back(ends, 'B');
      await pass(20_000);
      channels += ends.channels.length;
      for (const { taken, exchange } of [ends.A, ends.B]) {
        expect(numbersOf(taken)).toEqual(upTo(recorded));
        expect(exchange.news.refusal).toBeNull();
      }
    });
    await fc.assert(run, { seed: 2026, numRuns: 20 });
    expect(channels).toBeGreaterThan(60);
  });

  it('wait for the channel to take them, and for the other side to say that they came', async () => {
    const ends = await agreed({ room: false });
    for (let n = 0; n < 3000; n++) ends.A.exchange.record(reading(n, 2000));
    await pass(200);
    const [near, far] = ends.channels[0]!;
    await pass(60_000);
    expect(numbersOf(ends.B.taken)).toEqual(upTo(3000));
    expect(near.mostBuffered).toBeGreaterThan(100_000);
    expect(near.mostBuffered).toBeLessThan(200_000);
    // Nobody acknowledges: what may be under way is bounded, too.
    far.far = new FakeChannel();
    const { sent } = near;
    for (let n = 0; n < 3000; n++) ends.A.exchange.record(reading(n, 2000));
    await pass(60_000);
    expect(near.sent - sent).toBeLessThan(100);
  });

  it('wait, where there is no room, until the clocks are set', async () => {
    const ends = twoEnds({ room: false });
    for (let n = 0; n < 5; n++) ends.A.exchange.record(reading(n));
    ends.B.exchange.arrange(AGREED);
    ends.A.exchange.arrange(AGREED);
    await pass(500);
    expect(numbersOf(ends.B.taken)).toEqual(upTo(5));
    expect(ends.A.news.findIndex(({ way }) => way === 'channel')).toBeGreaterThan(4);
    // Here both go by one clock, and a message takes 3 ms.
    for (const { stamps } of [ends.A, ends.B]) {
      const { offset, uncertainty } = stamps.estimate()!;
      expect(Math.abs(offset)).toBeLessThanOrEqual(uncertainty);
      expect(uncertainty).toBeLessThan(6);
    }
  });

  it('end with what was recorded last', async () => {
    const ends = await agreed();
    for (let n = 0; n < 5; n++) ends.A.exchange.record(reading(n));
    for (const one of ends.channels[0]!) one.readyState = 'closed';
    ends.A.exchange.finish();
    await pass(100);
    expect(numbersOf(ends.B.taken)).toEqual(upTo(5));
  });
});

describe('the other side’s messages', () => {
  const stamp = '"at":1,"heard":null';
  const list = (n: number, text: string) =>
    `{"meet":"events","of":"Aaaaaa","n":${n},"list":${text},${stamp}}`;

  /** B hears these of a side that is no Icescope, a few milliseconds apart; what B then says of it. */
  async function told(messages: Iterable<unknown>): Promise<{ refusal: string | null; ends: Ends }> {
    const ends = await agreed();
    const far = ends.channels[0]![1];
    for (const data of messages) {
      if (far.readyState === 'open') far.dispatchEvent(new MessageEvent('message', { data }));
      await pass(2);
    }
    return { refusal: ends.B.exchange.news.refusal, ends };
  }

  it.each<[string, () => Iterable<unknown>, RegExp]>([
    ['bytes', () => [new ArrayBuffer(8)], /bytes came, and text was expected/],
    ['one that is too long', () => ['x'.repeat(limits.message + 1)], /65,537 characters came, and 65,536/],
    ['what is no note', () => upTo(101).map(() => '{"meet":"hello"}'), /101 things came that are no events/],
    ['what is no event', () => [list(1, JSON.stringify(upTo(101)))], /101 things came that are no events/],
    ['the same list again and again', () => upTo(1000).map(() => list(1, '[]')), /nothing new in them/],
    ['a list far ahead', () => upTo(1000).map((n) => list(n + 50, '[]')), /nothing new in them/],
    [
      'questions without end',
      () => upTo(1000).map(() => `{"meet":"tick","of":"Aaaaaa","back":false,"got":0,${stamp}}`),
      /nothing new in them/,
    ],
  ])('are refused: %s', async (_, messages, why) => {
    const { refusal, ends } = await told(messages());
    expect(refusal).toMatch(why);
    expect(refusal).toMatch(
      /^The other side’s recording is not taken any more: .*\. To begin anew, connect again\.$/,
    );
    const [near, far] = ends.channels[0]!;
    await pass(50);
    expect([near.readyState, far.readyState]).toEqual(['closed', 'closed']);
    // Neither is anything taken by the room, nor another channel made.
    ends.A.exchange.record(reading(1));
    await pass(3000);
    expect([ends.B.taken.length, ends.channels.length]).toEqual([0, 1]);
  });

  it('are refused when they are more events than a page can hold', async () => {
    const event = JSON.stringify({ ...reading(1, 0), at: 1 });
    const lists = function* () {
      const text = `[${upTo(400)
        .map(() => event)
        .join(',')}]`;
      for (let n = 1; n <= 300; n++) yield list(n, text);
    };
    const { refusal, ends } = await told(lists());
    expect(refusal).toMatch(/longer than 100,000 events/);
    expect(ends.B.taken).toHaveLength(100_000);
  });

  it('do no harm, whatever they are: nothing that is no event of the other side comes in', async () => {
    const known = fc.constantFrom('events', 'tick', 'got', 'hello', 'share', '__proto__');
    const note = fc.record(
      {
        meet: known,
        of: fc.constantFrom('Aaaaaa', 'Baaaaa', ''),
        n: fc.oneof(fc.nat(5), fc.double()),
        got: fc.oneof(fc.nat(), fc.anything()),
        again: fc.boolean(),
        back: fc.boolean(),
        list: fc.oneof(fc.array(fc.anything()), fc.anything()),
        at: fc.oneof(fc.nat(), fc.double()),
        heard: fc.oneof(fc.constant(null), fc.tuple(fc.double(), fc.double()), fc.anything()),
      },
      { requiredKeys: ['meet'] },
    );
    const message = fc.oneof(fc.anything(), fc.string(), fc.json(), note.map(written));
    const run = fc.asyncProperty(fc.array(message, { maxLength: 60 }), async (messages) => {
      const { ends } = await told(messages);
      expect(ends.B.taken).toEqual([]);
      ends.A.exchange.record(reading(7));
      await pass(1000);
      expect([[], [7]]).toContainEqual(numbersOf(ends.B.taken));
    });
    await fc.assert(run, { seed: 8, numRuns: 60 });
  });
});

/** JSON of what JSON can not hold is other rubbish. */
function written(value: unknown): unknown {
  try {
    return JSON.stringify(value);
  } catch {
    return value;
  }
}
