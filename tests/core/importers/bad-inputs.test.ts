/** Bad dumps, each by the number of its row in the list of bad inputs. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { importDump, importText } from '../../../src/core/importers/index.ts';
import { Projector } from '../../../src/core/projections/index.ts';
import { SessionLog } from '../../../src/core/session/log.ts';

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));
const gzipped = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(gzipSync(bytesOf(text)));

const EPOCH = Date.UTC(2025, 8, 7);
const TWO = [EPOCH, EPOCH + 1000];
const span = {
  startTime: new Date(EPOCH).toISOString(),
  endTime: new Date(EPOCH + 1000).toISOString(),
  statsType: 'transport',
};

interface Entry {
  readonly updateLog?: readonly object[];
  readonly stats?: object;
  readonly [other: string]: unknown;
}
const dump = (connections: Readonly<Record<string, Entry>>, rest: object = {}): string =>
  JSON.stringify({ getUserMedia: [], ...rest, PeerConnections: connections });

function read(text: string) {
  const result = importText(text);
  if (!result.ok) throw new Error(result.error.message);
  const log = new SessionLog();
  for (const event of result.value.events) log.append(event);
  return { ...result.value, facts: new Projector(log).at(log.events.length) };
}

test('B35: a dump without connections says so', () => {
  const { lost, connections } = read('{"getUserMedia":[],"PeerConnections":{}}');
  expect(connections).toEqual([]);
  expect(lost).toContain('There are no peer connections in this dump.');
});

describe('B36, B37: gzip', () => {
  const text = [
    'RTCStatsDump',
    '{"fileFormat":3}',
    ...Array.from(
      { length: 3000 },
      (_, place) =>
        `["oniceconnectionstatechange","p","s${(place * 7919) % 1009}",${place === 0 ? EPOCH : 1}]`,
    ),
  ].join('\n');

  it('is known by its first bytes, and one that ends early is read as far as it goes', async () => {
    const whole = await importDump(gzipped(text));
    expect(whole.ok && whole.value.connections).toEqual(['p']);
    const bytes = gzipped(text);
    const cut = await importDump(bytes.slice(0, bytes.length - 2000));
    expect(cut.ok && cut.value.lost[0]).toBe('The gzip file ends early: what came before was read.');
    expect(cut.ok && cut.value.events.length).toBeLessThan(3002);
    const nothing = await importDump(bytes.slice(0, 12));
    expect(!nothing.ok && nothing.error.message).toContain('gzip file is damaged');
  });

  it('that inflates to more than the limit is stopped there', async () => {
    const read = await importDump(new Uint8Array(gzipSync(new Uint8Array(30_000_000))), { limit: 1_000_000 });
    expect(!read.ok && read.error).toMatchObject({
      message: 'This file is too large to open.',
      expected: 'at most 1 MB, inflated',
    });
  });
});

describe('B38: what is no JSON is told with its place', () => {
  const text = dump({ '1-2': { updateLog: [{ type: 'x', value: 'a"b\\' }] } });
  test.each([
    ['cut', text.slice(0, -3), text.length - 3, 'ends too early'],
    ['cut in a text', text.slice(0, text.indexOf('x') + 1), text.indexOf('x') + 1, 'ends too early'],
    ['rubbish behind', `${text} x`, text.length + 1, 'goes on behind its end'],
    ['NaN', '{"PeerConnections":{"1-2":NaN}}', 26, 'can not stand here'],
    ['Infinity', '{"PeerConnections":{},"timestamp":-Infinity}', 34, 'can not stand here'],
    ['a comma too many', '{"PeerConnections":{},}', 22, 'can not stand here'],
  ])('%s', (_name, broken, offset, why) => {
    const result = importText(broken);
    expect(!result.ok && result.error).toMatchObject({
      message: `This begins like JSON, and ${why}.`,
      where: `character ${offset} of ${broken.length}`,
    });
  });

  it('in UTF-16 it is read, with and without a byte order mark', async () => {
    for (const bytes of [
      Buffer.from(text, 'utf16le'),
      Buffer.from(`\uFEFF${text}`, 'utf16le'),
      Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
    ]) {
      const result = await importDump(new Uint8Array(bytes));
      expect(result.ok && result.value.connections).toEqual(['1-2']);
    }
  });
});

test('B39: series that hold no list of fitting length are left out and counted', () => {
  const bad = ['{}', 'null', '[1', '[1,2,3]', 7, null, undefined];
  const stats = {
    'T-timestamp': { ...span, values: JSON.stringify(TWO) },
    'T-good': { ...span, values: '[5,6]' },
    ...Object.fromEntries(bad.map((values, index) => [`T-bad${index}`, { ...span, values }])),
  };
  const { events, lost } = read(dump({ '1-2': { stats } }));
  expect(events.flatMap((event) => (event.type === 'getStats' ? [event.value['T']] : []))).toEqual([
    { type: 'transport', timestamp: TWO[0], good: 5 },
    { type: 'transport', timestamp: TWO[1], good: 6 },
  ]);
  expect(lost.join()).toContain(`${bad.length} series of statistics`);
});

test('B40: an old dump is read, its states in their names of today', () => {
  const updateLog = [
    ['signalingStateChange', 'SignalingStateHaveLocalOffer', 'have-local-offer'],
    ['signalingStateChange', 'kHaveRemotePrAnswer', 'have-remote-pranswer'],
    ['iceConnectionStateChange', 'ICEConnectionStateChecking', 'checking'],
    ['iceConnectionStateChange', 'kICEConnectionStateCompleted', 'completed'],
    ['iceGatheringStateChange', 'ICEGatheringStateComplete', 'complete'],
    ['connectionStateChange', 'kConnecting', 'connecting'],
  ];
  const log = updateLog.map(([type, value]) => ({ time: '11:00:00', type, value }));
  const { events } = read(
    dump({ '9-1': { updateLog: log, rtcConfiguration: '{ servers: [stun:s.example.org] }' } }),
  );
  const states = events.filter(({ type }) => type.endsWith('statechange')).map(({ value }) => value);
  expect(states).toEqual(updateLog.map(([, , state]) => state));
});

test('B41: a quoted state is unwrapped', () => {
  const { facts } = read(
    dump({
      a: { updateLog: [{ timestamp: EPOCH, type: 'onsignalingstatechange', value: '"have-local-offer"' }] },
    }),
  );
  expect(facts.states['a']!.signaling.current).toBe('have-local-offer');
});

test('B42: events out of order are put in order, equal times stay; no create, no text', () => {
  const log = [
    [5, 'oniceconnectionstatechange', '"connected"'],
    [2, 'oniceconnectionstatechange', '"checking"'],
    [5, 'onconnectionstatechange', '"connected"'],
    [1, 'setLocalDescription', ''],
    [9, 'setLocalDescriptionOnFailure', 'InvalidAccessError: no'],
  ].map(([at, type, value]) => ({ timestamp: EPOCH + (at as number), type, value }));
  const { events, facts } = read(dump({ a: { updateLog: log } }));
  const types = events.filter(({ type }) => /^on|^set/.test(type)).map(({ type }) => type);
  expect(types).toEqual([
    'setLocalDescription',
    'oniceconnectionstatechange',
    'oniceconnectionstatechange',
    'onconnectionstatechange',
    'setLocalDescriptionOnFailure',
  ]);
  expect(facts.states['a']!.ice.current).toBe('connected');
  expect(events.every(({ at }) => at >= 0)).toBe(true);
});

describe('B43: another kind of file is named', () => {
  test.each([
    ['HAR', '{"log":{"version":"1.2","entries":[]}}'],
    ['getStats', '[{"id":"T01","type":"transport","timestamp":1}]'],
    ['Jitsi', 'JVB 2025-01-02 03:04:05.678 INFO: [1] x'],
    ['ZIP', 'PK\u0003\u0004...'],
  ])('%s', (word, text) => {
    const result = importText(text);
    expect(!result.ok && result.error.message).toMatch(new RegExp(`${word}.*does not read`));
  });
  it('a packet capture, by its first bytes', async () => {
    const result = await importDump(new Uint8Array([0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0xff, 0xfe, 0xfd]));
    expect(!result.ok && result.error.message).toContain('packet capture');
  });
});

test('B44: an unknown version is told, a bad line in between is left out and told', () => {
  const unknown = importText('RTCStatsDump\n{"fileFormat":99}\n');
  expect(!unknown.ok && unknown.error.found).toBe('fileFormat 99');
  const { lost, connections } = read(
    `RTCStatsDump\n{"fileFormat":3}\n[39,"P",{},${EPOCH}]\n{oops\n[24,"P","checking",1]\n`,
  );
  expect(lost.join()).toContain('Line 4');
  expect(connections).toEqual(['P']);
});

test('B45: 500 connections and 5,000 series are read, and many values are thinned in words', () => {
  const connections = Object.fromEntries(
    Array.from({ length: 500 }, (_, id) => [
      `1-${id}`,
      { updateLog: [{ timestamp: EPOCH, type: 'close', value: '' }] },
    ]),
  );
  expect(read(dump(connections)).connections).toHaveLength(500);
  const times = Array.from({ length: 200 }, (_, index) => EPOCH + index * 1000);
  const stats = Object.fromEntries([
    ['T-timestamp', { statsType: 'transport', values: JSON.stringify(times) }],
    [
      'T-dtlsState',
      {
        statsType: 'transport',
        values: JSON.stringify(times.map((_, index) => (index < 77 ? 'connecting' : 'connected'))),
      },
    ],
    ...Array.from({ length: 40 }, (_, n) => [
      `T-n${n}`,
      { statsType: 'transport', values: JSON.stringify(times.map((_, index) => index * n)) },
    ]),
  ]);
  const result = importText(dump({ a: { stats } }), { mostValues: 1000 });
  const readings = result.ok
    ? result.value.events.flatMap((event) => (event.type === 'getStats' ? [event] : []))
    : [];
  expect(readings.length).toBeLessThan(40);
  expect(readings.at(-1)).toMatchObject({ at: 199_000, value: { T: { n3: 597 } } });
  expect(readings.map(({ at }) => at)).toContain(77_000);
  expect(result.ok && result.value.lost.join()).toMatch(/Of 200 readings of the statistics \d+ are shown/);
});

test('B46: names that every object has are names of connections and statistics like others', () => {
  const stats = {
    '__proto__-state': { ...span, values: '["a","b"]' },
    'constructor-x': { ...span, values: '[1,2]' },
  };
  const text = dump({}).replace(
    '"PeerConnections":{}',
    `"PeerConnections":{"__proto__":${JSON.stringify({ stats })},"constructor":{},"toString":{}}`,
  );
  const { connections, events } = read(text);
  expect(connections).toHaveLength(3);
  const reading = events.find(({ type }) => type === 'getStats')!.value as object;
  expect(Object.keys(reading)).toHaveLength(2);
  expect(Object.getPrototypeOf(reading)).toBe(Object.prototype);
  expect(({} as Record<string, unknown>)['state']).toBeUndefined();
});

test('B47: script in names, addresses and values stays text', () => {
  const script = '<script>alert(1)</script>';
  const { events } = read(
    dump(
      {
        [script]: {
          url: `https://x/${script}`,
          updateLog: [{ timestamp: EPOCH, type: script, value: script }],
        },
      },
      { UserAgent: script },
    ),
  );
  expect(events.find(({ type }) => type === ':unknown')?.value).toEqual({
    method: script,
    value: script,
    extra: [],
  });
  expect(events[0]?.value).toMatchObject({ userAgent: script });
});

test('B48: no TURN credential is kept, whichever way it is written', () => {
  const secret = 'pA55-of-TURN';
  const configurations = [
    JSON.stringify({ iceServers: [{ urls: 'turn:t', username: 'joe', credential: secret }] }),
    { iceServers: [{ urls: 'turn:t', username: 'joe', credential: secret }] },
    `{ iceServers: [turn:t], credential: ${secret} }`,
  ];
  for (const rtcConfiguration of configurations)
    expect(JSON.stringify(read(dump({ a: { rtcConfiguration } })).events)).not.toContain(secret);
});

describe('B77: times that are text', () => {
  const logOf = (times: readonly string[]) =>
    times.map((time) => ({ time, type: 'signalingstatechange', value: 'stable' }));
  test.each([
    [['12/11/2014, 10:46:48 AM', '12/11/2014, 10:46:50 AM'], 2000],
    [['08/11/2020, 10:58:45', '08/11/2020, 10:59:45'], 60_000],
    [['8.11.2020, 23:59:59', '9.11.2020, 00:00:01'], 2000],
    [['2020年11月8日 10:58:45', '2020年11月8日 10:58:46'], 1000],
    [['08-11-2020 10.58.45', '08-11-2020 10.58.44'], 0],
    [['Fri Dec 12 2014 10:46:48 GMT+0100 (CET)', 'Fri Dec 12 2014 10:46:49 GMT+0100 (CET)'], 1000],
    [['Invalid Date', 'gestern'], 1],
  ])('%j lie %i ms apart', (times, apart) => {
    const { events } = read(dump({ a: { updateLog: logOf(times) } }));
    const told = events.filter(({ type }) => type === 'onsignalingstatechange').map(({ at }) => at);
    expect(told).toEqual([0, apart]);
    expect(JSON.stringify(events)).not.toMatch(/NaN|Invalid Date|null,"type":"on/);
  });
});

test('B78: the legacy state is no second change; states go back after a renegotiation; what was not finished is not finished', () => {
  const log = [
    ['legacyIceConnectionStateChange', 'connected'],
    ['iceConnectionStateChange', 'connected'],
    ...['connecting', 'connected', 'connecting', 'connected'].map((state) => [
      'connectionStateChange',
      state,
    ]),
    ['createOffer', '{}'],
  ].map(([type, value], index) => ({ timestamp: EPOCH + index, type, value }));
  const { facts } = read(dump({ a: { updateLog: log } }));
  expect(facts.states['a']!.ice.history.map(({ state }) => state)).toEqual(['new', 'connected']);
  expect(facts.states['a']!.connection.history.map(({ state }) => state)).toEqual([
    'new',
    'connecting',
    'connected',
    'connecting',
    'connected',
  ]);
  expect(facts.calls.newest(1)[0]).toMatchObject({ name: 'createOffer', outcome: 'pending' });
});

test('a time that can not be puts an event behind the one before, and is told', () => {
  const log = [0, 1e30, 4].map((at) => ({
    timestamp: EPOCH + at,
    type: 'onsignalingstatechange',
    value: `"s${at}"`,
  }));
  const { events, lost } = read(dump({ a: { updateLog: log } }));
  expect(events.every(({ at }) => at >= 0 && at < 100)).toBe(true);
  expect(lost.join()).toContain('1 event had no time that can be');
});
