/** Each transport with the m-sections that share it and the pair that it uses (RFC 9143, section 1.2; webrtc-stats, section 8.17). */
import type { Candidate } from '../../../core/projections/candidates.ts';
import type { PeerDescriptions } from '../../../core/projections/descriptions.ts';
import type { Facts } from '../../../core/projections/index.ts';
import type { TransportFacts } from '../../../core/projections/transports.ts';
import { transportsOf } from '../../../core/sdp/graphs/transports.ts';
import { readDescription } from '../../../core/sdp/structure.ts';
import { type Member, peersOf } from '../parts/peer-labels.ts';

export interface SharedSection {
  /** Its mid, or its number where it has none. */
  readonly name: string;
  readonly kind: string;
}

export interface TransportRow {
  readonly peer: Member;
  readonly facts: TransportFacts;
  /** Null where it is not known which of several transports carries which. */
  readonly sections: readonly SharedSection[] | null;
  readonly local: Candidate | null;
  readonly remote: Candidate | null;
}

export function rowsOf(facts: Facts): readonly TransportRow[] {
  return peersOf(facts).flatMap((peer) => {
    const known = facts.transports[peer.id] ?? [];
    const groups = groupsOf(facts.descriptions.byPeer[peer.id]);
    const inUse = known.filter(({ goneAt }) => goneAt === null);
    return known.map((one): TransportRow => {
      const pair = facts.pairs[peer.id]?.pairs.find(({ id }) => id === one.pairId);
      const { local = [], remote = [] } = facts.candidates[peer.id] ?? {};
      return {
        peer,
        facts: one,
        sections: sectionsFor(one, groups, inUse),
        local: local.find(({ statsId }) => statsId !== null && statsId === pair?.localId) ?? null,
        remote: remote.find(({ statsId }) => statsId !== null && statsId === pair?.remoteId) ?? null,
      };
    });
  });
}

type Sections = readonly SharedSection[];

/** The streams say it; else there is one of each, or as many transports as groups, in their order. */
function sectionsFor(
  one: TransportFacts,
  groups: readonly Sections[],
  inUse: readonly TransportFacts[],
): Sections | null {
  if (one.goneAt !== null) return null;
  const told = groups.find((sections) => sections.some(({ name }) => one.mids.includes(name)));
  if (told) return told;
  return groups.length === inUse.length ? (groups[inUse.indexOf(one)] ?? null) : null;
}

const made = new WeakMap<object, readonly Sections[]>();

/** What shares a transport is agreed by the answer (RFC 9143, section 7.3). */
function groupsOf(descriptions: PeerDescriptions | undefined): readonly Sections[] {
  const { currentLocal, currentRemote, pendingLocal } = descriptions ?? {};
  const agreed = [currentLocal, currentRemote].find((one) => one?.type === 'answer');
  const description = agreed ?? currentLocal ?? pendingLocal;
  if (!description) return [];
  const before = made.get(description);
  if (before) return before;
  const groups = transportsOf(readDescription(description.sdp))
    .map(({ sections }) =>
      sections
        .filter(({ rejected }) => !rejected)
        .map(({ mid, index, kind }) => ({ name: mid ?? String(index), kind })),
    )
    .filter((sections) => sections.length > 0);
  made.set(description, groups);
  return groups;
}
