/**
 * A call in a few words, as a page's fragment, a file and the command line write it:
 *
 *     natA=apd/apd&natB=home-router&servers=stun,turn&firewall=none&delay=18&loss=0&seed=7
 *
 * A NAT is a preset's name, `mapping/filtering`, or `none`; `loss` is in percent, `delay` in ms from A to B.
 */
import { type Problem, type Result, fail, ok } from '../base/result.ts';
import { type FirewallId, FIREWALLS, callBetween } from './call-between.ts';
import { natPresets } from './nat-presets.ts';
import type { Dependence, NatSpec } from './nat.ts';
import type { Scenario } from './scenario.ts';

export interface Choices {
  readonly natA: string;
  readonly natB: string;
  readonly stun: boolean;
  readonly turn: boolean;
  readonly turnTcp: boolean;
  /** Of A's network. */
  readonly firewall: FirewallId;
  readonly delay: number;
  readonly loss: number;
  readonly seed: number;
}

export const DEFAULT_CHOICES: Choices = {
  natA: 'home-router',
  natB: 'home-router',
  stun: true,
  turn: false,
  turnTcp: false,
  firewall: 'none',
  delay: 18,
  loss: 0,
  seed: 7,
};

export const LIMITS = { delay: 500, loss: 60, seed: 999_999 } as const;

const AXIS: readonly Dependence[] = ['ei', 'ad', 'apd'];
const isDependence = (text: string | undefined): text is Dependence => AXIS.some((one) => one === text);

/** Undefined for what names no NAT; null for none at all. */
export function readNat(text: string): NatSpec | null | undefined {
  if (text === 'none') return null;
  const preset = natPresets.get(text);
  if (preset) return preset.nat;
  const [mapping, filtering, ...rest] = text.toLowerCase().split('/');
  return isDependence(mapping) && isDependence(filtering) && rest.length === 0
    ? { mapping, filtering, portPreservation: mapping === 'ei' }
    : undefined;
}

export function scenarioOf(choices: Choices): Scenario {
  const turn = [...(choices.turn ? (['udp'] as const) : []), ...(choices.turnTcp ? (['tcp'] as const) : [])];
  return callBetween({
    natA: readNat(choices.natA) ?? null,
    natB: readNat(choices.natB) ?? null,
    stun: choices.stun,
    turn,
    firewallA: choices.firewall,
    delay: choices.delay,
    loss: choices.loss / 100,
  });
}

export function writeChoices(choices: Choices): string {
  const { natA, natB, firewall, delay, loss, seed } = choices;
  const servers = [
    ...(choices.stun ? ['stun'] : []),
    ...(choices.turn ? ['turn'] : []),
    ...(choices.turnTcp ? ['turn-tcp'] : []),
  ];
  return `natA=${natA}&natB=${natB}&servers=${servers.join(',')}&firewall=${firewall}&delay=${delay}&loss=${loss}&seed=${seed}`;
}

type Reader = (text: string) => Partial<Choices> | undefined;

const nat =
  (key: 'natA' | 'natB'): Reader =>
  (text) =>
    readNat(text) === undefined ? undefined : { [key]: text };
const number =
  (key: 'delay' | 'loss' | 'seed'): Reader =>
  (text) => {
    const value = Number(text);
    const isGood = /^\d+(?:\.\d+)?$/.test(text) && value <= LIMITS[key];
    return isGood && (key !== 'seed' || Number.isInteger(value)) ? { [key]: value } : undefined;
  };
const SERVERS = ['stun', 'turn', 'turn-tcp'];
const READERS: Readonly<Record<string, Reader>> = {
  natA: nat('natA'),
  natB: nat('natB'),
  servers: (text) => {
    const names = text === '' ? [] : text.split(',');
    if (!names.every((name) => SERVERS.includes(name))) return undefined;
    return {
      stun: names.includes('stun'),
      turn: names.includes('turn'),
      turnTcp: names.includes('turn-tcp'),
    };
  },
  firewall: (text) => (Object.hasOwn(FIREWALLS, text) ? { firewall: text as FirewallId } : undefined),
  delay: number('delay'),
  loss: number('loss'),
  seed: number('seed'),
};

/** What is left out is as usual; what is not known is a problem. */
export function readChoices(text: string, start: Choices = DEFAULT_CHOICES): Result<Choices> {
  let choices = start;
  for (const part of text.split('&').filter((one) => one !== '')) {
    const [key = '', value = ''] = part.split('=').map((one) => safeDecode(one));
    const read = Object.hasOwn(READERS, key) ? READERS[key]!(value) : undefined;
    if (!read) return fail(problemOf(key, value));
    choices = { ...choices, ...read };
  }
  return ok(choices);
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const EXPECTED: Readonly<Record<string, string>> = {
  servers: `some of ${SERVERS.join(', ')}`,
  firewall: Object.keys(FIREWALLS).join(', '),
  delay: `0 to ${LIMITS.delay} ms`,
  loss: `0 to ${LIMITS.loss} percent`,
  seed: `a whole number up to ${LIMITS.seed}`,
};

function problemOf(key: string, value: string): Problem {
  if (!Object.hasOwn(READERS, key))
    return { message: `there is no setting “${key}”`, expected: Object.keys(READERS).join(', ') };
  const natNames = `${natPresets.all.map(({ id }) => id).join(', ')}, none, or mapping/filtering of ${AXIS.join(', ')}`;
  return {
    message: `${key} can not be “${value}”`,
    expected: EXPECTED[key] ?? natNames,
  };
}

/** The same from a file: `{"natA": "apd/apd", "servers": "stun,turn", "delay": 40}`. */
export function readChoicesFile(text: string): Result<Choices> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return fail({ message: 'this is no JSON' });
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return fail({ message: 'an object of settings is needed' });
  const parts = Object.entries(json).map(
    ([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`,
  );
  return readChoices(parts.join('&'));
}
