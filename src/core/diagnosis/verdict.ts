/** The one sentence that stands above everything. */
import type { Case } from './case.ts';
import type { FoundCause } from './cause.ts';

/** `found` is sorted, most important first. */
export function verdictOf(call: Case, found: readonly FoundCause[], isOpen: boolean): string {
  const [first] = found;
  if (first && first.confidence !== 'possible') return first.verdict;
  const { life } = call;
  if (life.closed && life.isConnected) return 'The call stood until this page closed it.';
  if (life.isConnected) return `Connected${over(call)}: nothing to mend.`;
  if (isOpen) return 'Not connected yet.';
  if (first)
    return `It did not connect. Perhaps: ${first.verdict.charAt(0).toLowerCase()}${first.verdict.slice(1)}`;
  return life.closed
    ? 'The connection was closed before it stood.'
    : 'It did not connect, and this recording does not show why.';
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
