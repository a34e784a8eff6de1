/** The inspection of `core/sdp/inspect.ts` in small steps, so that a page stays alive while it works on a large text. */
import { checks } from '../../core/sdp/checks/index.ts';
import type { Finding, SdpFacts } from '../../core/sdp/checks/check.ts';
import { readLine, type Reading } from '../../core/sdp/explain.ts';
import { isComplete, type Inspection, type InspectOptions } from '../../core/sdp/inspect.ts';
import { readCandidateLines, readLines } from '../../core/sdp/lines.ts';
import { contextOf, describe, guessType, isForBrowsers } from '../../core/sdp/structure.ts';

/** What is known so far, and how much of the work is done, from 0 to 1. */
export interface Progress {
  readonly inspection: Inspection;
  readonly done: number;
}

/** Lines between two steps: reading them takes about a millisecond. */
const SLICE = 100;
/** Readings take about this part of the whole, checks the rest. */
const READING = 0.7;

/** Yields after each slice; the last value equals `inspect(text, options)`. Readings of later lines come later. */
export function* inspectInSlices(
  text: string,
  options: InspectOptions = {},
): Generator<Progress, Inspection, void> {
  const lines = options.candidates === true ? readCandidateLines(text) : readLines(text);
  const description = describe(lines);
  const complete = options.complete ?? isComplete(lines);
  const browser = !complete || isForBrowsers(description);
  const type = options.type ?? guessType(description);
  const readings: Reading[] = [];
  const findings: Finding[] = [];
  const inspection: Inspection = { lines, readings, description, type, findings };
  const contexts = description.media.map((media) => contextOf(media, browser));
  for (const line of lines) {
    readings.push(readLine(line, contexts[line.section] ?? { browser }));
    if (readings.length % SLICE === 0) yield { inspection, done: (READING * readings.length) / lines.length };
  }
  const facts: SdpFacts = { text, lines, readings, description, type, complete, browser };
  for (const [index, check] of checks.all.entries()) {
    findings.push(...check.run(facts));
    yield { inspection, done: READING + ((1 - READING) * (index + 1)) / checks.all.length };
  }
  findings.sort((a, b) => a.line - b.line);
  return inspection;
}

/** All steps at once. */
export function finish<T>(steps: Generator<unknown, T, void>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

interface Drive {
  /** Milliseconds of work before others get their turn. */
  readonly budget: number;
  readonly now: () => number;
  readonly pause: () => Promise<void>;
  /** Told before each pause; `false` ends the work. */
  readonly report: (progress: Progress) => boolean;
}

/** Works a while, pauses, and so on to the end; undefined when it was ended early. */
export async function drive(
  steps: Generator<Progress, Inspection, void>,
  { budget, now, pause, report }: Drive,
): Promise<Inspection | undefined> {
  let until = now() + budget;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (now() < until) continue;
    if (!report(step.value)) return undefined;
    await pause();
    until = now() + budget;
  }
}
