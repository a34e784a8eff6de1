import { describe, expect, it } from 'vitest';
import { importText } from '../../../src/core/importers/index.ts';

const MADE = 1_780_000_000_000;
const OFFER = 'v=0\r\no=- 5 0 IN IP4 0.0.0.0\r\na=setup:actpass\r\n';
const ANSWER =
  'v=0\r\no=- 6 0 IN IP4 0.0.0.0\r\na=setup:active\r\na=candidate:1 1 udp 5 192.0.2.4 4 typ host\r\n';

const report = (timestamp: number, rest: object = {}) => ({
  pcid: `{9b1c} ${MADE}123 (id=77 url=https://call.example.org/?room=4)`,
  timestamp,
  closed: false,
  configuration: { iceServers: [{ urls: ['turn:t.example.org'], credentialProvided: true }] },
  sdpHistory: [
    { timestamp: MADE + 20, isLocal: false, sdp: ANSWER, errors: [] },
    { timestamp: MADE + 10, isLocal: true, sdp: OFFER, errors: [] },
  ],
  iceCandidateStats: [
    {
      id: 'c1',
      type: 'local-candidate',
      address: '10.1.2.3',
      port: 5,
      candidateType: 'host',
      protocol: 'udp',
    },
  ],
  iceCandidatePairStats: [
    { id: 'p1', type: 'candidate-pair', state: 'succeeded', selected: true, localCandidateId: 'c1' },
    { id: 'p1', type: 'candidate-pair', state: 'succeeded', selected: false, localCandidateId: 'c1' },
  ],
  rawRemoteCandidates: [
    'candidate:1 1 udp 5 192.0.2.4 4 typ host',
    'candidate:2 1 udp 4 192.0.2.5 5 typ host ufrag uu',
  ],
  ...rest,
});

function imported(json: unknown) {
  const read = importText(JSON.stringify(json));
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

describe('a report of about:webrtc', () => {
  it('tells the descriptions in their order, with the types that follow from it', () => {
    const { events, connections } = imported(report(MADE + 5000));
    expect(connections).toEqual(['{9b1c} 1780000000000123']);
    const told = events.filter(({ type }) => /^set\w+Description$|signaling|addIce|create/.test(type));
    expect(told.map(({ type, at, value }) => [type, at, (value as { type?: string }).type ?? value])).toEqual(
      [
        ['create', 0, expect.objectContaining({ pageUrl: 'https://call.example.org/?room=4' })],
        ['setLocalDescription', 9.877, 'offer'],
        ['onsignalingstatechange', 9.877, 'have-local-offer'],
        ['setRemoteDescription', 19.877, 'answer'],
        ['onsignalingstatechange', 19.877, 'stable'],
        [
          'addIceCandidate',
          4999.877,
          { candidate: 'candidate:2 1 udp 4 192.0.2.5 5 typ host ufrag uu', usernameFragment: 'uu' },
        ],
      ],
    );
  });

  it('keeps the selected one of a pair that is listed twice', () => {
    const stats = imported(report(MADE + 5000)).events.find(({ type }) => type === 'getStats')!;
    expect(stats.value).toMatchObject({
      p1: { selected: true, state: 'succeeded' },
      c1: { candidateType: 'host' },
    });
  });

  it('of several moments is a history of readings, and a closed connection is closed', () => {
    const reports = [report(MADE + 9000, { closed: true }), report(MADE + 5000)];
    const { events, lost } = imported({ reports, sdpHistories: [] });
    expect(events.filter(({ type }) => type === 'getStats').map(({ at }) => at)).toEqual([
      4999.877, 8999.877,
    ]);
    expect(events.at(-1)?.type).toBe('close');
    expect(lost.join()).not.toContain('single report');
    expect(imported(report(MADE)).lost.join()).toContain('single report');
  });
});
