/** One end of a call: what a page and its RTCPeerConnection do (W3C WebRTC, section 4.4), in the order in which browsers tell it. */
import { parseCandidate } from '../sdp/candidate.ts';
import type { CandidateInit, Configuration, Description, EventType, EventValues } from '../session/event.ts';
import { candidatesIn, describe, readSecrets } from './describe.ts';
import type { Host } from './host.ts';
import { type IceState, IceAgent } from './ice/agent.ts';
import { type LocalCandidate, candidateLine } from './ice/candidate.ts';
import type { GatherError } from './ice/gather.ts';
import { PROFILES, type Profile } from './ice/profile.ts';
import type { IceServer } from './ice/servers.ts';
import type { Side } from './packet.ts';
import type { Random } from './random.ts';
import type { Recorder } from './recorder.ts';
import type { CallSpec, EndSpec } from './scenario.ts';
import type { Schedule } from './schedule.ts';
import { SecureEnd } from './secure.ts';
import type { SignalContent, Signalling } from './signalling.ts';
import { statsOf } from './stats.ts';
import type { Reader, SecureWire } from './wire.ts';

export interface PeerOptions {
  readonly side: Side;
  readonly host: Host;
  readonly spec: EndSpec;
  readonly call: CallSpec;
  readonly servers: readonly IceServer[];
  readonly random: Random;
  readonly reader: Reader;
  readonly recorder: Recorder;
  readonly signalling: Signalling;
  /** Between the two ends, about, in ms. */
  readonly roundTrip: number;
}

/** Milliseconds that a call of the interface takes: as in the browsers' recordings, about. */
const CALL = 0.4;
const CHANNEL = 'icescope';

export class Peer {
  readonly side: Side;
  readonly #options: PeerOptions;
  readonly #schedule: Schedule;
  readonly #profile: Profile;
  readonly #fingerprint: string;
  readonly #sessionId: string;
  #agents: IceAgent[] = [];
  #secure: SecureEnd | null = null;
  #signaling = 'stable';
  #ice: IceState = 'new';
  #connection = 'new';
  #role: 'client' | 'server' | 'unknown' = 'unknown';
  #version = 1;
  #correlations = 0;
  #hasRemote = false;
  #isReading = false;
  #isRestarting = false;
  #sentMessages = 0;
  #queue: (() => number)[] = [];
  #isBusy = false;
  #ignoresOffer = false;
  /** Of the first connection. */
  connectedAt: number | null = null;
  iceConnectedAt: number | null = null;
  failedAt: number | null = null;

  constructor(options: PeerOptions) {
    this.#options = options;
    this.side = options.side;
    this.#schedule = options.host.network.schedule;
    this.#profile = PROFILES[options.spec.profile ?? 'rfc'];
    this.#fingerprint = (options.random.hex(64).toUpperCase().match(/../g) ?? []).join(':');
    this.#sessionId = String(options.random.between(1e9, 2e9));
    options.signalling.join(this.side, (content) => this.#received(content));
  }

  /** The agent of the newest generation. */
  get agent(): IceAgent | null {
    return this.#agents.at(-1) ?? null;
  }

  get connection(): string {
    return this.#connection;
  }

  get isOpen(): boolean {
    return this.#secure?.isOpen ?? false;
  }

  get isSettled(): boolean {
    return this.failedAt !== null || (this.isOpen && this.#connection === 'connected');
  }

  create(): void {
    const { servers, call, spec } = this.#options;
    this.#emit(':peer', {
      place: spec.place,
      browser: this.#profile.browser,
      ...(spec.behind === undefined ? {} : { behind: spec.behind }),
    });
    // A media server has no RTCPeerConnection.
    if (spec.isLite === true) return;
    const configuration: Configuration = {
      iceServers: servers.map(({ url, account }) => ({
        urls: [url],
        ...(account ? { username: account.username } : {}),
      })),
      iceTransportPolicy: call.relayOnly === true ? 'relay' : 'all',
      bundlePolicy: 'balanced',
      iceCandidatePoolSize: 0,
    };
    this.#emit('create', configuration);
  }

  /** The first offer, with a data channel. */
  begin(): void {
    this.#emit('createDataChannel', { label: CHANNEL }, this.#next());
    this.#emit(':datachannel.state', { label: CHANNEL, state: 'connecting' });
    this.#emit('onnegotiationneeded', null);
    this.#do(() => this.#offer());
  }

  #emit<T extends EventType>(type: T, value: EventValues[T], correlation?: string): void {
    this.#options.recorder.emit(this.side, type, value, correlation);
  }

  #next = (): string => `${this.side}-${++this.#correlations}`;

  /** One after the other, as a page that awaits each call does. A step gives back how long it takes. */
  #do(step: () => number): void {
    this.#queue.push(step);
    if (!this.#isBusy) this.#work();
  }

  #work(): void {
    const step = this.#queue.shift();
    this.#isBusy = step !== undefined;
    if (step) this.#schedule.after(step(), () => this.#work());
  }

  #offer(): number {
    const created = this.#next();
    this.#emit('createOffer', null, created);
    this.#newAgent(true);
    const description = this.#described('offer', []);
    this.#emit('createOfferOnSuccess', description, created);
    return this.#setLocal(description);
  }

  /** The description in force from now on; candidates follow, or are waited for. */
  #setLocal(description: Description): number {
    const call = this.#next();
    this.#emit('setLocalDescription', description, call);
    this.#schedule.after(CALL, () => {
      this.#signal(description.type === 'offer' ? 'have-local-offer' : 'stable');
      this.#emit('setLocalDescriptionOnSuccess', description, call);
      if (this.#options.call.trickle) this.#send(description);
      this.#emit('onicegatheringstatechange', 'gathering');
      this.agent?.gather();
    });
    return CALL * 2;
  }

  #send(description: Description): void {
    const kind = description.type === 'offer' ? 'offer' : 'answer';
    this.#options.signalling.send(this.side, { kind, payload: description });
  }

  #described(type: 'offer' | 'answer', candidates: readonly string[]): Description {
    const { call, spec } = this.#options;
    const { ufrag, password } = this.agent!.own;
    const setup = type === 'offer' ? 'actpass' : this.#role === 'server' ? 'passive' : 'active';
    return {
      type,
      sdp: describe({
        sessionId: this.#sessionId,
        version: this.#version++,
        ufrag,
        password,
        fingerprint: this.#fingerprint,
        setup,
        trickle: call.trickle,
        lite: spec.isLite === true,
        candidates,
      }),
    };
  }

  #newAgent(offers: boolean): void {
    const { host, random, reader, servers, call, spec } = this.#options;
    const agent: IceAgent = new IceAgent({
      host,
      random: random.fork(`agent ${this.#agents.length}`),
      reader,
      profile: this.#profile,
      servers,
      relayOnly: call.relayOnly === true,
      hidesHosts: spec.hidesHosts === true,
      learnsPeerReflexive: call.learnsPeerReflexive !== false,
      isLite: spec.isLite === true,
      announces: spec.announces ?? null,
      // RFC 8445, section 6.1.1: who offers first controls; a lite agent never does.
      isControlling: spec.isLite !== true && (offers || call.bothControl === true),
      ...(call.pairLimit === undefined ? {} : { pairLimit: call.pairLimit }),
      name: `${this.side}${this.#agents.length}`,
      events: {
        candidate: (candidate) => this.#gathered(agent, candidate),
        gatherError: (error) => this.#gatherError(error),
        gathered: () => this.#allGathered(agent),
        state: (state) => this.#iceState(agent, state),
        changed: () => this.#readSoon(),
        received: (wire) => this.#secured(wire),
      },
    });
    this.#agents.push(agent);
  }

  #gathered(agent: IceAgent, candidate: LocalCandidate): void {
    if (agent !== this.agent) return;
    const payload: CandidateInit = {
      candidate: candidateLine(candidate, agent.own.ufrag),
      sdpMid: '0',
      sdpMLineIndex: 0,
      usernameFragment: agent.own.ufrag,
    };
    this.#emit('onicecandidate', {
      ...payload,
      url: candidate.url,
      relayProtocol: candidate.relayProtocol,
    });
    if (this.#options.call.trickle) this.#options.signalling.send(this.side, { kind: 'candidate', payload });
  }

  #gatherError({ url, address, port, code, text }: GatherError): void {
    this.#emit('onicecandidateerror', { url, address, port, errorCode: code, errorText: text });
  }

  #allGathered(agent: IceAgent): void {
    if (agent !== this.agent) return;
    this.#emit('onicegatheringstatechange', 'complete');
    this.#emit('onicecandidate', null);
    if (this.#options.call.trickle) {
      // RFC 8838, section 13.
      const payload: CandidateInit = { candidate: '', sdpMid: '0', usernameFragment: agent.own.ufrag };
      return this.#options.signalling.send(this.side, { kind: 'end', payload });
    }
    const type = this.#signaling === 'have-local-offer' ? 'offer' : 'answer';
    const lines = agent.locals
      .filter(({ type: kind }) => kind !== 'prflx')
      .map((one) => candidateLine(one, agent.own.ufrag));
    this.#version--;
    this.#send(this.#described(type, lines));
  }

  #received(content: SignalContent): void {
    this.#do(() => this.#take(content));
  }

  #take({ kind, payload }: SignalContent): number {
    if (kind === 'candidate') return this.#addCandidate(payload);
    if (kind === 'end') return this.#addEnd(payload);
    return kind === 'offer' ? this.#takeOffer(payload) : this.#takeAnswer(payload);
  }

  #addEnd(payload: CandidateInit): number {
    if (!this.#ignoresOffer && this.#hasRemote) this.#emit('addIceCandidate', payload, this.#next());
    return 0;
  }

  #addCandidate(payload: CandidateInit): number {
    if (this.#ignoresOffer) return 0;
    const call = this.#next();
    this.#emit('addIceCandidate', payload, call);
    if (!this.#hasRemote) {
      this.#emit('addIceCandidateOnFailure', 'InvalidStateError: The remote description was null', call);
      return CALL;
    }
    this.#emit('addIceCandidateOnSuccess', null, call);
    this.#give(payload.candidate, payload.usernameFragment);
    return CALL / 4;
  }

  /** One of another generation is nobody's (RFC 8445, section 9). */
  #give(line: string, ufrag?: string | null): void {
    const parsed = parseCandidate(line);
    if (parsed && (!ufrag || ufrag === this.agent?.theirs?.ufrag)) this.agent?.addRemote(parsed);
  }

  #takeOffer(description: Description): number {
    const { call } = this.#options;
    const isMeeting = this.#signaling === 'have-local-offer';
    // Perfect negotiation (W3C WebRTC, section 10.7): A is impolite and goes on, B gives way.
    this.#ignoresOffer = isMeeting && call.glare === 'perfect' && this.side === 'A';
    if (this.#ignoresOffer) return 0;
    const set = this.#next();
    this.#emit('setRemoteDescription', description, set);
    this.#schedule.after(CALL, () => {
      this.#signal('have-remote-offer');
      this.#hasRemote = true;
      this.#emit('setRemoteDescriptionOnSuccess', null, set);
      this.#answer(description);
    });
    return CALL * 4;
  }

  #answer(offer: Description): void {
    const created = this.#next();
    this.#emit('createAnswer', null, created);
    const before = this.agent;
    this.#newAgent(false);
    if (before && before.selected === null) before.close();
    const isLiteOffer = readSecrets(offer.sdp).isLite;
    if (this.#role === 'unknown') this.#role = 'client';
    if (isLiteOffer && this.agent) this.agent.isControlling = true;
    const answer = this.#described('answer', []);
    this.#schedule.after(CALL, () => {
      this.#emit('createAnswerOnSuccess', answer, created);
      this.#setLocal(answer);
      this.#applyRemote(offer);
    });
  }

  #takeAnswer(description: Description): number {
    this.#ignoresOffer = false;
    const set = this.#next();
    this.#emit('setRemoteDescription', description, set);
    if (this.#signaling !== 'have-local-offer') {
      this.#emit(
        'setRemoteDescriptionOnFailure',
        `InvalidStateError: Failed to set remote answer sdp: Called in wrong state: ${this.#signaling}`,
        set,
      );
      return CALL;
    }
    this.#schedule.after(CALL, () => {
      this.#signal('stable');
      this.#hasRemote = true;
      if (this.#role === 'unknown') this.#role = 'server';
      this.#emit('setRemoteDescriptionOnSuccess', null, set);
      this.#applyRemote(description);
    });
    return CALL * 1.5;
  }

  #applyRemote({ sdp }: Description): void {
    const { ufrag, password } = readSecrets(sdp);
    this.agent?.setRemote({ ufrag, password });
    for (const line of candidatesIn(sdp)) this.#give(line);
  }

  #signal(state: string): void {
    if (this.#signaling === state) return;
    this.#signaling = state;
    this.#emit('onsignalingstatechange', state);
  }

  #iceState(agent: IceAgent, state: IceState): void {
    if (agent !== this.agent && !(state === 'disconnected' || state === 'failed')) return;
    if (agent !== this.agent && this.agent!.state !== 'new') return;
    if (this.#ice === state || (this.#isRestarting && state === 'failed' && agent !== this.agent)) return;
    this.#ice = state;
    this.#readSoon();
    this.#emit('oniceconnectionstatechange', state);
    if (state === 'connected') this.#iceConnected(agent);
    if (state === 'disconnected') this.#restartLater();
    this.#judge();
  }

  #iceConnected(agent: IceAgent): void {
    this.iceConnectedAt ??= this.#schedule.now;
    this.#isRestarting = false;
    for (const old of this.#agents) if (old !== agent) old.close();
    this.#secure ??= this.#newSecure();
    this.#secure.begin();
  }

  #newSecure(): SecureEnd {
    const options = {
      isClient: this.#role === 'client',
      makesChannel: this.side === 'A',
      firstTimer: this.#profile.dtlsTimer,
    };
    return new SecureEnd(this.#schedule, options, {
      send: (wire) => {
        const working = this.#agents.findLast(({ selected }) => selected !== null) ?? this.agent;
        working?.send(wire);
      },
      dtls: (state) => {
        this.#emit(':dtls.state', state);
        this.#readSoon();
        this.#judge();
      },
      opened: () => {
        if (this.side === 'B') this.#emit('ondatachannel', { label: CHANNEL });
        this.#emit(':datachannel.state', { label: CHANNEL, state: 'open' });
        this.#say(`hello from ${this.side}`);
      },
      message: (text) =>
        this.#emit(':data.received', { label: CHANNEL, number: 1, bytes: text.length, text }),
    });
  }

  #say(text: string): void {
    const number = ++this.#sentMessages;
    this.#emit(':data.sent', { label: CHANNEL, number, bytes: text.length, text });
    this.#secure?.say(text);
  }

  #secured(wire: SecureWire): void {
    if (this.#role === 'unknown') return;
    this.#secure ??= this.#newSecure();
    this.#secure.receive(wire);
  }

  /** W3C WebRTC, section 4.3.3: what ICE and DTLS come to together. */
  #judge(): void {
    const isSecure = this.#secure?.isConnected === true;
    const state =
      this.#ice === 'failed' || this.#ice === 'disconnected' || this.#ice === 'new'
        ? this.#ice
        : this.#ice === 'connected' && isSecure
          ? 'connected'
          : 'connecting';
    if (state === this.#connection) return;
    this.#connection = state;
    this.#emit('onconnectionstatechange', state);
    if (state === 'connected') this.connectedAt ??= this.#schedule.now;
    this.failedAt = state === 'failed' ? this.#schedule.now : null;
  }

  #restartLater(): void {
    const after = this.#options.call.restartsAfter;
    if (after === undefined || this.side !== 'A' || this.#isRestarting) return;
    this.#isRestarting = true;
    this.#schedule.after(after, () => {
      if (this.#ice === 'connected') return void (this.#isRestarting = false);
      this.#emit('restartIce', null, this.#next());
      this.#emit('onnegotiationneeded', null);
      this.#do(() => this.#offer());
    });
  }

  /** One reading for all that changed at one moment. */
  #readSoon(): void {
    if (this.#isReading || !this.#options.recorder.isOn) return;
    this.#isReading = true;
    this.#schedule.after(0, () => {
      this.#isReading = false;
      const { agent } = this;
      if (!agent) return;
      const dtls = this.#secure === null ? 'new' : this.#secure.isConnected ? 'connected' : 'connecting';
      this.#emit('getStats', statsOf(agent, { state: dtls, role: this.#role }, this.#options.roundTrip));
    });
  }
}
