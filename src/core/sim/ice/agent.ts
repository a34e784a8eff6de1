/** An ICE agent of one stream (RFC 8445): roles, states, the pair that is chosen, and what becomes of it. */
import type { SdpCandidate } from '../../sdp/candidate.ts';
import { isCandidateType } from '../../sdp/priority.ts';
import type { TransportAddress } from '../../base/address.ts';
import type { Host } from '../host.ts';
import { sameAddress } from '../packet.ts';
import type { Random } from '../random.ts';
import type { Schedule, Timer } from '../schedule.ts';
import { Transactions } from '../transaction.ts';
import type { Reader, SecureWire, Wire } from '../wire.ts';
import type { Base, LocalCandidate, RemoteCandidate } from './candidate.ts';
import { type CheckPair, Checklist } from './checklist.ts';
import { Checker, type CheckerHost, type Secrets } from './checker.ts';
import { Consent } from './consent.ts';
import { type GatherError, Gatherer } from './gather.ts';
import type { Profile } from './profile.ts';
import type { IceServer } from './servers.ts';

export type IceState = 'new' | 'checking' | 'connected' | 'disconnected' | 'failed' | 'closed';

export interface AgentOptions {
  readonly host: Host;
  readonly random: Random;
  readonly reader: Reader;
  readonly profile: Profile;
  readonly servers: readonly IceServer[];
  readonly relayOnly: boolean;
  readonly hidesHosts: boolean;
  readonly learnsPeerReflexive: boolean;
  readonly isLite: boolean;
  readonly announces: string | null;
  readonly isControlling: boolean;
  readonly pairLimit?: number;
  /** Begins the ids of what it reports. */
  readonly name: string;
  readonly events: AgentEvents;
}

export interface AgentEvents {
  candidate(candidate: LocalCandidate): void;
  gatherError(error: GatherError): void;
  gathered(): void;
  state(state: IceState): void;
  /** Something that statistics show. */
  changed(): void;
  received(wire: SecureWire): void;
}

export class IceAgent implements CheckerHost {
  readonly schedule: Schedule;
  readonly random: Random;
  readonly reader: Reader;
  readonly profile: Profile;
  readonly transactions: Transactions;
  readonly checklist: Checklist;
  readonly own: Secrets;
  readonly tieBreaker: string;
  readonly isLite: boolean;
  readonly #options: AgentOptions;
  readonly #gatherer: Gatherer;
  readonly #checker: Checker;
  /** Of DTLS and what it carries. */
  readonly bytes = { sent: 0, received: 0 };
  isControlling: boolean;
  theirs: Secrets | null = null;
  #remotes: RemoteCandidate[] = [];
  #remotesSeen = 0;
  #state: IceState = 'new';
  #selected: CheckPair | null = null;
  #nomination: Timer | null = null;
  readonly #consent: Consent;
  #patience: Timer | null = null;
  #isGathered = false;
  #isPatient = true;

  constructor(options: AgentOptions) {
    const { host, random, reader, profile } = options;
    this.#options = options;
    this.schedule = host.network.schedule;
    this.random = random;
    this.reader = reader;
    this.profile = profile;
    this.transactions = new Transactions(this.schedule);
    this.checklist = new Checklist(options.name, options.pairLimit);
    this.own = { ufrag: random.iceChars(4), password: random.iceChars(24) };
    this.tieBreaker = random.hex(16);
    this.isControlling = options.isControlling;
    this.isLite = options.isLite;
    this.#checker = new Checker(this);
    this.#consent = new Consent(this.schedule, random, profile.consent, {
      ask: (answered, unanswered) => {
        if (this.#selected) this.#checker.askConsent(this.#selected, answered, unanswered);
      },
      doubted: () => this.#state === 'connected' && this.#become('disconnected'),
      confirmed: () => this.#state === 'disconnected' && this.#become('connected'),
      expired: () => this.#become('failed'),
    });
    this.#gatherer = new Gatherer({
      ...options,
      transactions: this.transactions,
      tieBreaker: this.tieBreaker,
      found: (candidate) => this.#found(candidate),
      failed: (error) => options.events.gatherError(error),
      completed: () => {
        this.#isGathered = true;
        options.events.gathered();
        this.#judge();
      },
      received: (base, from, wire) => this.#receive(base, from, wire),
    });
  }

  get state(): IceState {
    return this.#state;
  }

  get locals(): readonly LocalCandidate[] {
    return this.#gatherer.candidates;
  }

  get remotes(): readonly RemoteCandidate[] {
    return this.#remotes;
  }

  get selected(): CheckPair | null {
    return this.#selected;
  }

  gather(): void {
    this.#gatherer.start();
  }

  /** The other end's name and password are known: checks may begin. */
  setRemote(theirs: Secrets): void {
    this.theirs = theirs;
    if (this.isLite) return this.#checker.takeEarly();
    this.#patience = this.schedule.after(this.profile.patience, () => {
      this.#isPatient = false;
      this.#judge();
    });
    this.#checker.takeEarly();
    this.#checker.wake();
  }

  /** RFC 8838, section 11. A name of multicast DNS is known in its own network only. */
  addRemote({ type, transport, address, port, priority, foundation }: SdpCandidate): void {
    const resolved = address.endsWith('.local') ? this.#resolve(address) : address;
    if (resolved === undefined || transport !== 'udp' || !isCandidateType(type)) return;
    const at = { address: resolved, port };
    const known = this.remoteAt(at);
    // As in Chromium's statistics, one that a check had found is another one from now on, and so are its pairs.
    if (known?.type === 'prflx')
      return this.#renew(known, { id: this.#nextId(), type, at, priority, foundation });
    if (!known) this.#addRemote({ id: this.#nextId(), type, at, priority, foundation });
  }

  send(wire: SecureWire): boolean {
    const pair = this.#selected ?? this.checklist.pairs.find(({ state }) => state === 'succeeded');
    if (!pair) return false;
    this.bytes.sent += wire.size;
    pair.local.base.send(pair.remote.at, wire);
    return true;
  }

  close(): void {
    for (const timer of [this.#nomination, this.#patience]) this.schedule.cancel(timer);
    this.#consent.stop();
    this.#checker.stop();
    this.#gatherer.close();
    this.#state = 'closed';
  }

  localOf(base: Base): LocalCandidate | undefined {
    return this.locals.find((one) => one.base === base && (one.type === 'host' || one.type === 'relay'));
  }

  ownAt(at: TransportAddress, of: LocalCandidate, priority: number): LocalCandidate {
    const known = this.locals.find((one) => sameAddress(one.at, at) && one.base === of.base);
    return known ?? this.#gatherer.addPeerReflexive(at, of, priority);
  }

  remoteAt(at: TransportAddress): RemoteCandidate | undefined {
    return this.#remotes.find((one) => sameAddress(one.at, at));
  }

  /** Section 7.3.1.3: its foundation is like nobody else's. */
  learnRemote(base: Base, at: TransportAddress, priority: number): RemoteCandidate | null {
    const learned = this.checklist.pairs.filter(
      ({ local, remote }) =>
        local.base === base && remote.type === 'prflx' && remote.at.address === at.address,
    );
    if (!this.#options.learnsPeerReflexive || learned.length >= LEARNED_MOST) return null;
    const id = this.#nextId();
    const remote: RemoteCandidate = { id, type: 'prflx', at, priority, foundation: id };
    this.#remotes.push(remote);
    this.#check();
    return remote;
  }

  succeeded(pair: CheckPair, wasNomination: boolean): void {
    if (wasNomination || (pair.isNominatedByOther && !this.isControlling)) this.#select(pair);
    else if (this.isControlling && this.#selected === null) this.#nominateSoon();
    this.changed();
  }

  failed(pair: CheckPair, wasNomination: boolean): void {
    if (wasNomination && this.#selected === null) {
      pair.valid = null;
      this.#nominateSoon();
    }
    this.changed();
    this.#judge();
  }

  nominatedByOther(pair: CheckPair): void {
    this.#select(pair);
  }

  changed(): void {
    this.#options.events.changed();
  }

  #found(candidate: LocalCandidate): void {
    this.#options.events.candidate(candidate);
    for (const remote of this.#remotes) this.#pair(candidate, remote);
    this.#checker.wake();
  }

  #addRemote(remote: RemoteCandidate): void {
    this.#remotes.push(remote);
    this.#check();
    for (const local of this.locals) this.#pair(local, remote);
    this.#checker.wake();
    this.changed();
  }

  #nextId = (): string => `${this.#options.name}R${this.#remotesSeen++}`;

  /** What checks had found is told now by its owner. */
  #renew(known: RemoteCandidate, told: RemoteCandidate): void {
    this.#remotes = this.#remotes.map((one) => (one === known ? told : one));
    for (const pair of this.checklist.pairs) {
      if (pair.remote !== known) continue;
      pair.remote = told;
      pair.id = `${pair.id}_${told.id}`;
    }
    this.checklist.reorder(this.isControlling);
    this.changed();
  }

  #pair(local: LocalCandidate, remote: RemoteCandidate): void {
    if (this.isLite || this.#selected !== null) return;
    const pair = this.checklist.add(local, remote, this.isControlling);
    if (!pair) return;
    this.checklist.place(pair);
    // Chromium asks for permissions when a pair is made, so that its check need not wait.
    pair.local.base.prepare(remote.at, () => undefined);
    this.changed();
  }

  #resolve(name: string): string | undefined {
    const found = this.#options.host.interfaces.find(({ realm }) => realm.names.has(name));
    return found?.realm.names.get(name);
  }

  #receive(base: Base, from: TransportAddress, wire: Wire): void {
    if (wire.kind === 'dtls') {
      this.bytes.received += wire.size;
      return this.#options.events.received(wire);
    }
    if (wire.kind !== 'stun') return;
    const { class: kind } = wire.content;
    if (kind === 'request') return this.#checker.requested(base, from, wire);
    if (kind !== 'indication') this.transactions.take(this.reader.read(wire), wire, from, base.at);
  }

  #check(): void {
    if (this.#state === 'new') this.#become('checking');
  }

  /**
   * Section 8.1.1, regular nomination: a little time for better pairs, then the best valid one. Where that is a relay, a check
   * that goes directly may be a round trip behind it.
   */
  #nominateSoon(): void {
    const best = this.#bestValid();
    if (!best) return;
    const { nominationDelay } = this.profile;
    const isRelayed = best.local.base.kind === 'relay' || best.remote.type === 'relay';
    const delay = isRelayed ? nominationDelay + 1.5 * (best.counts.roundTripTime ?? 0) : nominationDelay;
    this.schedule.cancel(this.#nomination);
    this.#nomination = this.schedule.after(delay, () => {
      const chosen = this.#bestValid();
      if (chosen && this.#selected === null) this.#checker.nominate(chosen);
    });
  }

  #bestValid(): CheckPair | undefined {
    return this.checklist.pairs.find(({ state, valid }) => state === 'succeeded' && valid !== null);
  }

  #select(pair: CheckPair): void {
    const isBetter = this.#selected === null || pair.priority > this.#selected.priority;
    pair.isNominated = true;
    if (!isBetter || pair === this.#selected) return;
    this.#selected = pair;
    this.schedule.cancel(this.#nomination);
    pair.local.base.settle(pair.remote.at);
    this.checklist.removeUntried();
    this.#checker.dropTriggered(pair);
    for (const other of this.checklist.pairs)
      if (other.state === 'in-progress') other.transaction?.cancelRetransmissions();
    this.#become('connected');
    if (!this.isLite) this.#consent.begin();
    this.changed();
  }

  /** Section 8.1.2 and RFC 8863, section 4: all failed, nothing more will come, and time enough has passed. */
  #judge(): void {
    if (this.#state === 'failed' || this.#state === 'closed' || this.#selected !== null) return;
    if (this.#isPatient || !this.#isGathered) return;
    if (this.checklist.pairs.some(({ state }) => state !== 'failed')) return;
    if (this.#state === 'new') this.#become('checking');
    this.#become('failed');
  }

  #become(state: IceState): void {
    if (this.#state === state || this.#state === 'closed') return;
    this.#state = state;
    this.#options.events.state(state);
  }
}

/**
 * Of two NATs that map by destination and let everybody in, each answer comes from a new port, which is learned, asked, and
 * answers from another one: for ever, and before all pairs of less priority. Section 6.1.2.5 asks for a limit.
 */
const LEARNED_MOST = 8;
