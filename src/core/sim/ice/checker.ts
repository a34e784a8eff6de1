/** Connectivity checks: asking, answering, and what is learned of both (RFC 8445, section 7). */
import { priorityParts, candidatePriority } from '../../sdp/priority.ts';
import type { TransportAddress } from '../../base/address.ts';
import { sameAddress } from '../packet.ts';
import type { Schedule, Timer } from '../schedule.ts';
import type { Random } from '../random.ts';
import { BINDING, type StunContent } from '../stun-content.ts';
import type { Transactions } from '../transaction.ts';
import { type Reader, type StunWire, stunWire } from '../wire.ts';
import type { Base, LocalCandidate, RemoteCandidate } from './candidate.ts';
import type { CheckPair, Checklist } from './checklist.ts';
import type { Profile } from './profile.ts';

export interface Secrets {
  readonly ufrag: string;
  readonly password: string;
}

/** What the checker asks of the agent that it works for. */
export interface CheckerHost {
  readonly schedule: Schedule;
  readonly random: Random;
  readonly reader: Reader;
  readonly profile: Profile;
  readonly transactions: Transactions;
  readonly checklist: Checklist;
  readonly own: Secrets;
  readonly tieBreaker: string;
  readonly isLite: boolean;
  isControlling: boolean;
  theirs: Secrets | null;
  localOf(base: Base): LocalCandidate | undefined;
  /** The own candidate with this address: known, or peer reflexive. */
  ownAt(at: TransportAddress, of: LocalCandidate, priority: number): LocalCandidate;
  remoteAt(at: TransportAddress): RemoteCandidate | undefined;
  /** Null where it learns none, or no more. */
  learnRemote(base: Base, at: TransportAddress, priority: number): RemoteCandidate | null;
  succeeded(pair: CheckPair, wasNomination: boolean): void;
  failed(pair: CheckPair, wasNomination: boolean): void;
  nominatedByOther(pair: CheckPair): void;
  changed(): void;
}

interface Triggered {
  readonly pair: CheckPair;
  readonly nominates: boolean;
}

interface EarlyCheck {
  readonly base: Base;
  readonly from: TransportAddress;
  readonly content: StunContent;
}

export class Checker {
  readonly #host: CheckerHost;
  /** Section 6.1.4.1. */
  #triggered: Triggered[] = [];
  #early: EarlyCheck[] = [];
  #timer: Timer | null = null;
  #isStopped = false;

  constructor(host: CheckerHost) {
    this.#host = host;
  }

  /** Section 6.1.4.2: one check every Ta, triggered ones first. */
  wake(): void {
    if (this.#timer === null && !this.#isStopped && this.#host.theirs !== null) this.#tick();
  }

  stop(): void {
    this.#isStopped = true;
    this.#host.schedule.cancel(this.#timer);
    for (const { transaction } of this.#host.checklist.pairs) transaction?.end();
  }

  /** The check that says USE-CANDIDATE (section 8.1.1). */
  nominate(pair: CheckPair): void {
    this.#triggered.push({ pair, nominates: true });
    this.wake();
  }

  /** Checks that came before the other end's password: answered then, acted upon now (section 7.3). */
  takeEarly(): void {
    const early = this.#early;
    this.#early = [];
    for (const { base, from, content } of early) this.#actUpon(base, from, content);
  }

  #tick(): void {
    const { schedule, profile, checklist } = this.#host;
    this.#timer = null;
    const triggered = this.#triggered.shift();
    const pair = triggered?.pair ?? checklist.next();
    if (!pair) return;
    this.#timer = schedule.after(profile.ta, () => this.#tick());
    this.#prepare(pair, triggered?.nominates ?? false);
  }

  #prepare(pair: CheckPair, nominates: boolean): void {
    if (!nominates) pair.state = 'in-progress';
    this.#host.changed();
    pair.local.base.prepare(pair.remote.at, (isReady) => {
      if (this.#isStopped) return;
      if (isReady) return this.#ask(pair, nominates);
      // Section 7.2.1: without a permission there is nothing to send.
      pair.state = 'failed';
      this.#host.failed(pair, nominates);
    });
  }

  /** Section 7.2.4. */
  #ask(pair: CheckPair, nominates: boolean): void {
    const { theirs, random, checklist, profile, transactions, schedule } = this.#host;
    if (!theirs) return;
    const content = this.#request(theirs, pair.local, random.hex(24), nominates);
    // Section 14.3.
    const rto = Math.max(500, profile.ta * checklist.count('waiting', 'in-progress'));
    pair.transaction?.cancelRetransmissions();
    pair.transaction = transactions.begin({
      content,
      wire: stunWire(content),
      rto,
      ...(profile.checkGiveUp === undefined ? {} : { giveUp: profile.checkGiveUp }),
      send: (wire) => {
        pair.counts.requestsSent++;
        pair.counts.askedAt = schedule.now;
        pair.local.base.send(pair.remote.at, wire);
        this.#host.changed();
      },
      timedOut: () => {
        // One that was cancelled for another is nobody's end.
        if (pair.transaction?.id === content.id) this.#fail(pair, nominates);
      },
      answered: (answer, wire, from, to) =>
        this.#answered(pair, nominates, content, { answer, wire, from, to }),
    });
  }

  #request(theirs: Secrets, local: LocalCandidate, id: string, nominates: boolean): StunContent {
    const { own, tieBreaker, isControlling } = this.#host;
    return {
      class: 'request',
      method: BINDING,
      id,
      username: `${theirs.ufrag}:${own.ufrag}`,
      priority: this.#reflexivePriority(local),
      ...(isControlling ? { controlling: tieBreaker } : { controlled: tieBreaker }),
      ...(nominates ? { useCandidate: true } : {}),
      credential: { password: theirs.password },
    };
  }

  /** Section 7.1.1: the priority that a peer reflexive candidate of this base would have. */
  #reflexivePriority({ priority, origin }: LocalCandidate): number {
    const typePreference = this.#host.profile.typePreference({ ...origin, type: 'prflx' });
    return candidatePriority({ ...priorityParts(priority), typePreference });
  }

  /** A request as consent needs it: of the pair that is chosen, once, with no consequence for the checklist (RFC 7675, section 5.1). */
  askConsent(pair: CheckPair, answered: () => void, unanswered: () => void): void {
    const { theirs, random, transactions, schedule, profile } = this.#host;
    if (!theirs) return;
    const content = this.#request(theirs, pair.local, random.hex(24), false);
    const at = schedule.now;
    transactions.begin({
      content,
      wire: stunWire(content),
      rto: 500,
      transmissions: 1,
      giveUp: profile.consent.answerWithin,
      send: (wire) => {
        pair.counts.requestsSent++;
        pair.counts.askedAt = at;
        pair.local.base.send(pair.remote.at, wire);
        this.#host.changed();
      },
      timedOut: unanswered,
      answered: (answer) => {
        if (answer.class !== 'success') return;
        pair.counts.responsesReceived++;
        pair.counts.roundTripTime = schedule.now - at;
        this.#host.changed();
        answered();
      },
    });
  }

  #answered(
    pair: CheckPair,
    nominates: boolean,
    asked: StunContent,
    got: { answer: StunContent; wire: StunWire; from: TransportAddress; to: TransportAddress },
  ): void {
    const { answer, wire, from, to } = got;
    if (this.#isStopped || !asked.credential) return;
    if (!this.#host.reader.isProtectedBy(wire, asked.credential)) return;
    // Section 7.2.5.2.1: the answer has to come from where the question went, to where it came from.
    const isSymmetric = sameAddress(from, pair.remote.at) && sameAddress(to, pair.local.base.at);
    pair.counts.responsesReceived++;
    pair.counts.roundTripTime = this.#host.schedule.now - (pair.counts.askedAt ?? 0);
    if (answer.error?.code === 487) return this.#conflicted(pair, asked);
    if (!isSymmetric || answer.class === 'error' || !answer.mapped) return this.#fail(pair, nominates);
    pair.valid = this.#host.ownAt(answer.mapped, pair.local, asked.priority ?? 0);
    pair.state = 'succeeded';
    pair.transaction = null;
    // What it was to be asked again for is known now.
    this.#triggered = this.#triggered.filter((one) => one.pair !== pair || one.nominates);
    this.#host.checklist.thaw(pair);
    this.#host.succeeded(pair, nominates);
    this.wake();
  }

  /** Section 7.2.5.1: the other end keeps the role that this one asked with; the check is made again in the other role. */
  #conflicted(pair: CheckPair, asked: StunContent): void {
    const wasControlling = asked.controlling !== undefined;
    if (wasControlling === this.#host.isControlling) this.#switchRole();
    pair.state = 'waiting';
    this.#trigger(pair);
  }

  #switchRole(): void {
    this.#host.isControlling = !this.#host.isControlling;
    this.#host.checklist.reorder(this.#host.isControlling);
    this.#host.changed();
  }

  #fail(pair: CheckPair, nominates: boolean): void {
    if (this.#isStopped) return;
    pair.state = 'failed';
    pair.transaction = null;
    this.#host.failed(pair, nominates);
  }

  /** Section 7.3: a request of the other end. */
  requested(base: Base, from: TransportAddress, wire: StunWire): void {
    const { reader, own, isLite } = this.#host;
    const content = reader.read(wire);
    const isOurs = content.username?.startsWith(`${own.ufrag}:`) === true;
    if (!isOurs || !reader.isProtectedBy(wire, { password: own.password })) return;
    if (!isLite && this.#isRefusedForRole(base, from, content)) return;
    this.#reply(base, from, { class: 'success', method: BINDING, id: content.id, mapped: from });
    if (this.#host.theirs === null) this.#early.push({ base, from, content });
    else this.#actUpon(base, from, content);
  }

  /** Section 7.3.1.1: of two that believe the same, the greater tie-breaker keeps the role of the controlling. */
  #isRefusedForRole(
    base: Base,
    from: TransportAddress,
    { controlling, controlled, id }: StunContent,
  ): boolean {
    const { isControlling, tieBreaker } = this.#host;
    const theirs = isControlling ? controlling : controlled;
    if (theirs === undefined) return false;
    const isGreater = tieBreaker >= theirs;
    if (isGreater !== isControlling) {
      this.#switchRole();
      return false;
    }
    this.#reply(base, from, {
      class: 'error',
      method: BINDING,
      id,
      error: { code: 487, reason: 'Role Conflict' },
    });
    return true;
  }

  #reply(base: Base, to: TransportAddress, content: StunContent): void {
    const signed: StunContent = { ...content, credential: { password: this.#host.own.password } };
    base.prepare(to, (isReady) => isReady && base.send(to, stunWire(signed)));
  }

  /** Sections 7.3.1.3 to 7.3.1.5. */
  #actUpon(base: Base, from: TransportAddress, content: StunContent): void {
    const host = this.#host;
    const local = host.localOf(base);
    const known = host.remoteAt(from);
    const remote = known ?? host.learnRemote(base, from, content.priority ?? 0);
    if (!local || !remote) return;
    const found = host.checklist.find(local, remote) ?? host.checklist.add(local, remote, host.isControlling);
    if (!found) return;
    found.counts.requestsReceived++;
    found.counts.responsesSent++;
    if (host.isLite) found.state = 'succeeded';
    else this.#retrigger(found);
    if (content.useCandidate === true && !host.isControlling) {
      if (host.isLite) found.valid = local;
      found.isNominatedByOther = true;
      if (found.state === 'succeeded') host.nominatedByOther(found);
    }
    host.changed();
  }

  /** Section 7.3.1.4. */
  #retrigger(pair: CheckPair): void {
    if (pair.state === 'succeeded') return;
    if (pair.state === 'in-progress') pair.transaction?.cancelRetransmissions();
    const isQueued = this.#triggered.some((one) => one.pair === pair);
    if (pair.state === 'waiting' && isQueued) return;
    pair.state = 'waiting';
    this.#trigger(pair);
  }

  #trigger(pair: CheckPair): void {
    this.#triggered.push({ pair, nominates: false });
    this.#host.changed();
    this.wake();
  }

  /** Section 8.1.2: what is not needed any more. */
  dropTriggered(keep: CheckPair): void {
    this.#triggered = this.#triggered.filter(({ pair }) => pair === keep);
  }
}
