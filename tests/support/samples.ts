/** The texts that the Inspect page offers to try. */
import { readFileSync } from 'node:fs';
import { samplesOf } from '../../src/app/inspect/samples.ts';

const read = (name: string): string =>
  readFileSync(new URL(`../../src/app/inspect/samples/${name}.sdp`, import.meta.url), 'utf8');

export const OFFER = read('chromium-offer');
export const ANSWER = read('firefox-answer');
export const SAMPLES = samplesOf(OFFER, ANSWER);
