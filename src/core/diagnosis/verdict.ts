/** The one sentence that stands above everything. */
import type { Case } from './case.ts';
import type { FoundCause } from './cause.ts';
import { isGatheringOnly } from './look.ts';
import { CANDIDATE_TYPES } from '../sdp/priority.ts';

/** `found` is sorted, most important first. */
export function verdictOf(
  call: Case,
  found: readonly FoundCause[],
  { isOpen, live }: { readonly isOpen: boolean; readonly live: boolean },
): string {
  const [first] = found;
  if (first && first.confidence !== 'possible') return first.verdict;
  const { life } = call;
  if (isGatheringOnly(call)) return `Only gathering was recorded: ${gatheredOf(call)}.`;
  if (life.closed && life.isConnected) return 'The call stood until this page closed it.';
  if (first?.cause === 'remote-closed') return 'The call stood until the other side closed it.';
  if (life.isConnected) return `Connected${over(call)}: nothing to mend.`;
  if (isOpen)
    return live ? 'Not connected yet.' : 'This recording ends before it is decided whether it connects.';
  const began = life.connected ? 'It connected, and was lost.' : 'It did not connect.';
  if (first) return `${began} Perhaps: ${first.verdict.charAt(0).toLowerCase()}${first.verdict.slice(1)}`;
  if (life.lost) return `${began} This recording does not show why.`;
  return life.closed
    ? 'The connection was closed before it stood.'
    : 'It did not connect, and this recording does not show why.';
}

function gatheredOf({ local }: Case): string {
  const types = CANDIDATE_TYPES.filter((type) => local.some((one) => one.type === type));
  return types.length === 0 ? 'no candidate came' : `candidates came of the type ${types.join(', ')}`;
}

const WORDS = {
  host: 'inside one network',
  srflx: 'directly, through the routers',
  prflx: 'directly, through the routers',
  relay: 'through a TURN server',
} as const;

function over({ selected, local, remote }: Case): string {
  if (!selected) return '';
  const types = [
    local.find(({ statsId }) => statsId === selected.localId)?.type,
    remote.find(({ statsId }) => statsId === selected.remoteId)?.type,
  ];
  const dearest = (['relay', 'prflx', 'srflx', 'host'] as const).find((type) => types.includes(type));
  return dearest ? ` ${WORDS[dearest]}` : '';
}
