/** Sessions written by hand, call by call: what browsers record of one end, in a few words. */
import type { NewEvent, SessionEvent } from '../../../src/core/session/event.ts';
import { SessionLog } from '../../../src/core/session/log.ts';

/** Of the session: 27 May 2026. */
export const STARTED = 1_779_840_000_000;

interface Sdp {
  readonly ufrag?: string;
  readonly pwd?: string;
  readonly fingerprint?: string;
  readonly setup?: string;
  /** User name of the line `o=`, which tells a browser. */
  readonly origin?: string;
  readonly more?: readonly string[];
  readonly media?: readonly string[];
}

export function sdpOf({
  ufrag = 'aaaa',
  pwd = `${ufrag}-password-of-22-chars`,
  fingerprint = '11:22:33',
  setup = 'actpass',
  origin = '-',
  more = [],
  media,
}: Sdp): string {
  const transport = [
    `a=ice-ufrag:${ufrag}`,
    `a=ice-pwd:${pwd}`,
    `a=fingerprint:sha-256 ${fingerprint}`,
    `a=setup:${setup}`,
  ];
  const sections = media ?? ['m=application 9 UDP/DTLS/SCTP webrtc-datachannel\na=mid:0'];
  const lines = [
    'v=0',
    `o=${origin} ${ufrag.length}${setup.length} 2 IN IP4 127.0.0.1`,
    's=-',
    't=0 0',
    ...more,
    ...sections.flatMap((section) => [...section.split('\n'), ...transport]),
  ];
  return `${lines.join('\r\n')}\r\n`;
}

export const host = (address: string, port = 50_000, ufrag?: string): string =>
  line('host', 2_113_937_151, address, port, ufrag);
export const srflx = (address: string, port = 50_000, ufrag?: string): string =>
  line('srflx', 1_677_729_535, address, port, ufrag);
export const relay = (address: string, port = 60_000, ufrag?: string): string =>
  line('relay', 50_340_095, address, port, ufrag);
const line = (type: string, priority: number, address: string, port: number, ufrag?: string): string =>
  `candidate:${type.length}7 1 udp ${priority} ${address} ${port} typ ${type}${type === 'host' ? '' : ' raddr 0.0.0.0 rport 0'} generation 0${ufrag ? ` ufrag ${ufrag}` : ''}`;

export const HIDDEN = '0a1b2c3d-1111-4222-8333-444455556666.local';
export const OTHER_HIDDEN = 'f0e1d2c3-9999-4888-8777-666655554444.local';
export const MINE = '198.51.100.7';
export const THEIRS = '203.0.113.9';

export const STUN = { urls: ['stun:stun.example.org:3478'] } as const;
export const TURN = { urls: ['turn:turn.example.org:3478?transport=udp'] } as const;

export class Script {
  readonly #log = new SessionLog();
  #at = 0;
  readonly #peer: string;

  constructor(peer = 'A', log?: SessionLog) {
    this.#peer = peer;
    if (log) this.#log = log;
    else
      this.#log.append({
        type: ':session',
        peer: '',
        at: 0,
        value: { kind: 'imported', startedAt: STARTED },
      });
  }

  /** The other end, in the same session. */
  other(peer = 'B'): Script {
    return new Script(peer, this.#log);
  }

  get events(): readonly SessionEvent[] {
    return this.#log.events;
  }

  wait(ms: number): this {
    this.#at += ms;
    return this;
  }

  add<T extends NewEvent['type']>(type: T, value: Extract<NewEvent, { type: T }>['value']): this {
    this.#at += 1;
    this.#log.append({ type, value, peer: this.#peer, at: this.#at } as NewEvent);
    return this;
  }

  create(
    iceServers: readonly { readonly urls: readonly string[]; readonly username?: string }[] = [STUN],
    more: object = {},
    browser = 'Chromium 156',
  ): this {
    return this.add(':peer', { place: 'a page', browser }).add('create', {
      bundlePolicy: 'balanced',
      iceServers,
      ...more,
    });
  }

  channel(): this {
    return this.add('createDataChannel', { label: 'chat' }).add('onnegotiationneeded', null);
  }

  local(type: 'offer' | 'answer', sdp: Sdp = {}): this {
    return this.add('setLocalDescription', {
      type,
      sdp: sdpOf({ setup: type === 'offer' ? 'actpass' : 'active', ...sdp }),
    })
      .add('onsignalingstatechange', type === 'offer' ? 'have-local-offer' : 'stable')
      .add('setLocalDescriptionOnSuccess', null);
  }

  remote(type: 'offer' | 'answer', sdp: Sdp = {}): this {
    return this.add('setRemoteDescription', {
      type,
      sdp: sdpOf({
        ufrag: 'bbbb',
        fingerprint: '44:55:66',
        setup: type === 'offer' ? 'actpass' : 'active',
        ...sdp,
      }),
    })
      .add('onsignalingstatechange', type === 'offer' ? 'have-remote-offer' : 'stable')
      .add('setRemoteDescriptionOnSuccess', null);
  }

  /** Offer and answer as they should be. */
  agreed(own: Sdp = {}, other: Sdp = {}): this {
    return this.channel().local('offer', own).wait(60).remote('answer', other);
  }

  gathers(...candidates: readonly string[]): this {
    this.add('onicegatheringstatechange', 'gathering');
    for (const candidate of candidates)
      this.add('onicecandidate', {
        candidate,
        sdpMid: '0',
        sdpMLineIndex: 0,
        url: / typ srflx/.test(candidate) ? STUN.urls[0] : / typ relay/.test(candidate) ? TURN.urls[0] : null,
      });
    return this;
  }

  complete(): this {
    return this.add('onicegatheringstatechange', 'complete');
  }

  fault(url: string, errorCode: number, errorText: string, hostCandidate = '0.0.0.x:50000'): this {
    return this.add('onicecandidateerror', {
      url,
      errorCode,
      errorText,
      hostCandidate,
      address: null,
      port: null,
    });
  }

  given(...candidates: readonly string[]): this {
    for (const candidate of candidates)
      this.add('addIceCandidate', { candidate, sdpMid: '0', sdpMLineIndex: 0 });
    return this;
  }

  refusedCandidate(candidate: string, why: string): this {
    return this.given(candidate).add('addIceCandidateOnFailure', why);
  }

  ice(state: string): this {
    return this.add('oniceconnectionstatechange', state);
  }

  connection(state: string): this {
    return this.add('onconnectionstatechange', state);
  }

  /** Reports as getStats gives them: one pair, its candidates and the transport. */
  stats({
    pair = {},
    local = {},
    remote = {},
    transport = {},
    more = {},
  }: {
    readonly pair?: object;
    readonly local?: object;
    readonly remote?: object;
    readonly transport?: object;
    readonly more?: object;
  } = {}): this {
    return this.add('getStats', {
      P: {
        type: 'candidate-pair',
        localCandidateId: 'L',
        remoteCandidateId: 'R',
        state: 'in-progress',
        requestsSent: 0,
        responsesReceived: 0,
        requestsReceived: 0,
        ...pair,
      },
      L: {
        type: 'local-candidate',
        candidateType: 'srflx',
        address: MINE,
        port: 50_000,
        protocol: 'udp',
        ...local,
      },
      R: {
        type: 'remote-candidate',
        candidateType: 'srflx',
        address: THEIRS,
        port: 50_000,
        protocol: 'udp',
        ...remote,
      },
      T: {
        type: 'transport',
        dtlsState: 'new',
        iceRole: 'controlling',
        bytesSent: 0,
        bytesReceived: 0,
        ...transport,
      },
      ...more,
    });
  }

  /** ICE and DTLS stand. */
  connected(): this {
    return this.ice('checking')
      .connection('connecting')
      .wait(30)
      .ice('connected')
      .wait(10)
      .connection('connected')
      .wait(1000)
      .stats({ pair: WORKS, transport: UP });
  }

  /** Checks went out for 15 s, and Chromium gave up. */
  unanswered(reports: Parameters<Script['stats']>[0] = {}): this {
    return this.ice('checking')
      .connection('connecting')
      .wait(14_000)
      .stats({ ...reports, pair: { requestsSent: 118, ...reports?.pair } })
      .wait(1000)
      .ice('disconnected')
      .connection('failed');
  }
}

export const WORKS = {
  state: 'succeeded',
  nominated: true,
  requestsSent: 6,
  responsesReceived: 6,
  requestsReceived: 5,
  responsesSent: 5,
} as const;
export const UP = {
  dtlsState: 'connected',
  selectedCandidatePairId: 'P',
  bytesSent: 4000,
  bytesReceived: 4000,
} as const;
