import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSession, writeSession } from '../../../src/core/session/codec.ts';
import type { NewEvent, SessionEvent } from '../../../src/core/session/event.ts';
import { SessionLog } from '../../../src/core/session/log.ts';
import { FIXTURES } from '../../support/sessions.ts';
import { SESSIONS, logOf } from '../../app/timeline/sessions.ts';
import { hostileRow } from './hostile.ts';

const HEAD = 'RTCStatsDump\n{"fileFormat":3,"startTime":1700000000000}\n';

const mine = Object.entries(SESSIONS)
  .filter(([, rows]) => rows.length > 0)
  .map(([name, rows]) => ({ name, log: logOf(rows), text: writeSession(logOf(rows).events) }));
const sessions: readonly { name: string; log: SessionLog; text: string }[] = [...FIXTURES, ...mine];

function opened(text: string): readonly SessionEvent[] {
  const read = readSession(text);
  if (!read.ok) throw new Error(read.error.message);
  const log = new SessionLog();
  for (const event of read.value.events) log.append(event);
  return log.events;
}

describe('a saved session', () => {
  it.each(sessions)('$name comes back with the same events', ({ log }) => {
    expect(opened(writeSession(log.events))).toEqual(log.events);
  });

  it.each(sessions)('$name is saved again to the same bytes', ({ log }) => {
    const once = writeSession(log.events);
    expect(writeSession(opened(once))).toBe(once);
  });

  it.each(sessions)('$name cut anywhere gives a Result and no exception', ({ text }) => {
    const cuts = Array.from({ length: 120 }, (_, step) => Math.floor((step * text.length) / 120));
    for (const cut of [...cuts, 0, 1, 12, 13, 14, text.length - 1]) {
      const read = readSession(text.slice(0, cut));
      if (read.ok) expect(read.value.events[0]).toBeDefined();
      else expect(read.error.message).not.toBe('');
    }
  });

  it('is a dump in version 3 of the RTCStats format: its first rows, written out', () => {
    const text = writeSession(
      logOf([
        [0, '', ':session', { kind: 'loopback', startedAt: 5 }],
        [1.5, 'A', 'close'],
      ]).events,
    );
    expect(text.split('\n')).toEqual([
      'RTCStatsDump',
      '{"fileFormat":3,"startTime":5,"clientProtocol":"icescope#1"}',
      '[":session",null,{"kind":"loopback","startedAt":5},5]',
      '["close","A",null,1.5]',
      '',
    ]);
  });

  it('is told apart from anything else, and from another version', () => {
    for (const text of [
      '',
      '{}',
      'v=0\r\n',
      'RTCStatsDump',
      'RTCStatsDumps\n{}\n',
      'RTCStatsDump\n{"fileFormat":2}\n',
    ])
      expect(readSession(text).ok).toBe(false);
  });

  it('keeps rows with unknown names as they are, and says which lines were none', () => {
    const rows = '["create","A",{},1700000000000]\n["addStream","A",["x"],"extra",7,3]\nnonsense\n[1,2]\n';
    const read = readSession(HEAD + rows);
    if (!read.ok) throw new Error('not read');
    expect(read.value.notices).toHaveLength(2);
    expect(read.value.notices[0]).toContain('Line 5');
    const unknown = read.value.events.find(({ type }) => type === ':unknown');
    expect(unknown).toMatchObject({
      at: 3,
      value: { method: 'addStream', value: ['x'], extra: ['extra', 7] },
    });
    const log = logOf([[0, '', ':session', { kind: 'loopback', startedAt: 0 }]]);
    log.append(unknown as NewEvent);
    expect(writeSession(log.events)).toContain('["addStream","A",["x"],"extra",7,3]');
  });

  it('keeps times to the microsecond over many rows', () => {
    const times = Array.from({ length: 5000 }, (_, row) => Math.round(row * 12_345.678) / 1000);
    const log = new SessionLog();
    log.append({
      type: ':session',
      peer: '',
      at: 0,
      value: { kind: 'loopback', startedAt: 1_764_000_000_123.456 },
    });
    for (const at of times) log.append({ type: 'close', peer: 'A', at, value: null });
    expect(
      opened(writeSession(log.events))
        .slice(1)
        .map(({ at }) => at),
    ).toEqual(times);
  });
});

describe('TURN credentials', () => {
  const secret = 'hunter2-hunter2';
  const value = {
    iceServers: [
      { urls: 'turn:a', username: 'u', credential: secret },
      { url: 'turn:b', credential: secret },
    ],
    certificates: [secret],
  };

  it('are not written', () => {
    for (const type of ['create', 'setConfiguration']) {
      const text = writeSession(logOf([[0, 'A', type, value]]).events);
      expect(text).not.toContain(secret);
      expect(text).toContain('turn:b');
      expect(text).toContain('"username":"u"');
    }
  });

  it('are not read', () => {
    const read = readSession(`${HEAD}${JSON.stringify(['create', 'A', value, 0])}\n`);
    expect(JSON.stringify(read)).not.toContain(secret);
  });
});

it('reads any rows without an exception, and saves what it read', () => {
  fc.assert(
    fc.property(
      fc.array(hostileRow, { maxLength: 20 }),
      fc.array(fc.string(), { maxLength: 3 }),
      (rows, noise) => {
        const lines = rows.map(({ method, peer, value, at, correlation }) =>
          JSON.stringify([method, peer, value, ...(correlation ? [correlation] : []), at]),
        );
        const events = opened(HEAD + [...lines, ...noise].join('\n'));
        const once = writeSession(events);
        expect(writeSession(opened(once))).toBe(once);
      },
    ),
    { seed: 11, numRuns: 300 },
  );
});
