/** What many calls came to, in sentences. */
import { NETWORK_KINDS } from '../../../core/sim/population/mixes.ts';
import {
  type Help,
  type PopulationChoices,
  type PopulationFigures,
} from '../../../core/sim/population/population.ts';
import { wilson } from '../../../core/sim/population/share.ts';

export const HELP_WORDS: Readonly<Record<Help, string>> = {
  none: 'without any server',
  stun: 'with STUN',
  turn: 'only with TURN',
  never: 'never',
};
/** Kind of mark and colour: of the candidate that stands for it. */
export const HELP_MARKS = { none: 'host', stun: 'srflx', turn: 'relay', never: 'fail' } as const;

export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
/** `10 000` */
export const grouped = (count: number): string => count.toLocaleString('en').replaceAll(',', '\u202f');

const hundred = (share: number): number => Math.round(share * 100);

export interface Verdict {
  readonly headline: string;
  readonly rest: string;
}

export function verdictOf(
  { counts, pairs }: PopulationFigures,
  { turn, turnTcp }: PopulationChoices,
): Verdict {
  if (pairs === 0) return { headline: 'Nobody has called yet.', rest: '' };
  const share = (help: Help): number => counts[help] / pairs;
  const never = counts.never === 0 ? 'None fails.' : `${hundred(share('never'))} never connect.`;
  const headline = `${hundred(share('none') + share('stun'))} of 100 calls need no relay. ${never}`;
  if (!turn && !turnTcp)
    return { headline, rest: 'There is no TURN: who finds no way of their own has none.' };
  if (counts.turn === 0) return { headline, rest: 'Nobody needed TURN.' };
  const one = Math.round(1 / share('turn'));
  const part = one <= 1 ? 'nearly all' : one > 50 ? 'very few' : `one in ${SMALL[one] ?? one}`;
  return {
    headline,
    rest: `The rest, ${part}, ${part === 'very few' || one <= 1 ? 'connect' : 'connects'} because there is TURN.`,
  };
}
const SMALL: Readonly<Record<number, string>> = {
  2: 'two',
  3: 'three',
  4: 'four',
  5: 'five',
  6: 'six',
  7: 'seven',
  8: 'eight',
  9: 'nine',
  10: 'ten',
};

/** `± 1.1`: half of the interval, in percent. */
export function around(count: number, all: number): string {
  const { from, to } = wilson(count, all);
  return `± ${(((to - from) / 2) * 100).toFixed(1)}`;
}

/** The two kinds of networks whose meetings need TURN most often. */
export interface Match {
  readonly a: number;
  readonly b: number;
  /** Of all calls that need TURN. */
  readonly share: number;
}

export function neediestMatch({ cells, counts }: PopulationFigures): Match | null {
  if (counts.turn === 0) return null;
  const all = NETWORK_KINDS.flatMap((_, a) =>
    NETWORK_KINDS.slice(a).map((__, offset) => {
      const b = a + offset;
      const count = cells[a]![b]!.turn + (a === b ? 0 : cells[b]![a]!.turn);
      return { a, b, share: count / counts.turn };
    }),
  );
  return all.reduce((best, one) => (one.share > best.share ? one : best));
}

export function matchWords({ a, b, share }: Match): { readonly says: string; readonly strong: string } {
  const [one, two] = [NETWORK_KINDS[b]!.title, NETWORK_KINDS[a]!.title];
  const says =
    a === b ? `Two of “${one}” find no way of their own.` : `“${one}” and “${two}” find no way of their own.`;
  return { says, strong: `That match is ${hundred(share)} of 100 calls that need TURN.` };
}

export interface Advice {
  readonly says: string;
  readonly change: Partial<PopulationChoices>;
}

/** The one change that would help most; null where nothing is left to add. */
export function adviceFor(choices: PopulationChoices, { counts, pairs }: PopulationFigures): Advice | null {
  const never = percent(pairs === 0 ? 0 : counts.never / pairs);
  if (!choices.stun)
    return {
      says: 'Add STUN: who is behind a NAT then learns the address that others can write to.',
      change: { stun: true },
    };
  if (!choices.turn && !choices.turnTcp)
    return {
      says: `Add TURN: of ${never} that never connect most find no way between their NATs.`,
      change: { turn: true },
    };
  if (!choices.turnTcp && counts.never > 0)
    return {
      says: `Add TURN over TCP: the ${never} that never connect are networks where only TCP gets out.`,
      change: { turnTcp: true },
    };
  return null;
}
