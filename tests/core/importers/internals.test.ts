import { describe, expect, it } from 'vitest';
import { importText } from '../../../src/core/importers/index.ts';
import type { SessionEvent } from '../../../src/core/session/event.ts';

interface Series {
  readonly values: readonly unknown[] | string | null | number;
  readonly type?: string;
  readonly start?: number;
  readonly end?: number;
}

const EPOCH = Date.UTC(2026, 4, 6, 7, 8, 9);

const seriesOf = ({ values, type = 'candidate-pair', start, end }: Series) => ({
  ...(start === undefined ? {} : { startTime: new Date(EPOCH + start).toISOString() }),
  ...(end === undefined ? {} : { endTime: new Date(EPOCH + end).toISOString() }),
  statsType: type,
  values: Array.isArray(values) ? JSON.stringify(values) : values,
});

interface Dump {
  readonly log?: readonly object[];
  readonly stats?: Readonly<Record<string, Series>>;
  readonly entry?: object;
  readonly top?: object;
}

function imported({ log = [], stats = {}, entry = {}, top = {} }: Dump) {
  const connection = {
    rtcConfiguration: '',
    updateLog: log,
    stats: Object.fromEntries(Object.entries(stats).map(([key, series]) => [key, seriesOf(series)])),
    ...entry,
  };
  const read = importText(
    JSON.stringify({ getUserMedia: [], ...top, PeerConnections: { '31-4': connection } }),
  );
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

const rowsOf = (events: readonly SessionEvent[]) =>
  events
    .filter(({ type, peer }) => peer !== '' && type !== ':peer' && type !== 'create')
    .map(({ type, value }) => [type, value]);

const stamped = (...rows: readonly (readonly [string, string])[]) =>
  rows.map(([type, value], index) => ({ type, value, timestamp: EPOCH + index }));

type Read = Readonly<Record<string, unknown>> & { readonly at: number };

const readings = (events: readonly SessionEvent[]): readonly Read[] =>
  events.flatMap((event) => (event.type === 'getStats' ? [{ ...event.value['CPa'], at: event.at }] : []));

describe('the events of a webrtc-internals dump', () => {
  it('are the same in the words of every generation', () => {
    const sdp = 'v=0\r\no=- 7 2 IN IP4 127.0.0.1\r\ns=-\r\n';
    const candidate = 'candidate:9 1 udp 1677729535 203.0.113.9 4099 typ srflx raddr 0.0.0.0 rport 0';
    const expected = [
      ['createOffer', { offerToReceiveAudio: 1, iceRestart: true }],
      ['setLocalDescription', { type: 'offer', sdp }],
      ['onsignalingstatechange', 'have-local-offer'],
      ['onicegatheringstatechange', 'gathering'],
      ['onicecandidate', { sdpMid: 'audio', sdpMLineIndex: 0, candidate, url: 'stun:stun.example.org' }],
      ['oniceconnectionstatechange', 'checking'],
    ];
    const old = stamped(
      ['createOffer', 'options: {offerToReceiveVideo: -1, offerToReceiveAudio: 1, iceRestart: true}'],
      ['setLocalDescription', `type: offer, sdp: ${sdp}`],
      ['signalingStateChange', 'SignalingStateHaveLocalOffer'],
      ['iceGatheringStateChange', 'ICEGatheringStateGathering'],
      [
        'onIceCandidate',
        `sdpMid: audio, sdpMLineIndex: 0, candidate: ${candidate}, url: stun:stun.example.org`,
      ],
      ['iceConnectionStateChange', 'ICEConnectionStateChecking'],
    );
    const middle = stamped(
      ['createOffer', 'options: {offerToReceiveVideo: -1, offerToReceiveAudio: 1, iceRestart: true}'],
      ['setLocalDescription', `type: offer, sdp: ${sdp}`],
      ['signalingstatechange', 'have-local-offer'],
      ['icegatheringstatechange', 'gathering'],
      [
        'icecandidate',
        `sdpMid: audio, sdpMLineIndex: 0, candidate: ${candidate}, url: stun:stun.example.org`,
      ],
      ['iceconnectionstatechange', 'checking'],
    );
    const newest = stamped(
      ['createOffer', '{"offerToReceiveAudio":1,"iceRestart":true}'],
      ['setLocalDescription', JSON.stringify({ type: 'offer', sdp })],
      ['onsignalingstatechange', '"have-local-offer"'],
      ['onicegatheringstatechange', '"gathering"'],
      [
        'onicecandidate',
        JSON.stringify({ sdpMid: 'audio', sdpMLineIndex: 0, candidate, url: 'stun:stun.example.org' }),
      ],
      ['oniceconnectionstatechange', '"checking"'],
    );
    for (const log of [old, middle, newest]) expect(rowsOf(imported({ log }).events)).toEqual(expected);
  });

  it('tells candidate errors, channels, tracks and failures', () => {
    const error =
      'url: turn:t.example.org\naddress: 10.1.1.x\nport: 5000\nhost_candidate: 10.1.1.x:5000\nerror_text: Unauthorized.\nerror_code: 401';
    const log = stamped(
      ['icecandidateerror', error],
      [
        'createDataChannel',
        'label: a, b, ordered: true, maxRetransmits: 3, protocol: "p", negotiated: false, id: 5',
      ],
      ['addTrack', '{"kind":"video","id":"t1","streams":["s1"]}'],
      ['ontrack', '{"kind":"audio","id":"t2","label":"remote audio","streams":[]}'],
      ['addIceCandidateFailed', 'The remote description was null'],
      ['setRemoteDescriptionOnFailure', 'Called in wrong state: stable'],
      ['stop', ''],
    );
    expect(rowsOf(imported({ log }).events)).toEqual([
      [
        'onicecandidateerror',
        {
          url: 'turn:t.example.org',
          address: '10.1.1.x',
          port: 5000,
          errorCode: 401,
          errorText: 'Unauthorized.',
          hostCandidate: '10.1.1.x:5000',
        },
      ],
      [
        'createDataChannel',
        { label: 'a, b', ordered: true, maxRetransmits: 3, protocol: 'p', negotiated: false, id: 5 },
      ],
      ['addTrack', { kind: 'video', id: 't1', streams: ['s1'] }],
      ['ontrack', { kind: 'audio', id: 't2', label: 'remote audio', streams: [] }],
      ['addIceCandidateOnFailure', 'The remote description was null'],
      ['setRemoteDescriptionOnFailure', 'Called in wrong state: stable'],
      ['close', null],
    ]);
  });

  it('reads a configuration as text, as JSON and as an object', () => {
    const text =
      '{ iceServers: [stun:a.example.org, turn:b.example.org:3478?transport=tcp], iceTransportPolicy: relay, iceCandidatePoolSize: 0 }';
    const servers = [{ urls: ['stun:a.example.org'] }, { urls: ['turn:b.example.org:3478?transport=tcp'] }];
    const json = { iceServers: servers, iceTransportPolicy: 'relay', iceCandidatePoolSize: 0 };
    for (const rtcConfiguration of [text, JSON.stringify(json), json]) {
      const { events } = imported({ entry: { rtcConfiguration } });
      expect(events.find(({ type }) => type === 'create')?.value).toEqual(json);
    }
  });

  it('keeps the order of times that are text, and knows their day from the statistics', () => {
    const texts = ['12/11/2014, 11:59:58 PM', '12/11/2014, 11:59:58 PM', '12/12/2014, 12:00:03 AM'];
    const log = texts.map((time, index) => ({ time, type: 'signalingstatechange', value: `s${index}` }));
    const at = Date.UTC(2014, 11, 11, 22, 59, 59);
    const stats = { 'CPa-state': { values: ['waiting'], start: at - EPOCH, end: at - EPOCH } };
    const { events, notices } = imported({ log, stats });
    const times = events.filter(({ type }) => type === 'onsignalingstatechange').map((event) => event.at);
    expect(times).toEqual([0, 0, 5000]);
    const { startedAt } = events[0]!.value as { startedAt: number };
    expect(new Date(startedAt).toISOString()).toBe('2014-12-11T22:59:58.000Z');
    expect(notices).toContain(
      'This dump tells times in whole seconds: within a second the order is known, and no more.',
    );
    expect(imported({ log }).notices).toContain('The date of this dump is not known.');
  });
});

describe('the statistics of a webrtc-internals dump', () => {
  const times = [0, 1000, 1000, 2000].map((at) => EPOCH + at);
  const timestamp = { values: times, start: 0, end: 2000 };

  it('become readings; equal times lose none', () => {
    const stats = {
      'CPa-timestamp': timestamp,
      'CPa-bytesSent': { values: [1, 2, 3, 4], start: 0, end: 2000 },
    };
    expect(readings(imported({ stats }).events).map((one) => [one.at, one['bytesSent']])).toEqual([
      [0, 1],
      [1000, 2],
      [1000, 3],
      [2000, 4],
    ]);
  });

  it('lie where their own start and end say: one may appear late or end early', () => {
    const stats = {
      'CPa-timestamp': timestamp,
      'CPa-late': { values: [7], start: 2000, end: 2000 },
      'CPa-early': { values: [5], start: 0, end: 0 },
      'CPa-unsaid': { values: [8, 9] },
    };
    const got = readings(imported({ stats }).events);
    expect(got.map((one) => [one['late'], one['early'], one['unsaid']])).toEqual([
      [undefined, 5, undefined],
      [undefined, undefined, undefined],
      [undefined, undefined, 8],
      [7, undefined, 9],
    ]);
  });

  it('says where a series has holes, and where Chromium kept no more', () => {
    const holed = { 'CPa-timestamp': timestamp, 'CPa-x': { values: [1, 4], start: 0, end: 2000 } };
    expect(imported({ stats: holed }).lost.join()).toContain('had no value in some readings');
    const many = Array.from({ length: 1000 }, (_, index) => EPOCH + index * 1000);
    const cut = { 'CPa-timestamp': { values: many, start: 0, end: 999_000 } };
    expect(imported({ stats: cut }).lost.join()).toContain('The beginning of the statistics is missing');
  });

  it('are spread between start and end where no times are kept', () => {
    const stats = { 'CPa-bytesSent': { values: [1, 2, 3], start: 0, end: 5000 } };
    expect(readings(imported({ stats }).events).map(({ at }) => at)).toEqual([0, 2500, 5000]);
  });

  it('splits names at the last dash, and leaves computed series out', () => {
    const stats = {
      'CP-a-b-bytesSent': { values: [3], start: 0, end: 0 },
      'CP-a-b-[bytesSent_in_bits/s]': { values: [24], start: 0, end: 0 },
      'CP-a-b-[a-b]': { values: [1], start: 0, end: 0 },
    };
    const { events } = imported({ stats });
    expect(events.find(({ type }) => type === 'getStats')?.value).toEqual({
      'CP-a-b': { type: 'candidate-pair', bytesSent: 3 },
    });
  });

  it('puts a reading that was made after a sleep where the events say', () => {
    const log = [
      { type: 'oniceconnectionstatechange', value: '"connected"', timestamp: EPOCH },
      { type: 'oniceconnectionstatechange', value: '"disconnected"', timestamp: EPOCH + 600_000 },
    ];
    const stats = {
      'CPa-timestamp': { values: [EPOCH + 1000, EPOCH + 2000, EPOCH + 3000], start: 1000, end: 3000 },
    };
    const { events } = imported({ log, stats, top: { timestamp: EPOCH + 601_000 } });
    const at = readings(events).map((one) => one.at);
    expect(at[0]).toBe(1000);
    expect(at.at(-1)).toBe(601_000);
  });

  it('translates those of before webrtc-stats, and loses none of them', () => {
    const type = 'googCandidatePair';
    const stats = {
      'Conn-audio-1-0-googActiveConnection': { values: ['false', 'true'], start: 0, end: 1000, type },
      'Conn-audio-1-0-googWritable': { values: ['false', 'true'], start: 0, end: 1000, type },
      'Conn-audio-1-0-requestsSent': { values: ['1', '9'], start: 0, end: 1000, type },
      'Conn-audio-1-0-localCandidateId': { values: ['Cand-x', 'Cand-x'], start: 0, end: 1000, type },
      'Cand-x-candidateType': { values: ['stun', 'stun'], start: 0, end: 1000, type: 'localcandidate' },
      'Cand-x-portNumber': { values: ['4000', '4000'], start: 0, end: 1000, type: 'localcandidate' },
    };
    const { events, notices } = imported({ stats });
    const last = events.findLast((event) => event.type === 'getStats')!.value as Record<string, object>;
    expect(last['Conn-audio-1-0']).toMatchObject({
      type: 'candidate-pair',
      selected: true,
      state: 'succeeded',
      requestsSent: 9,
      googWritable: 'true',
    });
    expect(last['Cand-x']).toMatchObject({ type: 'local-candidate', candidateType: 'srflx', port: 4000 });
    expect(notices.join()).toContain('before webrtc-stats');
  });
});
