/** `icescope simulate`: a call in virtual time, by a scenario's name, a file, or what the options say. */
import { diagnose } from '../core/diagnosis/index.ts';
import {
  type Choices,
  DEFAULT_CHOICES,
  readChoices,
  readChoicesFile,
  scenarioOf,
} from '../core/sim/choices.ts';
import type { Scenario } from '../core/sim/scenario.ts';
import { scenarios } from '../core/sim/scenarios/index.ts';
import { type Outcome, simulate as run } from '../core/sim/simulate.ts';
import type { Result } from '../core/base/result.ts';
import { type Command, FileError, type Io, JSON_VERSION, UsageError } from './command.ts';
import { readText } from './input.ts';

interface Asked {
  readonly what: string | null;
  /** As the fragment of the page writes them. */
  readonly settings: readonly string[];
  readonly seed: number | null;
  readonly json: boolean;
}

export const simulate: Command = {
  id: 'simulate',
  usage: 'simulate [SCENARIO|FILE] [--nat-a M/F] [--nat-b M/F] [--turn udp,tcp] [--seed N] [--json]',
  summary:
    'a call between two NATs in virtual time; M and F are ei, ad or apd; without arguments the scenarios are listed',
  async run(args, io) {
    if (args.length === 0) {
      io.stdout.write(scenarios.all.map(({ id, title }) => `${id}\n    ${title}\n`).join(''));
      return 0;
    }
    const asked = readArguments(args);
    const { scenario, seed } = await scenarioFor(asked, io);
    const { outcome, events } = run(scenario, { seed });
    const causes = diagnose(events, 'A', { other: 'B' }).causes.filter(
      ({ confidence }) => confidence !== 'possible',
    );
    const { timeToConnected, ...told } = outcome;
    io.stdout.write(
      asked.json
        ? `${JSON.stringify({ icescope: JSON_VERSION, scenario: scenario.id, seed, outcome: told, timeToConnected, causes, events })}\n`
        : [asText(scenario, seed, outcome), ...causes.map(({ verdict }) => `  ${verdict}\n`)].join(''),
    );
    return outcome.connected ? 0 : 1;
  },
};

const VALUES: Readonly<Record<string, (value: string) => readonly string[]>> = {
  '--nat-a': (value) => [`natA=${value}`],
  '--nat-b': (value) => [`natB=${value}`],
  '--turn': (value) => [`servers=stun,${turnNames(value)}`],
  '--seed': (value) => [`seed=${value}`],
};

function turnNames(value: string): string {
  const names = value.split(',').map((name) => ({ udp: 'turn', tcp: 'turn-tcp' })[name]);
  if (names.includes(undefined)) throw new UsageError(`--turn takes udp, tcp or both, not "${value}"`);
  return names.join(',');
}

function readArguments(args: readonly string[]): Asked {
  const settings: string[] = [];
  const files: string[] = [];
  let json = false;
  let seed: number | null = null;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]!;
    const [name = '', inline] = arg.startsWith('--') ? arg.split(/=(.*)/s) : [arg];
    if (arg === '--json') json = true;
    else if (Object.hasOwn(VALUES, name)) {
      const value = inline ?? args[++index];
      if (value === undefined) throw new UsageError(`${name} needs a value`);
      settings.push(...VALUES[name]!(value));
      if (name === '--seed') seed = choicesOf(readChoices(`seed=${value}`)).seed;
    } else if (arg.startsWith('--')) throw new UsageError(`there is no option ${arg}`);
    else files.push(arg);
  }
  if (files.length > 1) throw new UsageError('one scenario or file at a time');
  return { what: files[0] ?? null, settings, seed, json };
}

function choicesOf(read: Result<Choices>): Choices {
  if (!read.ok) throw new UsageError(`${read.error.message}; it takes ${read.error.expected ?? ''}`);
  return read.value;
}

async function scenarioFor(asked: Asked, io: Io): Promise<{ scenario: Scenario; seed: number }> {
  const named = scenarios.get(asked.what ?? '');
  if (named) {
    const others = asked.settings.filter((one) => !one.startsWith('seed='));
    if (others.length > 0)
      throw new UsageError('a scenario has its own NATs and servers: only --seed goes with it');
    return { scenario: named, seed: asked.seed ?? DEFAULT_CHOICES.seed };
  }
  const start = asked.what === null ? DEFAULT_CHOICES : await fromFile(asked.what, io);
  const choices = choicesOf(readChoices(asked.settings.join('&'), start));
  return { scenario: scenarioOf(choices), seed: choices.seed };
}

async function fromFile(file: string, io: Io): Promise<Choices> {
  const text = await readText(file, io).catch((error: unknown) => {
    if (error instanceof FileError && !/[./]/.test(file))
      throw new UsageError(
        `there is no scenario and no file "${file}"; icescope simulate lists the scenarios`,
      );
    throw error;
  });
  const read = readChoicesFile(text);
  if (!read.ok) throw new FileError(file, read.error.message);
  return read.value;
}

function asText({ title }: Scenario, seed: number, outcome: Outcome): string {
  const { connected, isLost, local, remote, timeToConnected, failedAt } = outcome;
  const head = `${title}, seed ${seed}: `;
  if (connected) return `${head}connected in ${Math.round(timeToConnected ?? 0)} ms, ${local} to ${remote}\n`;
  const when = failedAt === null ? '' : `, given up after ${(failedAt / 1000).toFixed(1)} s`;
  return `${head}${isLost ? 'connected, then lost' : 'no way'}${when}\n`;
}
