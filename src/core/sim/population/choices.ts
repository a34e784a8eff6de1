/** What is asked of many calls, as the page's fragment writes it: `mix=8,6,10,56,16,4&servers=stun,turn&pairs=10000&seed=7`. */
import { type Result, fail, ok } from '../../base/result.ts';
import { NETWORK_KINDS, mixes } from './mixes.ts';
import type { PopulationChoices } from './population.ts';

export const MOST_PAIRS = 100_000;
export const MOST_SEED = 999_999;

export const DEFAULT_POPULATION: PopulationChoices = {
  shares: mixes.get('ford-2005')!.shares,
  stun: true,
  turn: true,
  turnTcp: false,
  pairs: 10_000,
  seed: 7,
};

export function writePopulation({ shares, stun, turn, turnTcp, pairs, seed }: PopulationChoices): string {
  const servers = [...(stun ? ['stun'] : []), ...(turn ? ['turn'] : []), ...(turnTcp ? ['turn-tcp'] : [])];
  return `mix=${shares.join(',')}&servers=${servers.join(',')}&pairs=${pairs}&seed=${seed}`;
}

const SERVERS = ['stun', 'turn', 'turn-tcp'];

const whole = (text: string, least: number, most: number): number | undefined =>
  /^\d{1,7}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined;

const READERS: Readonly<Record<string, (text: string) => Partial<PopulationChoices> | undefined>> = {
  mix: (text) => {
    const shares = text.split(',').map((one) => whole(one, 0, 100));
    const isGood =
      shares.length === NETWORK_KINDS.length &&
      shares.every((share) => share !== undefined) &&
      shares.reduce((sum, share) => sum + share, 0) === 100;
    return isGood ? { shares } : undefined;
  },
  servers: (text) => {
    const names = text === '' ? [] : text.split(',');
    if (!names.every((name) => SERVERS.includes(name))) return undefined;
    return {
      stun: names.includes('stun'),
      turn: names.includes('turn'),
      turnTcp: names.includes('turn-tcp'),
    };
  },
  pairs: (text) => {
    const pairs = whole(text, 1, MOST_PAIRS);
    return pairs === undefined ? undefined : { pairs };
  },
  seed: (text) => {
    const seed = whole(text, 0, MOST_SEED);
    return seed === undefined ? undefined : { seed };
  },
};

const EXPECTED: Readonly<Record<string, string>> = {
  mix: `${NETWORK_KINDS.length} whole numbers that make 100`,
  servers: `some of ${SERVERS.join(', ')}`,
  pairs: `1 to ${MOST_PAIRS}`,
  seed: `0 to ${MOST_SEED}`,
};

/** What is left out is as usual; what is not known is a problem. */
export function readPopulation(text: string): Result<PopulationChoices> {
  let choices = DEFAULT_POPULATION;
  for (const part of text.split('&').filter((one) => one !== '')) {
    const [key = '', value = ''] = part.split('=');
    const read = Object.hasOwn(READERS, key) ? READERS[key]!(value.replaceAll('%2C', ',')) : undefined;
    if (!read) {
      const isKnown = Object.hasOwn(READERS, key);
      return fail({
        message: isKnown ? `${key} can not be “${value}”` : `there is no setting “${key}”`,
        expected: EXPECTED[key] ?? Object.keys(READERS).join(', '),
      });
    }
    choices = { ...choices, ...read };
  }
  return ok(choices);
}
