import type { CandidateType } from '../../../core/projections/candidates.ts';
import { candidateKey, readCandidate } from '../../../core/projections/candidates.ts';
import type { Exchange, SetDescription } from '../../../core/projections/descriptions.ts';
import type { Facts } from '../../../core/projections/index.ts';
import { readLines } from '../../../core/sdp/lines.ts';
import { type Change, compareLines } from './changes.ts';

/** One description of an exchange, ready to be drawn. */
export interface Side {
  readonly role: 'offer' | 'answer';
  /** Letter of the peer that wrote it; empty while nobody has. */
  readonly letter: string;
  /** Prefix of its lines' selection ids: `A/local`. */
  readonly id: string;
  readonly lines: readonly Line[];
  /** What stands in its place, or beside its name. */
  readonly note: string;
  readonly gone: number;
}

export interface Line {
  readonly number: number;
  /** `a=`, `m=`: the type, with the sign. */
  readonly lead: string;
  readonly name: string;
  readonly rest: string;
  readonly change: Change;
  readonly candidate: { readonly type: CandidateType; readonly key: string } | null;
}

export function sidesOf(facts: Facts, index: number): readonly [Side, Side] | null {
  const { exchanges, byPeer } = facts.descriptions;
  const exchange = exchanges.get(index);
  if (!exchange) return null;
  const before = index > 0 ? exchanges.get(index - 1)! : null;
  const others = facts.peers.filter(({ id }) => id !== exchange.answerer);
  const offerer = exchange.offerer || (others[0]?.id ?? '');
  const answerer = exchange.answerer ?? facts.peers.find(({ id }) => id !== offerer)?.id ?? '';
  const letter = (peer: string): string => facts.peers.find(({ id }) => id === peer)?.letter ?? peer;
  const previous = (peer: string): SetDescription | null => {
    if (!before) return null;
    return before.offerer === peer ? before.offer : before.answer;
  };
  const pending = byPeer[offerer]?.pendingLocal?.event === exchange.offer.event;
  const offerNote = exchange.outcome === 'rolled back' ? 'rolled back' : pending ? 'pending' : '';
  const answerNote = exchange.answer
    ? ''
    : exchange.outcome === 'rolled back'
      ? 'never written'
      : `${letter(answerer) || 'The other side'} has not answered yet`;
  return [
    sideOf('offer', letter(offerer), `${offerer}/local`, exchange.offer, previous(offerer), offerNote),
    sideOf('answer', letter(answerer), `${answerer}/local`, exchange.answer, previous(answerer), answerNote),
  ];
}

function sideOf(
  role: Side['role'],
  letter: string,
  id: string,
  now: SetDescription | null,
  before: SetDescription | null,
  note: string,
): Side {
  if (!now) return { role, letter, id, lines: [], note, gone: 0 };
  const { lines, gone } = drawnLines(now.sdp, before?.sdp ?? null);
  return { role, letter, id, lines, note, gone };
}

const kept = new Map<string, { readonly lines: readonly Line[]; readonly gone: number }>();
const KEPT = 32;

/** The whole stage is drawn anew at every frame: a text is taken apart once. */
function drawnLines(
  text: string,
  before: string | null,
): { readonly lines: readonly Line[]; readonly gone: number } {
  const key = `${before ?? ''}\u0000${text}`;
  const known = kept.get(key);
  if (known) return known;
  const raws = readLines(text).map(({ raw }) => raw);
  const { changes, gone } =
    before === null
      ? { changes: [], gone: 0 }
      : compareLines(
          readLines(before).map(({ raw }) => raw),
          raws,
        );
  const made = { lines: raws.map((raw, index) => lineOf(raw, index + 1, changes[index] ?? 'same')), gone };
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value!);
  kept.set(key, made);
  return made;
}

function lineOf(raw: string, number: number, change: Change): Line {
  const [, lead = '', name = '', rest = ''] = /^([a-z]=)([^:\s]*)([^]*)$/i.exec(raw) ?? ['', '', '', raw];
  const candidate = raw.startsWith('a=candidate:') ? readCandidate(raw) : null;
  return {
    number,
    lead,
    name: lead === 'a=' || lead === 'm=' ? name : '',
    rest: lead === 'a=' || lead === 'm=' ? rest : name + rest,
    change,
    candidate: candidate && { type: candidate.type, key: candidateKey(candidate) },
  };
}

/** `1, data, at 9.6 ms`: how an exchange is called. */
export function titleOf({ number, offer }: Exchange): string {
  const kinds = [
    ...new Set(
      [...offer.sdp.matchAll(/^m=(\w+)/gm)].map(([, kind]) => (kind === 'application' ? 'data' : kind)),
    ),
  ];
  const at = offer.at >= 1000 ? `${(offer.at / 1000).toFixed(2)} s` : `${offer.at.toFixed(1)} ms`;
  return `${number}, ${kinds.join(' and ') || 'nothing'}, at ${at}`;
}
