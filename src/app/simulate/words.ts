/** A call and its outcome in a few words. */
import { type Choices, readNat } from '../../core/sim/choices.ts';
import { natPresets, oldNameOf } from '../../core/sim/nat-presets.ts';
import type { Outcome } from '../../core/sim/simulate.ts';
import { TYPE_WORDS } from '../../core/sdp/priority.ts';

/** `home-router` → `home router`; `ad/apd` → `ad · apd` */
export function natName(text: string): string {
  if (text === 'none') return 'no NAT';
  const nat = readNat(text);
  const preset = natPresets.get(text);
  return preset?.title ?? (nat ? (oldNameOf(nat) ?? text.replace('/', ' · ')) : text);
}

export function titleOf(choices: Choices): string {
  const [a, b] = [natName(choices.natA), natName(choices.natB)];
  const ends = a === b ? (choices.natA === 'none' ? 'No NATs' : `Two NATs, ${a}`) : `${capital(a)} and ${b}`;
  return `${ends}, ${choices.turn || choices.turnTcp ? 'with TURN' : 'no TURN'}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const LETS_IN = {
  ei: 'lets in everybody',
  ad: 'lets in known addresses',
  apd: 'lets in known addresses at their ports',
} as const;
const OPENS = {
  ei: 'one door for all',
  ad: 'a door for each address',
  apd: 'a new door for each destination',
} as const;

/** What the two NATs do, in a sentence or two. */
export function leadOf({ natA, natB }: Choices): string {
  const says = (who: string, text: string): string => {
    const nat = readNat(text);
    if (!nat) return `${who} has no NAT.`;
    return `${who}’s NAT opens ${OPENS[nat.mapping]} and ${nat.oneToOne === true ? LETS_IN.ei : LETS_IN[nat.filtering]}.`;
  };
  if (natA === natB && natA !== 'none') return says('Each end', natA).replace('Each end’s NAT', 'Each NAT');
  return `${says('A', natA)} ${says('B', natB).replace('’s NAT', '’s')}`;
}

export interface OutcomeWords {
  readonly fails: boolean;
  readonly headline: string;
  readonly why: string;
}

export function outcomeWords(outcome: Outcome, verdict: string): OutcomeWords {
  const { connected, isLost, local, remote, timeToConnected, failedAt } = outcome;
  const seconds = ((failedAt ?? 0) / 1000).toFixed(1);
  if (!connected) {
    const when = failedAt === null ? '' : `: both give up after ${seconds} s`;
    return { fails: true, headline: isLost ? 'Connected, then lost' : `No way${when}`, why: verdict };
  }
  const isRelayed = local === 'relay' || remote === 'relay';
  const ends = local && remote ? `${TYPE_WORDS[local]} to ${TYPE_WORDS[remote]}` : '';
  return {
    fails: false,
    headline: `Connected in ${Math.round(timeToConnected ?? 0)} ms${isRelayed ? ', through TURN' : ', directly'}`,
    why: isRelayed
      ? `A’s chosen pair is ${ends}: every packet goes over the server.`
      : `A’s chosen pair is ${ends}: no server carries it.`,
  };
}

export interface Suggestion {
  readonly says: string;
  readonly change: Partial<Choices>;
}

/** The one change that would help most; null where nothing is wrong, or nothing would. */
export function suggestionFor(choices: Choices, outcome: Outcome): Suggestion | null {
  if (outcome.connected) return null;
  if (choices.firewall !== 'none' && !choices.turnTcp)
    return { says: 'Add TURN over TCP and compare', change: { turnTcp: true } };
  if (!choices.turn && !choices.turnTcp) return { says: 'Add TURN and compare', change: { turn: true } };
  return choices.stun ? null : { says: 'Add STUN and compare', change: { stun: true } };
}

const NAMES: Readonly<Record<keyof Choices, string>> = {
  natA: 'NAT of A',
  natB: 'NAT of B',
  stun: 'STUN',
  turn: 'TURN',
  turnTcp: 'TURN over TCP',
  firewall: 'Firewall',
  delay: 'A to B',
  loss: 'Lost',
  seed: 'Seed',
};

export const FIREWALL_WORDS = {
  none: 'none: UDP goes out from both',
  'no-udp': 'A’s network lets no UDP out',
  'only-443': 'A’s network lets out only TCP to port 443',
} as const;

function valueWords(key: keyof Choices, choices: Choices): string {
  const value = choices[key];
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (key === 'natA' || key === 'natB') return natName(String(value));
  if (key === 'firewall') return FIREWALL_WORDS[choices.firewall];
  return `${value}${key === 'delay' ? ' ms' : key === 'loss' ? ' %' : ''}`;
}

export interface ChangeWords {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** What is not the same in two calls. */
export const changesBetween = (before: Choices, after: Choices): readonly ChangeWords[] =>
  (Object.keys(NAMES) as (keyof Choices)[])
    .filter((key) => before[key] !== after[key])
    .map((key) => ({ name: NAMES[key], before: valueWords(key, before), after: valueWords(key, after) }));
