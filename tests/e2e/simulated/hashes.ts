/** Every scenario's session as a hash: the same code runs in Node and in browsers. */
import { sha256 } from '@noble/hashes/sha2.js';
import { encodeText, toHex } from '../../../src/core/base/bytes.ts';
import { DEFAULT_POPULATION } from '../../../src/core/sim/population/choices.ts';
import { Population } from '../../../src/core/sim/population/population.ts';
import { scenarios } from '../../../src/core/sim/scenarios/index.ts';
import { simulate } from '../../../src/core/sim/simulate.ts';
import { writeSession } from '../../../src/core/session/codec.ts';

const hashOf = (text: string): string => toHex(sha256(encodeText(text)));

export function hashes(seed: number): Readonly<Record<string, string>> {
  const calls = scenarios.all.map(
    (scenario) => [scenario.id, hashOf(writeSession(simulate(scenario, { seed }).events))] as const,
  );
  const population = new Population({ ...DEFAULT_POPULATION, pairs: 200, seed });
  population.play(200);
  return { ...Object.fromEntries(calls), 'many calls': hashOf(JSON.stringify(population.figures)) };
}
