/**
 * Which two candidates a pair is of. Each end's report names those that it knows; where the other end is recorded too, its
 * own candidates say more of its side.
 */
import type { Candidate } from './candidates.ts';
import type { Facts } from './index.ts';
import type { Pair } from './pairs.ts';

export type Ends = readonly [string, string];

/** Finds the two candidates of a pair, the first peer's first; null while a report of one is missing. */
export function addressBook(
  facts: Facts,
  ends: Ends,
  side: 0 | 1,
): (pair: Pair) => [Candidate, Candidate] | null {
  const own = facts.candidates[ends[side]];
  const mineKnown = new Known(own?.local ?? []);
  const othersKnown = new Known(facts.candidates[ends[1 - side]!]?.local ?? []);
  const locals = byStatsId(own?.local ?? []);
  const remotes = byStatsId(own?.remote ?? []);
  return ({ localId, remoteId }) => {
    const local = locals.get(localId);
    const remote = remotes.get(remoteId);
    if (!local || !remote) return null;
    const mine = mineKnown.hostOf(local);
    const theirs = othersKnown.asItsOwnerKnowsIt(remote);
    return side === 0 ? [mine, theirs] : [theirs, mine];
  };
}

const byStatsId = (candidates: readonly Candidate[]): Map<string, Candidate> =>
  new Map(candidates.flatMap((one) => (one.statsId === null ? [] : [[one.statsId, one] as const])));

/** What an end has as its own, by what the other end or a report may know of it: of several the first. */
class Known {
  readonly #places = new Map<Candidate, number>();
  readonly #found = new Map<string, Candidate>();

  constructor(candidates: readonly Candidate[]) {
    candidates.forEach((one, place) => {
      this.#places.set(one, place);
      for (const form of formsOf(one)) if (!this.#found.has(form)) this.#found.set(form, one);
    });
  }

  /** A check that arrives before its candidate is signalled makes a nameless peer reflexive one; its owner knows better. */
  asItsOwnerKnowsIt(remote: Candidate): Candidate {
    return this.#found.get(`key ${remote.key}`) ?? this.#unnamed(remote) ?? this.hostOf(remote);
  }

  /** Peer reflexive at both ends, its address hidden by at least one browser: then its port says who it is. */
  #unnamed(remote: Candidate): Candidate | undefined {
    if (remote.type !== 'prflx') return undefined;
    return this.#found.get(`${remote.address ? 'hidden' : 'prflx'} ${portOf(remote)} ${remote.ufrag ?? ''}`);
  }

  hostOf(candidate: Candidate): Candidate {
    if (candidate.type !== 'prflx' || isElsewhere(candidate)) return candidate;
    const fragments = candidate.ufrag ? [candidate.ufrag, ''] : ['*'];
    const hosts = fragments.flatMap((ufrag) => this.#found.get(`host ${portOf(candidate)} ${ufrag}`) ?? []);
    return hosts.sort((a, b) => this.#places.get(a)! - this.#places.get(b)!)[0] ?? candidate;
  }
}

const portOf = ({ protocol, port }: Candidate): string => `${protocol} ${port}`;

function formsOf(one: Candidate): readonly string[] {
  const ufrag = one.ufrag ?? '';
  const key = `key ${one.key}`;
  if (one.type === 'host') return [key, `host ${portOf(one)} ${ufrag}`, `host ${portOf(one)} *`];
  if (one.type !== 'prflx') return [key];
  const unnamed = `prflx ${portOf(one)} ${ufrag}`;
  return one.address ? [key, unnamed] : [key, unnamed, `hidden ${portOf(one)} ${ufrag}`];
}

/** Its address is told and is not a host's: then it stands for a mapping of a NAT. */
const isElsewhere = ({ address, relatedAddress }: Candidate): boolean =>
  address !== '' && relatedAddress !== null && relatedAddress !== address;
