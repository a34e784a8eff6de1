/** What a saved session of the laboratory says that the simulator foretells too. */
import { CANDIDATE_TYPES, type CandidateType } from '../../src/core/sdp/priority.ts';
import type { Candidate } from '../../src/core/projections/candidates.ts';
import { factsOf } from './meeting.ts';

export interface SeenEnd {
  readonly connection: string;
  /** Types of the selected pair; null where none was selected. */
  readonly local: CandidateType | null;
  readonly remote: CandidateType | null;
  /** `srflx`, `relay udp`: in the order in which the first of each came. */
  readonly gathered: readonly string[];
}

export type Seen = Readonly<Record<'A' | 'B', SeenEnd>>;

const kindOf = ({ type, relayProtocol }: Candidate): string =>
  type === 'relay' ? `relay ${relayProtocol ?? '?'}` : type;

export function seenIn(text: string): Seen {
  const facts = factsOf(text);
  const end = (peer: 'A' | 'B'): SeenEnd => {
    const { pairs, selectedId } = facts.pairs[peer]!;
    const selected = pairs.find(({ id }) => id === selectedId);
    const { local, remote } = facts.candidates[peer]!;
    const typeOf = (list: readonly Candidate[], id: string | undefined): CandidateType | null =>
      CANDIDATE_TYPES.find((type) => type === list.findLast(({ statsId }) => statsId === id)?.type) ?? null;
    const told = local.filter(({ type, protocol }) => type !== 'prflx' && protocol === 'udp');
    return {
      connection: facts.states[peer]!.connection.current,
      local: typeOf(local, selected?.localId),
      remote: typeOf(remote, selected?.remoteId),
      gathered: [...new Set(told.map(kindOf))],
    };
  };
  return { A: end('A'), B: end('B') };
}

/** Whether packets go over a relay, or from one to the other; or there is no way. */
export function wayOf({ A, B }: Seen): 'direct' | 'relay' | 'none' {
  if (A.connection !== 'connected' || B.connection !== 'connected') return 'none';
  return [A.local, A.remote, B.local, B.remote].includes('relay') ? 'relay' : 'direct';
}
