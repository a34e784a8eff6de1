/** The whole inspection of a text: its lines, what each says, and what is wrong. */
import { checks } from './checks/index.ts';
import type { Finding, SdpFacts } from './checks/check.ts';
import { readLine, type Reading } from './explain.ts';
import { readCandidateLines, readLines, type SdpLine } from './lines.ts';
import type { LineContext } from './reader.ts';
import {
  contextOf,
  describe,
  guessType,
  isForBrowsers,
  type Description,
  type DescriptionType,
} from './structure.ts';

export interface Inspection {
  readonly lines: readonly SdpLine[];
  /** One for each line. */
  readonly readings: readonly Reading[];
  readonly description: Description;
  readonly type: DescriptionType | undefined;
  /** In the order of the lines. */
  readonly findings: readonly Finding[];
}

/** What the caller knows about a text. */
export interface InspectOptions {
  /** `offer`, `answer`, …; guessed from the setup lines when not given. */
  readonly type?: DescriptionType | undefined;
  /** Whether it is a whole description; found out when not given. */
  readonly complete?: boolean;
  /** The text is a list of candidates, one a line, with or without `a=`. */
  readonly candidates?: boolean;
}

/** What is known so far, and how much of the work is done, from 0 to 1. */
export interface Progress {
  readonly inspection: Inspection;
  readonly done: number;
}

/** Lines between two steps: reading them takes about a millisecond. */
const STEP = 100;
/** Reading the lines takes about this part of the whole, checks the rest. */
const READING = 0.7;

export function inspect(text: string, options: InspectOptions = {}): Inspection {
  const steps = inspectInSlices(text, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same in small steps, so that a page stays alive while it works on a large text. Readings and findings come later. */
export function* inspectInSlices(
  text: string,
  options: InspectOptions = {},
): Generator<Progress, Inspection, void> {
  const lines = options.candidates === true ? readCandidateLines(text) : readLines(text);
  const description = describe(lines);
  const complete = options.complete ?? isComplete(lines);
  const browser = !complete || isForBrowsers(description);
  const type = options.type ?? guessType(description);
  const inSession: LineContext = { browser };
  const contexts = description.media.map((media) => contextOf(media, browser));
  const readings: Reading[] = [];
  const findings: Finding[] = [];
  const inspection: Inspection = { lines, readings, description, type, findings };
  for (const line of lines) {
    readings.push(readLine(line, contexts[line.section] ?? inSession));
    if (readings.length % STEP === 0) yield { inspection, done: (READING * readings.length) / lines.length };
  }
  const facts: SdpFacts = { text, lines, readings, description, type, complete, browser };
  for (const [index, check] of checks.all.entries()) {
    for (const finding of check.run(facts)) findings.push(finding);
    yield { inspection, done: READING + ((1 - READING) * (index + 1)) / checks.all.length };
  }
  findings.sort((a, b) => a.line - b.line);
  return inspection;
}

/** A whole description has more than one line and begins with v=, or at least has an o=; else it is a part of one. */
export function isComplete(lines: readonly SdpLine[]): boolean {
  const filled = lines.filter((line) => line.raw.trim() !== '');
  return filled.length > 1 && filled.some((line) => line.type === 'v' || line.type === 'o');
}
