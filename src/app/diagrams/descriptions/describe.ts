import type { Exchange, PeerDescriptions, SetDescription } from '../../../core/projections/descriptions.ts';
import type { View } from '../../../core/projections/view.ts';
import { peersOf } from '../parts/peer-labels.ts';
import { TYPE_WORDS } from '../../../core/sdp/priority.ts';
import type { Caption, LegendEntry } from '../diagram.ts';
import { type Line } from './compare.ts';
import { type Chosen, aboutOf, candidateOf, choose, gistOf, standingOf } from './model.ts';

const linesIn = (sdp: string): number => sdp.split(/\r\n|\n|\r/).filter(Boolean).length;

/** Each exchange with its types and lengths, then what each peer holds. */
export function describe(view: View): string {
  const { exchanges, byPeer } = view.facts.descriptions;
  if (exchanges.length === 0) return 'There is no description yet: neither offer nor answer.';
  const told = [...exchanges].slice(-TOLD);
  const left = exchanges.length - told.length;
  const earlier = left > 0 ? [`${left} earlier exchanges.`] : [];
  const held = peersOf(view.facts).flatMap(({ id, label }) =>
    byPeer[id] ? [heldWords(label, byPeer[id])] : [],
  );
  return [...earlier, ...told.map((exchange) => exchangeWords(view, exchange)), ...held].join(' ');
}

const TOLD = 5;
const labelOf = (view: View, peer: string | null): string =>
  peersOf(view.facts).find(({ id }) => id === peer)?.label ?? 'the other side';

function exchangeWords(view: View, exchange: Exchange): string {
  const { number, offerer, offer, answer, answerer, outcome } = exchange;
  const about = aboutOf(view.facts.descriptions, exchange);
  const offered = `Exchange ${number}, ${about}: offer of ${labelOf(view, offerer)}, ${linesIn(offer.sdp)} lines`;
  if (answer) {
    const standing = standingOf(view.facts.descriptions, exchange);
    return `${offered}; answer of ${labelOf(view, answerer)}, ${linesIn(answer.sdp)} lines; ${standing}.`;
  }
  return `${offered}; ${outcome === 'rolled back' ? 'rolled back, no answer' : 'no answer yet'}.`;
}

/** In the names of RTCPeerConnection's attributes. */
function heldWords(label: string, held: PeerDescriptions): string {
  const all: readonly (readonly [string, SetDescription | null])[] = [
    ['currentLocalDescription', held.currentLocal],
    ['pendingLocalDescription', held.pendingLocal],
    ['currentRemoteDescription', held.currentRemote],
    ['pendingRemoteDescription', held.pendingRemote],
  ];
  const set = all.flatMap(([name, description]) => (description ? [`${name} ${description.type}`] : []));
  return `${label} holds ${set.join(', ') || 'no description'}.`;
}

/** What was said last, and what changed by it. */
export function caption(view: View): Caption {
  const chosen = choose(view, null);
  if (!chosen) {
    return {
      text: [{ strong: 'Nothing is described yet' }, ': createOffer writes the first description.'],
      next: 'Offer and answer say what each side can do, and how it can be reached.',
    };
  }
  const { exchange, offer, answer } = chosen;
  if (exchange.outcome === 'rolled back')
    return { text: ['The offer was ', { strong: 'rolled back' }, ': what held before it holds again.'] };
  if (!exchange.answer) return open(chosen);
  const strong =
    exchange.number === 1 ? 'offer and answer are in force' : changeWords(offer.lines, answer.lines);
  return {
    text: [`${answer.label || 'The other side'} answered: `, { strong }, '.'],
    next: `It is about ${listed(gistOf(exchange.offer).kinds)}.`,
  };
}

function open({ exchange, offer, answer }: Chosen): Caption {
  const strong = listed(gistOf(exchange.offer).kinds);
  return {
    text: [`${offer.label || 'The other side'} offers `, { strong }, '.'],
    next: `It is pending until ${answer.label || 'the other side'} answers.`,
  };
}

const listed = (kinds: readonly string[]): string =>
  kinds.length < 2 ? (kinds[0] ?? 'no media') : `${kinds.slice(0, -1).join(', ')} and ${kinds.at(-1)}`;

/** `12 lines are new, 3 changed, 1 is gone`, of both texts together. */
function changeWords(...texts: readonly (readonly Line[])[]): string {
  const all = texts.flat();
  const told = CHANGES.flatMap(([change, one, many]) => {
    const count = all.filter((line) => line.change === change).length;
    return count === 0 ? [] : [{ count, verb: count === 1 ? one : many }];
  });
  return told
    .map(({ count, verb }, at) => `${count}${at > 0 ? '' : count === 1 ? ' line' : ' lines'} ${verb}`)
    .join(', ');
}

const CHANGES = [
  ['new', 'is new', 'are new'],
  ['changed', 'changed', 'changed'],
  ['gone', 'is gone', 'are gone'],
] as const;

/** The marks of candidates that stand in the newest texts. */
export function legend(view: View): readonly LegendEntry[] {
  const chosen = choose(view, null);
  const lines = chosen ? [...chosen.offer.lines, ...chosen.answer.lines] : [];
  const types = new Set(lines.map(({ text }) => candidateOf(text)?.type));
  return (['host', 'srflx', 'prflx', 'relay'] as const)
    .filter((type) => types.has(type))
    .map((mark) => ({ kind: 'mark', mark, text: TYPE_WORDS[mark] }));
}
