import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NewEvent } from '../../../src/core/session/event.ts';
import { SessionLog, compareEvents } from '../../../src/core/session/log.ts';

const event = (at: number, peer = 'A'): NewEvent => ({ at, peer, type: 'onnegotiationneeded', value: null });

const arrivals = fc.array(
  fc.record({ at: fc.integer({ min: 0, max: 20 }), peer: fc.constantFrom('A', 'B', 'call:7') }),
  { maxLength: 60 },
);

describe('SessionLog', () => {
  it('keeps events in order of time, however they come', () => {
    fc.assert(
      fc.property(arrivals, (list) => {
        const log = new SessionLog();
        for (const { at, peer } of list) log.append(event(at, peer));
        const sorted = [...log.events].sort(compareEvents);
        expect(log.events).toEqual(sorted);
        expect(log.events).toHaveLength(list.length);
      }),
      { seed: 7 },
    );
  });

  it('names an event by its peer and its place in that peer’s own trace, also when it comes late', () => {
    const log = new SessionLog();
    log.append(event(5));
    log.append(event(9));
    log.append(event(1, 'B'));
    log.append(event(7, 'B'));
    expect(log.events.map(({ id }) => id)).toEqual(['B:0', 'A:0', 'B:1', 'A:1']);
  });

  it('takes an earlier beginning: all is so much later, but who takes part, and listeners hear of every place', () => {
    const log = new SessionLog();
    const told: number[] = [];
    log.subscribe((from) => told.push(from));
    log.append({ type: ':session', peer: '', at: 0, value: { kind: 'devices', startedAt: 5000 } });
    log.append({ type: ':peer', peer: 'A', at: 0, value: { place: 'there' } });
    log.append(event(3));
    log.beginEarlier(40);
    log.append(event(1, 'B'));
    expect(log.events.map(({ at, id }) => [at, id])).toEqual([
      [0, ':0'],
      [0, 'A:0'],
      [1, 'B:0'],
      [43, 'A:1'],
    ]);
    expect(log.events[0]!.value).toEqual({ kind: 'devices', startedAt: 4960 });
    expect(told).toEqual([0, 1, 2, 0, 2]);
  });

  it('gives the same order and ids when the traces of two tabs are mixed in another way', () => {
    const [a, b] = [[1, 4, 4, 9].map((at) => event(at, 'A')), [2, 4, 8].map((at) => event(at, 'B'))];
    const first = new SessionLog();
    for (const each of [...a, ...b]) first.append(each);
    const second = new SessionLog();
    for (const each of [b[0]!, a[0]!, a[1]!, b[1]!, a[2]!, b[2]!, a[3]!]) second.append(each);
    expect(second.events).toEqual(first.events);
  });

  it('puts events of one time in the order of their peers, then of their traces, whoever came first', () => {
    const log = new SessionLog();
    for (const [at, peer] of [
      [2, 'A'],
      [5, 'B'],
      [5, 'A'],
      [5, 'B'],
      [5, 'A'],
    ] as const)
      log.append(event(at, peer));
    expect(log.events.map(({ id }) => id)).toEqual(['A:0', 'A:1', 'A:2', 'B:0', 'B:1']);
  });

  it('keeps times to the microsecond', () => {
    const log = new SessionLog();
    log.append(event(1.23456789));
    expect(log.events[0]!.at).toBe(1.235);
  });

  it('counts what has happened at a time, that time included', () => {
    const log = new SessionLog();
    for (const at of [0, 0, 3, 3, 3, 8]) log.append(event(at));
    expect([-1, 0, 2.999, 3, 7, 8, 99].map((time) => log.indexAt(time))).toEqual([0, 2, 2, 5, 5, 6, 6]);
    expect(log.duration).toBe(8);
  });

  it('holds what was appended a moment ago, before its listeners are told', () => {
    const log = new SessionLog({ schedule: () => {} });
    for (const at of [5, 2]) log.append(event(at));
    expect([log.duration, log.indexAt(2), log.events.length]).toEqual([5, 1, 2]);
  });

  it('tells its listeners once a frame, with the first place that changed', () => {
    let frame = () => {};
    const log = new SessionLog({ schedule: (run) => (frame = run) });
    const told: number[] = [];
    const stop = log.subscribe((from) => told.push(from));
    for (const at of [5, 6, 2]) log.append(event(at));
    expect(told).toEqual([]);
    frame();
    expect(told).toEqual([0]);
    log.append(event(7));
    frame();
    expect(told).toEqual([0, 3]);
    stop();
    log.append(event(8));
    frame();
    expect(told).toEqual([0, 3]);
  });
});
