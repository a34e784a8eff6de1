import { describe, expect, it } from 'vitest';
import { importText } from '../../../src/core/importers/index.ts';
import { peerPairings } from '../../../src/core/session/peer-pairing.ts';

const EPOCH = 1_780_000_000_000;

/** A dump of these rows, each one millisecond after the one before. */
function imported(rows: readonly (readonly unknown[])[], meta: object = {}) {
  const lines = rows.map((row, index) => JSON.stringify([...row, index === 0 ? EPOCH : 1]));
  const read = importText(
    ['RTCStatsDump', JSON.stringify({ fileFormat: 3, ...meta }), ...lines, ''].join('\n'),
  );
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

const told = (rows: readonly (readonly unknown[])[]) =>
  imported(rows)
    .events.filter(({ peer, type }) => peer !== '' && type !== ':peer')
    .map(({ type, value }) => [type, value]);

describe('an RTCStats dump of rtcstats-js', () => {
  it('has its numbers turned into names', () => {
    const rows = [
      [39, 'PC_0', {}],
      [35, 'PC_0', ['chat', { ordered: false }]],
      [2, 'PC_0', { iceRestart: true }, '2-0'],
      [24, 'PC_0', 'checking'],
      [21, 'PC_0', { url: 'stun:s.example.org', errorCode: 701, errorText: 'x', address: null, port: null }],
      [30, 'PC_0', ['audio', 't', 'Mic', 's1', 's2']],
      [28, 'PC_0', [3, 'theirs']],
      [10, 'PC_0', { candidate: '', sdpMid: '0' }, '10-0'],
      [16, 'PC_0', 'OperationError: no', '10-0'],
      [36, 'PC_0', null],
    ];
    expect(told(rows)).toEqual([
      ['create', {}],
      ['createDataChannel', { label: 'chat', ordered: false }],
      ['createOffer', { iceRestart: true }],
      ['oniceconnectionstatechange', 'checking'],
      [
        'onicecandidateerror',
        { url: 'stun:s.example.org', errorCode: 701, errorText: 'x', address: null, port: null },
      ],
      ['addTrack', { kind: 'audio', id: 't', label: 'Mic', streams: ['s1', 's2'] }],
      ['ondatachannel', { id: 3, label: 'theirs' }],
      ['addIceCandidate', { candidate: '', sdpMid: '0' }],
      ['addIceCandidateOnFailure', 'OperationError: no'],
      ['close', null],
    ]);
  });

  it('has each reading made of the one before and what changed', () => {
    const rows = [
      [39, 'PC_0', {}],
      [
        'g',
        'PC_0',
        {
          0: { type: 6, 118: 'in-progress', 156: 3, nested: { a: 1, b: 2 } },
          1: { type: 7, 135: 9 },
          t: EPOCH,
        },
      ],
      ['g', 'PC_0', { 0: { 118: 'succeeded', nested: { b: 3 } }, t: EPOCH + 1000 }],
      ['g', 'PC_0', { 1: null, 2: { type: 5, 125: '0', timestamp: 5 }, t: EPOCH + 2000 }],
    ];
    const readings = told(rows).filter(([type]) => type === 'getStats');
    expect(readings.map(([, value]) => value)).toEqual([
      {
        0: {
          type: 'candidate-pair',
          state: 'in-progress',
          requestsSent: 3,
          nested: { a: 1, b: 2 },
          timestamp: EPOCH,
        },
        1: { type: 'local-candidate', port: 9, timestamp: EPOCH },
      },
      {
        0: {
          type: 'candidate-pair',
          state: 'succeeded',
          requestsSent: 3,
          nested: { a: 1, b: 3 },
          timestamp: EPOCH + 1000,
        },
        1: { type: 'local-candidate', port: 9, timestamp: EPOCH + 1000 },
      },
      {
        0: {
          type: 'candidate-pair',
          state: 'succeeded',
          requestsSent: 3,
          nested: { a: 1, b: 3 },
          timestamp: EPOCH + 2000,
        },
        2: { type: 'transport', selectedCandidatePairId: '0', timestamp: 5 },
      },
    ]);
  });

  it('has the sections filled in that an earlier description had', () => {
    const first = 'v=0\r\no=- 1 2 IN IP4 0.0.0.0\r\nm=audio 9 RTP\r\na=mid:0\r\nm=video 9 RTP\r\na=mid:1\r\n';
    const second = first.replace('o=- 1 2', 'o=- 1 3').replace('m=video 9', 'm=video 0');
    const answer = first.replace('o=- 1', 'o=- 7');
    const rows = [
      [39, 'PC_0', {}],
      [3, 'PC_0', { type: 'offer', sdp: first }, '2-0'],
      [6, 'PC_0', { type: 'offer', sdp: 'v=\r\nm=\r\nm=\r\n' }, '6-0'],
      [7, 'PC_0', null, '6-0'],
      [8, 'PC_0', { type: 'answer', sdp: answer }, '8-0'],
      [9, 'PC_0', null, '8-0'],
      [6, 'PC_0', null, '6-1'],
      [
        7,
        'PC_0',
        { type: 'offer', sdp: 'v=0\r\no=- 1 3 IN IP4 0.0.0.0\r\nm=\r\nm=video 0 RTP\r\na=mid:1\r\n' },
        '6-1',
      ],
      [8, 'PC_0', { type: 'answer', sdp: 'v=\r\nm=\r\nm=\r\n' }, '8-1'],
    ];
    const sdps = told(rows).flatMap(([, value]) => (value as { sdp?: string } | null)?.sdp ?? []);
    expect(sdps).toEqual([first, first, answer, second, answer]);
    expect(imported(rows).lost.join()).toContain('an earlier one had them');
  });

  it('keeps numbers that it does not know, and joins a call with its outcome', () => {
    const { events } = imported([
      [39, 'PC_0', {}],
      [4711, 'PC_0', { new: true }],
      ['g', 'PC_0', { 0: { type: 99, 9999: 4 } }],
      [2, 'PC_0', null, '2-0'],
      [12, 'PC_0', 'OperationError: x', '2-0'],
    ]);
    expect(events.find(({ type }) => type === ':unknown')?.value).toEqual({
      method: '4711',
      value: { new: true },
      extra: [],
    });
    const correlations = events
      .filter(({ type }) => type.startsWith('createOffer'))
      .map(({ correlation }) => correlation);
    expect(correlations).toEqual(['2-0', '2-0']);
  });
});

describe('Chromium’s own RTCStats dump', () => {
  const global = ['create', null, { userAgentData: { brands: [{ brand: 'Chromium', version: '156' }] } }];

  it('has no connection in what is of the whole browser', () => {
    const { events, connections } = imported([
      global,
      ['navigator.mediaDevices.getUserMedia', '8-0', { audio: true }, 'x'],
      ['create', '8-1', {}, 'https://app.example.org/room?key=1'],
      ['create', '8-2', {}, 'https://app.example.org/room?key=1'],
      ['oniceconnectionstatechange', '8-1', '"checking"'],
    ]);
    expect(connections).toEqual(['8-1', '8-2']);
    expect(peerPairings(events).flat()).toEqual(['8-1', '8-2']);
    expect(events.find(({ type }) => type === ':peer')?.value).toEqual({
      place: '8-1, app.example.org/room',
      browser: 'Chromium 156',
    });
    expect(events.find(({ type }) => type === 'oniceconnectionstatechange')?.value).toBe('checking');
  });

  it('finds whose a description is that came under the id undefined-undefined', () => {
    const sdp = (id: number) => `v=0\r\no=- ${id} 2 IN IP4 127.0.0.1\r\n`;
    const { events, connections } = imported([
      global,
      ['create', '8-1', {}],
      ['create', '8-2', {}],
      ['createOfferOnSuccess', '8-1', { type: 'offer', sdp: sdp(11) }],
      ['createOfferOnSuccess', '8-2', { type: 'offer', sdp: sdp(22) }],
      ['setLocalDescription', 'undefined-undefined', { type: 'offer', sdp: sdp(11) }],
    ]);
    expect(connections).toEqual(['8-1', '8-2']);
    expect(events.find(({ type }) => type === 'setLocalDescription')?.peer).toBe('8-1');
  });
});
