/**
 * A long call, made from a seed: two peers that connect, then talk for hours; they renegotiate, restart ICE now and then,
 * read getStats every second and send messages. As many events as asked, the same for the same seed.
 */
import type { NewEvent, PeerId, StatsReports } from '../../src/core/session/event.ts';
import { SessionLog } from '../../src/core/session/log.ts';

export function longSession(count: number, seed = 1): SessionLog {
  const log = new SessionLog();
  const call = new LongCall(log, seed);
  while (log.events.length < count) call.goOn();
  return log;
}

/** mulberry32: small, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const LINES = Array.from({ length: 60 }, (_, line) => `a=rtpmap:${line} codec${line}/90000`).join('\r\n');

class LongCall {
  readonly #log: SessionLog;
  readonly #random: () => number;
  #now = 0;
  #calls = 0;
  #version = 0;
  #messages = 0;
  #generation = 0;
  #requests = 0;
  #rounds = 0;

  constructor(log: SessionLog, seed: number) {
    this.#log = log;
    this.#random = randomFrom(seed);
    this.#emit('', ':session', { kind: 'loopback', startedAt: 1_700_000_000_000 });
    for (const peer of ['A', 'B']) {
      this.#emit(peer, ':peer', { place: 'this page' });
      this.#emit(peer, 'create', {});
    }
    this.#negotiate(true);
    for (const peer of ['A', 'B']) this.#emit(peer, ':datachannel.state', { label: 'data', state: 'open' });
  }

  /** A second of the call. */
  goOn(): void {
    this.#rounds++;
    this.#now += 700 + this.#random() * 300;
    for (const peer of ['A', 'B']) this.#emit(peer, 'getStats', this.#stats(peer));
    const messages = Math.floor(this.#random() * 4);
    for (let number = 0; number < messages; number++) this.#message();
    if (this.#rounds % 9 === 0) this.#negotiate(this.#rounds % 180 === 0);
    if (this.#rounds % 400 === 0) this.#lose();
  }

  #emit(peer: PeerId, type: string, value: unknown = null, correlation?: string): void {
    this.#now += 0.05 + this.#random() * 0.4;
    const event = { at: this.#now, peer, type, value, ...(correlation ? { correlation } : {}) };
    this.#log.append(event as NewEvent);
  }

  #call(peer: PeerId, name: string, value: unknown, result: unknown, within: () => void = () => {}): void {
    const correlation = `${peer}-${++this.#calls}`;
    this.#emit(peer, name, value, correlation);
    within();
    this.#emit(peer, `${name}OnSuccess`, result, correlation);
  }

  #letter(from: PeerId, kind: string, payload: unknown): void {
    const to = from === 'A' ? 'B' : 'A';
    const correlation = `${from}-s${++this.#calls}`;
    const common = { kind, channel: 'in-page', bytes: 900, payload };
    this.#emit(from, ':signal.sent', { ...common, to }, correlation);
    this.#emit(to, ':signal.received', { ...common, from }, correlation);
  }

  #negotiate(restart: boolean): void {
    if (restart) this.#generation++;
    const [offerer, answerer] = this.#random() < 0.5 ? ['A', 'B'] : ['B', 'A'];
    const description = (type: string) => ({
      type,
      sdp: `v=0\r\no=- 42 ${++this.#version} IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n${LINES}\r\n`,
    });
    const offer = description('offer');
    this.#emit(offerer!, 'onnegotiationneeded');
    this.#call(offerer!, 'createOffer', restart ? { iceRestart: true } : null, offer);
    this.#call(offerer!, 'setLocalDescription', offer, null, () =>
      this.#emit(offerer!, 'onsignalingstatechange', 'have-local-offer'),
    );
    if (restart) this.#gather(offerer!);
    this.#letter(offerer!, 'offer', offer);
    this.#call(answerer!, 'setRemoteDescription', offer, null, () =>
      this.#emit(answerer!, 'onsignalingstatechange', 'have-remote-offer'),
    );
    const answer = description('answer');
    this.#call(answerer!, 'createAnswer', null, answer);
    this.#call(answerer!, 'setLocalDescription', answer, null, () =>
      this.#emit(answerer!, 'onsignalingstatechange', 'stable'),
    );
    if (restart) this.#gather(answerer!);
    this.#letter(answerer!, 'answer', answer);
    this.#call(offerer!, 'setRemoteDescription', answer, null, () =>
      this.#emit(offerer!, 'onsignalingstatechange', 'stable'),
    );
    if (restart) this.#connect();
  }

  #gather(peer: PeerId): void {
    this.#emit(peer, 'onicegatheringstatechange', 'gathering');
    for (const [number, type] of ['host', 'srflx', 'relay'].entries()) {
      const init = {
        candidate: this.#line(peer, type, number),
        sdpMid: '0',
        usernameFragment: `u${this.#generation}`,
      };
      this.#emit(peer, 'onicecandidate', init);
      this.#letter(peer, 'candidate', init);
      this.#call(peer === 'A' ? 'B' : 'A', 'addIceCandidate', init, null);
    }
    this.#emit(peer, 'onicegatheringstatechange', 'complete');
  }

  #port = (peer: PeerId, number: number): number =>
    20_000 + (this.#generation % 4000) * 8 + (peer === 'A' ? 0 : 4) + number;

  #line(peer: PeerId, type: string, number: number): string {
    const port = this.#port(peer, number);
    return `candidate:1 1 udp ${2_000_000_000 - number} 10.0.0.${peer === 'A' ? 1 : 2} ${port} typ ${type} generation 0 ufrag u${this.#generation}`;
  }

  #connect(): void {
    for (const peer of ['A', 'B']) {
      this.#emit(peer, 'oniceconnectionstatechange', 'checking');
      this.#emit(peer, 'onconnectionstatechange', 'connecting');
      this.#emit(peer, 'oniceconnectionstatechange', 'connected');
      if (this.#generation === 1) this.#emit(peer, ':dtls.state', 'connecting');
      if (this.#generation === 1) this.#emit(peer, ':dtls.state', 'connected');
      this.#emit(peer, 'onconnectionstatechange', 'connected');
    }
  }

  /** A short loss of the network. */
  #lose(): void {
    for (const state of ['disconnected', 'connected'])
      for (const peer of ['A', 'B']) this.#emit(peer, 'oniceconnectionstatechange', state);
  }

  #message(): void {
    const [from, to] = this.#random() < 0.5 ? ['A', 'B'] : ['B', 'A'];
    const value = { label: 'data', number: ++this.#messages, bytes: 5, text: 'hello' };
    this.#emit(from!, ':data.sent', value);
    // Now and then one is lost: the arrival of the next must not cost a search through all of them.
    if (this.#messages % 50 !== 0) this.#emit(to!, ':data.received', value);
  }

  #stats(peer: PeerId): StatsReports {
    const other = peer === 'A' ? 'B' : 'A';
    const g = this.#generation;
    this.#requests++;
    const report = (type: string, owner: PeerId, number: number) => ({
      type,
      candidateType: ['host', 'srflx', 'relay'][number],
      protocol: 'udp',
      port: this.#port(owner, number),
      address: `10.0.0.${owner === 'A' ? 1 : 2}`,
      priority: 2_000_000_000 - number,
      usernameFragment: `u${g}`,
    });
    const reports: Record<string, StatsReports[string]> = {
      T01: {
        type: 'transport',
        selectedCandidatePairId: `P${g}-0`,
        dtlsRole: 'client',
        iceRole: 'controlling',
      },
    };
    for (const number of [0, 1, 2]) {
      reports[`L${g}-${number}`] = report('local-candidate', peer, number);
      reports[`R${g}-${number}`] = report('remote-candidate', other, number);
      reports[`P${g}-${number}`] = {
        type: 'candidate-pair',
        localCandidateId: `L${g}-${number}`,
        remoteCandidateId: `R${g}-${number}`,
        state: number === 0 ? 'succeeded' : 'waiting',
        nominated: number === 0,
        requestsSent: number === 0 ? this.#requests : 0,
        responsesReceived: number === 0 ? this.#requests : 0,
        currentRoundTripTime: 0.02,
      };
    }
    return reports;
  }
}
