/** The exchanges of descriptions, each side with its lines. */
import type { CandidateType } from '../../../core/sdp/priority.ts';
import { candidateKey, readCandidate } from '../../../core/projections/candidates.ts';
import type { DescriptionFacts, Exchange, SetDescription } from '../../../core/projections/descriptions.ts';
import type { View } from '../../../core/projections/view.ts';
import { peersOf } from '../parts/peer-labels.ts';
import { type Line, compare } from './compare.ts';

export type SideName = 'offer' | 'answer';

export interface Side {
  readonly name: SideName;
  /** `` where nobody recorded who made it. */
  readonly peer: string;
  readonly label: string;
  /** Ids of lines begin with it: `A/local`; in an older exchange than the newest, `A/local@1`. */
  readonly path: string;
  readonly description: SetDescription | null;
  readonly lines: readonly Line[];
}

export interface Chosen {
  readonly exchange: Exchange;
  readonly offer: Side;
  readonly answer: Side;
}

/** The exchange of that number, or the newest. */
export function choose(view: View, number: number | null): Chosen | null {
  const { exchanges } = view.facts.descriptions;
  const exchange = exchanges.get((number ?? exchanges.length) - 1) ?? exchanges.last;
  if (!exchange) return null;
  const { offerer, answerer } = partiesOf(view, exchange);
  const [offer, answer] = linesOf(view.facts.descriptions, exchange, offerer, answerer);
  return {
    exchange,
    offer: sideOf(
      view,
      { name: 'offer', peer: offerer, description: exchange.offer, lines: offer },
      exchange,
    ),
    answer: sideOf(
      view,
      { name: 'answer', peer: answerer, description: exchange.answer, lines: answer },
      exchange,
    ),
  };
}

interface Parties {
  readonly offerer: string;
  readonly answerer: string;
}

/** Where one side is not recorded, it is the other of two. */
function partiesOf({ facts }: View, { offerer, answerer }: Exchange): Parties {
  const peers = peersOf(facts).map(({ id }) => id);
  const other = (than: string): string => (peers.length === 2 ? (peers.find((id) => id !== than) ?? '') : '');
  return {
    offerer: offerer || (answerer ? other(answerer) : ''),
    answerer: answerer ?? (offerer ? other(offerer) : ''),
  };
}

function sideOf(
  { facts }: View,
  side: Omit<Side, 'label' | 'path'>,
  { number, offerer, answerer }: Exchange,
): Side {
  const { peer, name } = side;
  const holder = (name === 'offer' ? answerer : offerer) ?? '';
  const older = number === facts.descriptions.exchanges.length ? '' : `@${number}`;
  const path = (peer ? `${peer}/local` : `${holder}/remote`) + older;
  return { ...side, label: peersOf(facts).find(({ id }) => id === peer)?.label ?? '', path };
}

interface Remembered {
  readonly exchange: Exchange;
  readonly before: readonly (string | null)[];
  readonly lines: readonly [readonly Line[], readonly Line[]];
}

/** Comparing two long texts takes long, and the picture is laid out at every frame: the last exchanges are remembered. */
const remembered = new WeakMap<SetDescription, Remembered>();

function linesOf(
  facts: DescriptionFacts,
  exchange: Exchange,
  offerer: string,
  answerer: string,
): Remembered['lines'] {
  const before = [offerer, answerer].map((peer) => textBefore(facts, exchange, peer));
  const known = remembered.get(exchange.offer);
  if (known?.exchange === exchange && known.before.every((text, at) => text === before[at]))
    return known.lines;
  const lines: Remembered['lines'] = [
    compare(exchange.offer.sdp, before[0] ?? null),
    exchange.answer ? compare(exchange.answer.sdp, before[1] ?? null) : [],
  ];
  remembered.set(exchange.offer, { exchange, before, lines });
  return lines;
}

/** What the same peer said in the last exchange that was not rolled back. */
function textBefore({ exchanges }: DescriptionFacts, { number }: Exchange, peer: string): string | null {
  for (let at = number - 2; at >= 0; at--) {
    const { offerer, offer, answerer, answer, outcome } = exchanges.get(at)!;
    if (outcome !== 'answered') continue;
    if (offerer === peer) return offer.sdp;
    if (answerer === peer && answer) return answer.sdp;
  }
  return null;
}

interface Gist {
  /** The kinds of the m-sections, `data` for an `m=application`. */
  readonly kinds: readonly string[];
  readonly ufrag: string;
}

const gists = new WeakMap<SetDescription, Gist>();

export function gistOf(description: SetDescription): Gist {
  const gist = gists.get(description) ?? readGist(description.sdp);
  gists.set(description, gist);
  return gist;
}

function readGist(sdp: string): Gist {
  const kinds = [...sdp.matchAll(/^m=(\S+)/gm)].map(([, kind]) => (kind === 'application' ? 'data' : kind!));
  return { kinds: [...new Set(kinds)], ufrag: /^a=ice-ufrag:(.*)$/m.exec(sdp)?.[1]?.trim() ?? '' };
}

/** `data`, `with audio`, `ICE restart`: what an exchange is about. */
export function aboutOf({ exchanges }: DescriptionFacts, exchange: Exchange): string {
  const { kinds, ufrag } = gistOf(exchange.offer);
  const before = exchanges.get(exchange.number - 2);
  if (!before) return kinds.join(', ') || 'no media';
  const known = gistOf(before.offer);
  const added = kinds.filter((kind) => !known.kinds.includes(kind));
  if (added.length > 0) return `with ${added.join(', ')}`;
  const isRestart = before.offerer === exchange.offerer && known.ufrag !== ufrag;
  return isRestart ? 'ICE restart' : 'again';
}

/** What became of a side, in words: `pending`, `in force`, `rolled back`, `replaced`. */
export function standingOf(facts: DescriptionFacts, { number, outcome }: Exchange): string {
  if (outcome === 'open') return 'pending';
  if (outcome === 'rolled back') return 'rolled back';
  for (let at = facts.exchanges.length - 1; at >= number; at--)
    if (facts.exchanges.get(at)!.outcome === 'answered') return 'replaced';
  return 'in force';
}

/** Type and key of the candidate that a line tells, or null. */
export function candidateOf(text: string): { readonly type: CandidateType; readonly key: string } | null {
  if (!text.startsWith('a=candidate:')) return null;
  const parsed = readCandidate(text.trim());
  return parsed && { type: parsed.type, key: candidateKey(parsed) };
}
