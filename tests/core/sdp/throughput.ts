/**
 * Run by throughput.test.ts in a process of its own: a test runner's module wrapping would slow one side only.
 * Processor time counts, since other programs may keep the machine busy.
 */
import { readdirSync, readFileSync } from 'node:fs';
import sdpTransform from 'sdp-transform';
import { inspect } from '../../../src/core/sdp/inspect.ts';

const FOLDER = new URL('../../fixtures/sdp/browsers/', import.meta.url);
const texts = readdirSync(FOLDER).map((file) => readFileSync(new URL(file, FOLDER), 'utf8'));

function cpuTime(work: (text: string) => unknown, rounds: number): number {
  const start = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) for (const text of texts) work(text);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / rounds;
}

const measure = () => ({
  parse: cpuTime((text) => sdpTransform.parse(text), 20),
  full: cpuTime((text) => inspect(text), 20),
});

measure();
measure();
const rounds = Array.from({ length: 5 }, measure);
const best = (pick: (round: ReturnType<typeof measure>) => number) => Math.min(...rounds.map(pick));
console.log(
  JSON.stringify({
    descriptions: texts.length,
    parse: best(({ parse }) => parse),
    full: best(({ full }) => full),
  }),
);
