/**
 * Full inspection (lines, explanations, lint) against sdp-transform's own parse of the same texts, and the longest slice of
 * the inspection of 1 MB. Wanted: at most four times the parse, no slice over 50 ms. Run: `npx tsx tests/bench/inspect.bench.ts`;
 * exit code 1 when it takes longer. Processor time counts for the ratio, since other programs may keep the machine busy.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sdpTransform from 'sdp-transform';
import { inspect, inspectInSlices } from '../../src/core/sdp/inspect.ts';

const WANTED = { ratio: 4, slice: 50 };
const FIXTURES = ['browsers', 'werift', 'node-datachannel', 'wrtc'].map((stack) =>
  fileURLToPath(new URL(`../fixtures/sdp/${stack}`, import.meta.url)),
);
/** Third-party descriptions that may lie beside the repository. */
const CORPUS = fileURLToPath(new URL('../../../shared/corpus/sdp', import.meta.url));

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:sdp|txt)$/.test(name))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'));

const texts = [...FIXTURES, ...(existsSync(CORPUS) ? [CORPUS] : [])].flatMap(filesIn);

/** Milliseconds for one round over all texts. */
function cpuTime(work: (text: string) => unknown, rounds: number): number {
  const start = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) for (const text of texts) work(text);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / rounds;
}

function measure(): { readonly parse: number; readonly full: number } {
  return { parse: cpuTime((text) => sdpTransform.parse(text), 8), full: cpuTime((text) => inspect(text), 8) };
}

/** Milliseconds of each slice of a long description: the same slices each time. */
function slicesOf(text: string): readonly number[] {
  const took: number[] = [];
  const slices = inspectInSlices(text);
  for (;;) {
    const start = performance.now();
    const { done } = slices.next();
    took.push(performance.now() - start);
    if (done === true) return took;
  }
}

/** The best of five for each slice, so that what else the machine does counts less. */
function longestSlice(text: string): number {
  const runs = Array.from({ length: 5 }, () => slicesOf(text));
  return Math.max(...runs[0]!.map((_took, index) => Math.min(...runs.map((run) => run[index]!))));
}

measure();
const rounds = Array.from({ length: 5 }, measure);
const parse = Math.min(...rounds.map((round) => round.parse));
const full = Math.min(...rounds.map((round) => round.full));
const ratio = full / parse;
const lines = texts[0]!.split(/(?=m=)/);
const megabyte =
  lines[0]! +
  lines
    .slice(1)
    .join('')
    .repeat(Math.ceil(1e6 / texts[0]!.length));
const slice = longestSlice(megabyte);

const verdict = (good: boolean): string => (good ? 'pass' : 'FAIL');
console.log(
  `${texts.length} descriptions: sdp-transform parses them in ${parse.toFixed(1)} ms, inspection takes ${full.toFixed(1)} ms: ${ratio.toFixed(2)} × (at most ${WANTED.ratio}): ${verdict(ratio <= WANTED.ratio)}`,
);
console.log(
  `1 MB in slices: the longest takes ${slice.toFixed(1)} ms (at most ${WANTED.slice}): ${verdict(slice <= WANTED.slice)}`,
);
process.exitCode = ratio <= WANTED.ratio && slice <= WANTED.slice ? 0 : 1;
