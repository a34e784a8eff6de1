/** Why a pair is the one in use, or is not, and when another took its place: RFC 8445, section 8.1. */
import { TYPE_WORDS } from '../sdp/priority.ts';
import type { Facts } from './index.ts';
import type { Pair, PeerPairs } from './pairs.ts';
import type { View } from './view.ts';

export function whyPair(view: View, peer: string, pair: Pair): string {
  const told = view.facts.pairs[peer]!;
  const uses = told.selections.flatMap(({ id, until: at }): readonly Use[] =>
    id === null ? [] : [{ id, at }],
  );
  const place = uses.findLastIndex(({ id }) => id === pair.id);
  const name = (id: string): string => nameOf(view.facts, peer, id);
  if (told.selectedId === pair.id) {
    const before = uses[place - 1];
    const instead = before ? ` It took the place of ${name(before.id)} at ${ms(uses[place]!.at)}.` : '';
    return `${whyChosen(pair, told.role)}${instead}`;
  }
  const next = uses[place + 1];
  if (place >= 0 && next) {
    const other = told.pairs.find(({ id }) => id === next.id);
    const because = other && other.priority > pair.priority ? ', whose priority is higher' : '';
    return `It was in use from ${ms(uses[place]!.at)} to ${ms(next.at)}; then ${name(next.id)}${because}, took its place.`;
  }
  return whyNot(pair, told, name);
}

interface Use {
  readonly id: string;
  readonly at: number;
}

function whyNot(pair: Pair, { pairs, selectedId, role }: PeerPairs, name: (id: string) => string): string {
  const winner = pairs.find(({ id }) => id === selectedId);
  const state = pair.spans.at(-1)?.state;
  const asked = Math.max(pair.requestsSent, pair.responsesReceived);
  const without = winner ? `; ${name(winner.id)} is in use` : '';
  if (state === 'failed')
    return `It failed: ${asked > 0 ? `${asked} checks, no answer` : 'no check was answered'}${without}.`;
  if (pair.responsesReceived === 0 && asked > 0) return `Nobody has answered its ${asked} checks${without}.`;
  if (state === 'cancelled') return `It was given up${winner ? ` once ${name(winner.id)} worked` : ''}.`;
  if (!winner) return 'No pair is in use yet.';
  if (pair.responsesReceived === 0 && state !== 'succeeded')
    return `It was not tried: ${name(winner.id)} worked before its turn came.`;
  const who = role === 'controlled' ? 'the other side, which controls,' : 'this side, which controls,';
  return winner.priority > pair.priority
    ? `It works too. ${name(winner.id)} has the higher priority, and ${who} nominated that.`
    : `It works too, and ${who} nominated ${name(winner.id)}: which one is its own choice (RFC 8445, section 8.1.1).`;
}

/** The controlling agent nominates one valid pair per component. */
const whyChosen = (pair: Pair, role: string | null): string =>
  pair.nominatedAt === null
    ? 'The browser reports it as the selected pair.'
    : role === 'controlled'
      ? 'The other side is controlling and nominated it (RFC 8445, section 8.1).'
      : 'It works, and this side, which is controlling, nominated it (RFC 8445, section 8.1).';

/** `host to server reflexive`. */
function nameOf({ pairs, candidates }: Facts, peer: string, id: string): string {
  const pair = pairs[peer]?.pairs.find((one) => one.id === id);
  const { local = [], remote = [] } = candidates[peer] ?? {};
  const words = (list: typeof local, statsId: string | undefined): string => {
    const found = list.find((one) => one.statsId !== null && one.statsId === statsId);
    return found ? TYPE_WORDS[found.type] : 'unknown';
  };
  return `${words(local, pair?.localId)} to ${words(remote, pair?.remoteId)}`;
}

const ms = (at: number): string => `${at < 1000 ? at.toFixed(1) : Math.round(at)} ms`;
