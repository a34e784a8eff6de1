import { expect, it } from 'vitest';
import { countBefore, isTold, skipBack, skipOn } from '../../../src/app/diagrams/ladder/digest.ts';
import { SessionLog } from '../../../src/core/session/log.ts';

const poll = (at: number) => ({ at, peer: 'A', type: 'getStats', value: {} }) as const;
const call = (at: number) => ({ at, peer: 'B', type: 'createOffer', value: null }) as const;

it('counts as if it counted anew, also after an event that came late', () => {
  const log = new SessionLog();
  for (let at = 0; at < 3000; at++) log.append(at % 7 === 0 ? call(at) : poll(at));
  const anew = (place: number) => log.events.slice(0, place).filter(isTold).length;
  const places = [0, 1, 511, 512, 513, 1600, 2999, 3000];
  expect(places.map((place) => countBefore(log.events, place))).toEqual(places.map(anew));
  log.append(call(700.5));
  log.append(call(0));
  expect(places.map((place) => countBefore(log.events, place))).toEqual(places.map(anew));
});

it('passes over polls, and over nothing else', () => {
  const log = new SessionLog();
  for (let at = 0; at < 5000; at++) log.append(at === 2100 ? call(at) : poll(at));
  const { events } = log;
  expect(skipBack(events, 4608)).toBe(2560);
  expect(skipBack(events, 4607)).toBe(4607);
  expect(skipOn(events, 0, 5000)).toBe(2048);
  expect(skipOn(events, 2560, 5000)).toBe(4608);
  expect(skipOn(events, 2560, 3000)).toBe(2560);
});
