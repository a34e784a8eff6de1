/** Offers that cross, with the coarse clocks of two pages: each crossing is told once, under an id of its own. */
import { expect, it } from 'vitest';
import { signallingConsequences } from '../../../src/core/diagnosis/signalling.ts';
import { Projector } from '../../../src/core/projections/index.ts';
import type { NewEvent } from '../../../src/core/session/event.ts';
import { SessionLog } from '../../../src/core/session/log.ts';

const sdp = (peer: string): string =>
  `v=0\r\no=- ${peer.charCodeAt(0)} 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n`;

/** The peer makes an offer and sends it; `at` is when. */
function offers(peer: string, to: string, at: number, correlation: string): unknown[] {
  const description = { type: 'offer', sdp: sdp(peer) };
  const signal = { kind: 'offer', channel: 'tabs', bytes: 90, payload: description };
  return [
    { type: 'setLocalDescription', peer, at: at - 2, value: description, correlation: `${correlation} set` },
    {
      type: 'setLocalDescriptionOnSuccess',
      peer,
      at: at - 1,
      value: null,
      correlation: `${correlation} set`,
    },
    { type: ':signal.sent', peer, at, value: { ...signal, to }, correlation },
    {
      type: ':signal.held',
      peer,
      at,
      value: { ...signal, from: peer, to, by: 'hold', for: null },
      correlation,
    },
  ];
}

const arrives = (peer: string, from: string, at: number, correlation: string): unknown => ({
  type: ':signal.received',
  peer,
  at,
  value: { kind: 'offer', channel: 'tabs', bytes: 90, payload: { type: 'offer', sdp: sdp(from) }, from },
  correlation,
});

function consequences(events: readonly unknown[]) {
  const log = new SessionLog();
  for (const peer of ['A', 'B'])
    log.append({
      type: ':peer',
      peer,
      at: 0,
      value: { label: peer, role: 'offerer' },
    } as unknown as NewEvent);
  for (const event of events) log.append(event as NewEvent);
  return signallingConsequences(new Projector(log).at(log.events.length));
}

const ignored = (all: ReturnType<typeof consequences>): number =>
  all.filter(({ claim }) => /^A ignores the offer of B/.test(claim)).length;

it.each([
  ['one after the other', 30],
  ['at one time, as their clocks say', 20],
])('two offers sent %s', (_when, second) => {
  const all = consequences([
    ...offers('A', 'B', 20, 'a'),
    ...offers('B', 'A', second, 'b'),
    arrives('A', 'B', 40, 'b'),
  ]);
  expect(ignored(all)).toBe(1);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
});

it('an offer that is sent again crosses the same one', () => {
  const all = consequences([
    ...offers('A', 'B', 20, 'a'),
    ...offers('B', 'A', 30, 'b'),
    arrives('A', 'B', 60, 'b'),
    ...offers('A', 'B', 50, 'again'),
  ]);
  expect(ignored(all)).toBe(1);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
});
