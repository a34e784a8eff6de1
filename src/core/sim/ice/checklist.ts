/** The checklist of the one stream that BUNDLE leaves (RFC 8445, section 6.1.2), with trickled candidates (RFC 8838, section 12). */
import { pairPriority } from '../../sdp/priority.ts';
import { isIpv6 } from '../packet.ts';
import type { Transaction } from '../transaction.ts';
import type { LocalCandidate, RemoteCandidate } from './candidate.ts';

export type CheckState = 'frozen' | 'waiting' | 'in-progress' | 'succeeded' | 'failed';

export interface CheckPair {
  /** In statistics. */
  id: string;
  readonly local: LocalCandidate;
  remote: RemoteCandidate;
  priority: bigint;
  state: CheckState;
  transaction: Transaction | null;
  /** The other end nominated it before it had succeeded (section 7.3.1.5). */
  isNominatedByOther: boolean;
  /** What it proved (section 7.2.5.3.2): the local candidate may be another one. */
  valid: LocalCandidate | null;
  isNominated: boolean;
  readonly counts: PairCounts;
}

export interface PairCounts {
  requestsSent: number;
  responsesReceived: number;
  requestsReceived: number;
  responsesSent: number;
  roundTripTime: number | null;
  /** Of the last request: when it went out. */
  askedAt: number | null;
}

const noCounts = (): PairCounts => ({
  requestsSent: 0,
  responsesReceived: 0,
  requestsReceived: 0,
  responsesSent: 0,
  roundTripTime: null,
  askedAt: null,
});

/** Section 6.1.2.5: agents limit the pairs they try; a hundred unless somebody configures otherwise. */
export const PAIR_LIMIT = 100;

export class Checklist {
  readonly #limit: number;
  readonly #name: string;
  #made = 0;
  #pairs: CheckPair[] = [];

  constructor(name: string, limit = PAIR_LIMIT) {
    this.#name = name;
    this.#limit = limit;
  }

  /** By priority, the highest first (section 6.1.2.3). */
  get pairs(): readonly CheckPair[] {
    return this.#pairs;
  }

  find(local: LocalCandidate, remote: RemoteCandidate): CheckPair | undefined {
    return this.#pairs.find((pair) => pair.local.base === local.base && pair.remote === remote);
  }

  /**
   * Sections 6.1.2.2 and 6.1.2.4: candidates of one family; a reflexive one is replaced by its base, with which a pair
   * exists already. Null where there is none to make, or the limit is reached.
   */
  add(local: LocalCandidate, remote: RemoteCandidate, isControlling: boolean): CheckPair | null {
    if (local.type !== 'host' && local.type !== 'relay') return null;
    if (isIpv6(local.base.at.address) !== isIpv6(remote.at.address)) return null;
    if (this.find(local, remote)) return null;
    if (this.#made >= this.#limit && !this.#dropLowest(priority(local, remote, isControlling))) return null;
    const pair: CheckPair = {
      id: `${this.#name}P${this.#made++}`,
      local,
      remote,
      priority: priority(local, remote, isControlling),
      state: 'frozen',
      transaction: null,
      isNominatedByOther: false,
      valid: null,
      isNominated: false,
      counts: noCounts(),
    };
    const at = this.#pairs.findIndex((other) => other.priority < pair.priority);
    this.#pairs.splice(at < 0 ? this.#pairs.length : at, 0, pair);
    return pair;
  }

  /** Roles changed, or a candidate was learned anew: priorities with them. */
  reorder(isControlling: boolean): void {
    for (const pair of this.#pairs) pair.priority = priority(pair.local, pair.remote, isControlling);
    this.#pairs.sort((a, b) => (a.priority === b.priority ? 0 : a.priority > b.priority ? -1 : 1));
  }

  /**
   * Section 6.1.2.6, and RFC 8838, section 12, for one that comes later: of each foundation one pair waits, the highest; the
   * others are frozen, unless one of theirs has succeeded.
   */
  place(pair: CheckPair): void {
    const kin = this.#pairs.filter((other) => other !== pair && foundationOf(other) === foundationOf(pair));
    const isFirst = kin.every(({ state }) => state === 'frozen' || state === 'failed');
    const hasSuccess = kin.some(({ state }) => state === 'succeeded');
    if (isFirst || hasSuccess) pair.state = 'waiting';
  }

  /** Section 7.2.5.3.3: what one success proves of its foundation. */
  thaw(pair: CheckPair): void {
    for (const other of this.#pairs)
      if (other.state === 'frozen' && foundationOf(other) === foundationOf(pair)) other.state = 'waiting';
  }

  /** Section 6.1.4.2, steps 2 and 3: the highest that waits; where none does, the highest whose foundation nobody checks now. */
  next(): CheckPair | undefined {
    const waiting = this.#pairs.find(({ state }) => state === 'waiting');
    if (waiting) return waiting;
    const busy = new Set(this.#pairs.filter(({ state }) => state === 'in-progress').map(foundationOf));
    const thawed = this.#pairs.find((pair) => pair.state === 'frozen' && !busy.has(foundationOf(pair)));
    if (thawed) thawed.state = 'waiting';
    return thawed;
  }

  count(...states: readonly CheckState[]): number {
    return this.#pairs.filter(({ state }) => states.includes(state)).length;
  }

  /** Section 8.1.2: a pair is chosen, so the others need not be tried. */
  removeUntried(): void {
    this.#pairs = this.#pairs.filter(({ state }) => state !== 'frozen' && state !== 'waiting');
  }

  /** Makes room for a better one by letting go of the lowest that nobody has tried. */
  #dropLowest(better: bigint): boolean {
    const index = this.#pairs.findLastIndex(
      ({ state, priority: own }) => (state === 'frozen' || state === 'waiting') && own < better,
    );
    if (index < 0) return false;
    this.#pairs.splice(index, 1);
    return true;
  }
}

/** Section 6.1.2.3: G is the priority of the controlling agent's candidate. */
const priority = (local: LocalCandidate, remote: RemoteCandidate, isControlling: boolean): bigint =>
  isControlling
    ? pairPriority(local.priority, remote.priority)
    : pairPriority(remote.priority, local.priority);

/** Of a pair: those of its candidates together (section 6.1.2.6). */
export const foundationOf = ({ local, remote }: CheckPair): string =>
  `${local.foundation}:${remote.foundation}`;
