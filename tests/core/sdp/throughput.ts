/** Run by throughput.test.ts in a process of its own: a test runner's module wrapping would slow one side only. */
import { readdirSync, readFileSync } from 'node:fs';
import sdpTransform from 'sdp-transform';
import { inspect } from '../../../src/core/sdp/inspect.ts';

const FOLDER = new URL('../../fixtures/sdp/browsers/', import.meta.url);
const texts = readdirSync(FOLDER).map((file) => readFileSync(new URL(file, FOLDER), 'utf8'));

function once(work: (text: string) => unknown): number {
  const start = performance.now();
  for (const text of texts) work(text);
  return performance.now() - start;
}

let parse = Infinity;
let full = Infinity;
for (let round = 0; round < 60; round += 1) {
  parse = Math.min(parse, once((text) => sdpTransform.parse(text)));
  full = Math.min(full, once((text) => inspect(text)));
}
console.log(JSON.stringify({ descriptions: texts.length, parse, full }));
