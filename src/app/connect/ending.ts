/** How a recorded session ended, in a sentence, from all that was recorded. */
import { isRelayed } from '../../core/lessons/ask.ts';
import type { Facts } from '../../core/projections/index.ts';
import type { Peer } from '../../core/projections/peers.ts';
import { emptyHanded } from '../diagrams/pairs/describe.ts';
import { ms } from '../format/words.ts';

/** `3 180 ms`, in one line. */
const time = (at: number): string => `${ms(at)} ms`.replaceAll(' ', '\u00a0');

type Machine = 'ice' | 'dtls' | 'connection';

/** When a peer's machine first came to a state; null if never. */
const firstAt = ({ states }: Facts, { id }: Peer, machine: Machine, state: string): number | null =>
  states[id]?.[machine].history.find((step) => step.state === state)?.at ?? null;

const connectedAt = (facts: Facts): readonly number[] =>
  facts.peers.flatMap((peer) => firstAt(facts, peer, 'connection', 'connected') ?? []);

/** Who was the first to come to a state, and when. */
function firstOf(facts: Facts, machine: Machine, state: string): { label: string; at: number } | null {
  const all = facts.peers.flatMap((peer) => {
    const at = firstAt(facts, peer, machine, state);
    return at === null ? [] : [{ label: peer.label, at }];
  });
  return all.sort((a, b) => a.at - b.at)[0] ?? null;
}

/** Whether it was tried to the end, and in vain. */
export const hasFailed = (facts: Facts): boolean =>
  connectedAt(facts).length === 0 && firstOf(facts, 'connection', 'failed') !== null;

/** `Connected at 386.9 ms, through TURN; B closed at 3 180 ms.`; nothing for a session without a connection to make. */
export function endingWords(facts: Facts): string {
  const connected = connectedAt(facts);
  if (connected.length > 0)
    return `Connected at ${time(Math.max(...connected))}, ${wayWords(facts)}${afterwards(facts)}.`;
  if (facts.peers.every(({ id }) => facts.states[id]?.signaling.history.length === 1)) return '';
  const none = emptyHanded(facts);
  return (
    failure(facts) ??
    `It ends before the two were connected${none === '' ? '' : `: ${none} found no address`}.`
  );
}

const wayWords = (facts: Facts): string => (isRelayed(facts) ? 'through TURN' : 'directly');

function afterwards(facts: Facts): string {
  const failed = firstOf(facts, 'connection', 'failed');
  if (failed) return `; ${failed.label} lost it at ${time(failed.at)}`;
  const [first] = facts.peers
    .flatMap(({ label, closedAt }) => (closedAt === null ? [] : [{ label, closedAt }]))
    .sort((a, b) => a.closedAt - b.closedAt);
  return first ? `; ${first.label} closed at ${time(first.closedAt)}` : '';
}

function failure(facts: Facts): string | null {
  const keys = firstOf(facts, 'dtls', 'failed');
  if (keys) return `It did not connect: DTLS failed at ${time(keys.at)}, so there were no keys.`;
  const failed = firstOf(facts, 'ice', 'failed') ?? firstOf(facts, 'connection', 'failed');
  return failed && `It did not connect: ${failed.label} gave up at ${time(failed.at)}, with no way found.`;
}
