import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INTAKE, TapIntake } from '../../../src/core/tap/intake.ts';
import { readToPage } from '../../../src/core/tap/wire.ts';

const NOW = 1_795_284_000_000;
const PAGE = { kind: 'page', title: 'Room', browser: 'Firefox', since: NOW - 5000, inFrame: false };
const event = (more: object = {}) => ({
  ...{ connection: 1, at: NOW - 100, type: 'oniceconnectionstatechange', value: 'checking' },
  ...more,
});
const events = (list: readonly unknown[], n = 1): string =>
  JSON.stringify({ kind: 'events', n, missed: 0, list });

/** One whose page said who it is, with a clock that is moved by hand. */
function intakeAt(): { readonly intake: TapIntake; readonly wait: (ms: number) => void } {
  let now = NOW;
  const intake = new TapIntake(() => now);
  intake.take(JSON.stringify(PAGE));
  return { intake, wait: (ms) => void (now += ms) };
}

describe('what is taken of a tapped page', () => {
  it('who it is, its events, and that it goes', () => {
    const { intake } = intakeAt();
    expect(intake.take(events([event()]))).toEqual({ kind: 'events', n: 1, missed: 0, events: [event()] });
    expect(intake.take('{"kind":"bye"}')).toEqual({ kind: 'bye' });
    expect(intake.refusal).toBeNull();
  });

  it('nothing that only Icescope or its server says', () => {
    const said = [
      event({ type: ':session', value: { kind: 'imported', startedAt: 0 } }),
      event({ type: ':peer', value: { place: 'your bank' } }),
      event({
        type: ':signal.sent',
        value: { kind: 'offer', channel: '', bytes: 1, payload: null, to: 'B' },
      }),
      event({ type: ':unknown', value: { method: 'a', value: 1, extra: [] } }),
    ];
    const { intake } = intakeAt();
    expect(intake.take(events([...said, event()]))).toMatchObject({ events: [event()] });
  });

  it('no value of another shape, no time that is none, no name that every object has', () => {
    const wrong = [
      event({ value: 7 }),
      event({ type: 'setRemoteDescription', value: { sdp: 'v=0' } }),
      event({ at: 'now' }),
      event({ at: -1 }),
      event({ connection: 1.5 }),
      event({ correlation: 'constructor' }),
      event({ correlation: 'x'.repeat(500) }),
      event({ type: 'toString' }),
      null,
      'event',
      [],
    ];
    const { intake } = intakeAt();
    expect(intake.take(events(wrong))).toMatchObject({ events: [] });
  });

  it('nothing happened before the tap was there, or after now', () => {
    const { intake } = intakeAt();
    const taken = intake.take(events([event({ at: 3 }), event({ at: NOW + 1e9 })]));
    expect(taken).toMatchObject({ events: [{ at: NOW - 5000 }, { at: NOW }] });
  });

  it.each<[string, (intake: TapIntake) => void, RegExp]>([
    ['bytes', (intake) => intake.take(new ArrayBuffer(4)), /text was expected/],
    ['a message that is too long', (intake) => intake.take(' '.repeat(INTAKE.message + 1)), /1,100,001 char/],
    [
      'a million malformed messages',
      (intake) => {
        for (let at = 0; at < 1e6; at++) intake.take('{');
      },
      /no events of a connection/,
    ],
    [
      'a million messages',
      (intake) => {
        const list = events([event()]);
        for (let at = 0; at < 1e6; at++) intake.take(list);
      },
      /faster than anybody/,
    ],
    [
      'a million events in few messages',
      (intake) => {
        const list = events(Array.from({ length: 8000 }, () => event({ value: 'new' })));
        for (let at = 0; at < 125; at++) intake.take(list);
      },
      /faster than a page makes them/,
    ],
    [
      'a connection for each event',
      (intake) =>
        void intake.take(events(Array.from({ length: 601 }, (_, connection) => event({ connection })))),
      /more than 600 connections/,
    ],
  ])('%s: refused, in a sentence, and nothing more is taken', (_, send, why) => {
    const { intake } = intakeAt();
    const started = performance.now();
    send(intake);
    expect(performance.now() - started).toBeLessThan(2000);
    expect(intake.refusal).toMatch(why);
    expect(intake.take(JSON.stringify(PAGE))).toBeNull();
  });

  it('more than fits into a page: refused, however slowly it comes', () => {
    const { intake, wait } = intakeAt();
    const list = events(Array.from({ length: 1000 }, () => event()));
    let taken = 0;
    while (intake.refusal === null && taken < 1000) {
      wait(1000);
      if (intake.take(list)) taken++;
    }
    expect([taken * 1000, intake.refusal]).toEqual([
      INTAKE.allEvents,
      expect.stringContaining('200,000 events'),
    ]);
  });

  it('whatever comes, reading it throws nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.json(), fc.string(), fc.jsonValue())), (messages) => {
        const { intake } = intakeAt();
        for (const message of messages) {
          intake.take(message);
          readToPage(String(message));
        }
      }),
    );
  });
});
