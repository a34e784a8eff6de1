import type { Call } from './calls.ts';
import type { Facts } from './index.ts';
import type { Message } from './messages.ts';

/** One row of the list of calls: a call in its peer's column, a message across both, or that earlier ones are not listed. */
export type CallRow =
  | {
      readonly kind: 'call';
      /** Id of the event that the row selects. */
      readonly id: string;
      readonly peer: string;
      readonly name: string;
      readonly count: number;
      readonly endedAt: number | null;
      readonly outcome: Call['outcome'];
    }
  | {
      readonly kind: 'message';
      readonly id: string;
      readonly text: string;
      readonly direction: 'right' | 'left' | 'both';
    }
  | { readonly kind: 'earlier'; readonly id: 'earlier' };

/**
 * Calls and messages in the order in which they happened. Candidates go last, as one row: they come and go all the
 * while, and would bury the four steps that matter.
 */
export function callRows({ calls, messages, peers }: Pick<Facts, 'calls' | 'messages' | 'peers'>): CallRow[] {
  const first = peers[0]?.id;
  const list = calls.newest(LISTED);
  const newest = messages.newest(LISTED);
  const listed = newest.filter(({ kind }) => kind !== 'candidate' && kind !== 'end');
  const from = Math.max(
    calls.length > LISTED ? list[0]!.startedAt : -Infinity,
    messages.length > LISTED ? timeOf(newest[0]!) : -Infinity,
  );
  const timed = [
    ...list
      .filter(({ name }) => name !== 'addIceCandidate')
      .map((call) => ({ at: call.startedAt, row: callRow(call) })),
    ...listed.map((message) => ({ at: timeOf(message), row: messageRow(message, first) })),
  ].filter(({ at }) => at >= from);
  timed.sort((a, b) => a.at - b.at);
  const earlier: CallRow[] = from === -Infinity ? [] : [{ kind: 'earlier', id: 'earlier' }];
  return [...earlier, ...timed.map(({ row }) => row), ...candidateRows(newest, list, first)];
}

/** A list that is read, not searched: in a long session the newest of each kind, from where on neither is cut. */
const LISTED = 120;

const timeOf = ({ sentAt, receivedAt }: Message): number => sentAt ?? receivedAt ?? 0;

const callRow = (call: Call): Extract<CallRow, { kind: 'call' }> => ({
  kind: 'call',
  id: call.id,
  peer: call.peer,
  name: call.name,
  count: 1,
  endedAt: call.endedAt,
  outcome: call.outcome,
});

const messageRow = (message: Message, first: string | undefined): CallRow => ({
  kind: 'message',
  id: message.id,
  text: message.kind,
  direction: message.from === first ? 'right' : 'left',
});

function candidateRows(
  messages: readonly Message[],
  calls: readonly Call[],
  first: string | undefined,
): CallRow[] {
  const sent = messages.filter(({ kind }) => kind === 'candidate');
  const added = calls.filter(({ name }) => name === 'addIceCandidate');
  const takers = [...new Set(added.map(({ peer }) => peer))];
  const senders = new Set(sent.map(({ from }) => from === first));
  const direction = senders.size > 1 ? 'both' : senders.has(true) ? 'right' : 'left';
  const across: CallRow[] = sent[0]
    ? [{ kind: 'message', id: sent[0].id, text: 'candidates, as they are found', direction }]
    : [];
  return [...across, ...takers.map((taker) => addedRow(added.filter(({ peer }) => peer === taker)))];
}

function addedRow(calls: readonly Call[]): CallRow {
  const refused = calls.find(({ outcome }) => outcome === 'rejected');
  const shown = refused ?? calls.at(-1)!;
  return { ...callRow(shown), count: calls.length };
}
