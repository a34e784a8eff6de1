/** The whole inspection of a text: its lines, what each says, and what is wrong. */
import { finish } from '../base/finish.ts';
import { checks } from './checks/index.ts';
import type { Finding, SdpFacts } from './checks/check.ts';
import { readLine, type Reading } from './explain.ts';
import { readLinesInSlices, type SdpLine } from './lines.ts';
import type { LineContext } from './reader.ts';
import {
  contextOf,
  describe,
  describeInSlices,
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
  /** An ICE fragment (RFC 8840): no description, and no rule of browsers holds for it. */
  readonly fragment?: boolean;
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

export const inspect = (text: string, options: InspectOptions = {}): Inspection =>
  finish(inspectInSlices(text, options));

/** The same in slices of some milliseconds, so that a page stays alive while it works on a large text. */
export function* inspectInSlices(
  text: string,
  options: InspectOptions = {},
): Generator<Progress, Inspection, void> {
  const nothing = { lines: [], readings: [], findings: [], type: options.type, description: describe([]) };
  const split = readLinesInSlices(text, options.candidates === true);
  let part = split.next();
  for (; part.done !== true; part = split.next()) yield { inspection: nothing, done: 0 };
  const lines = part.value;
  const readings: Reading[] = [];
  const findings: Finding[] = [];
  const start = { lines, readings, findings, type: options.type };
  const sections = describeInSlices(lines);
  let section = sections.next();
  for (; section.done !== true; section = sections.next())
    yield { inspection: { ...start, description: section.value }, done: 0 };
  const description = section.value;
  const inspection: Inspection = { ...start, description, type: options.type ?? guessType(description) };
  const complete = options.complete ?? isComplete(lines);
  const facts: SdpFacts = {
    text,
    ...inspection,
    complete,
    browser: options.fragment !== true && (!complete || isForBrowsers(description)),
  };
  const contextFor = contextsOf(facts);
  for (const line of lines) {
    readings.push(readLine(line, contextFor(line)));
    if (readings.length % STEP === 0) yield { inspection, done: (READING * readings.length) / lines.length };
  }
  const rules = options.fragment === true ? checks.all.filter(({ id }) => LINE_RULES.has(id)) : checks.all;
  for (const [index, check] of rules.entries()) {
    for (const finding of check.run(facts)) findings.push(finding);
    yield { inspection, done: READING + ((1 - READING) * (index + 1)) / rules.length };
  }
  findings.sort((a, b) => a.line - b.line);
  return inspection;
}

/** The rules about single lines: those that hold for an ICE fragment too. */
const LINE_RULES: ReadonlySet<string> = new Set([
  'syntax',
  'line-form',
  'invisible-characters',
  'trailing-space',
  'line-endings',
]);

/** What the lines of each section are read against, made when the first of them is read. */
function contextsOf({ description, browser }: SdpFacts): (line: SdpLine) => LineContext {
  const session: LineContext = { browser };
  const known: LineContext[] = [];
  return ({ section }) => {
    if (section < 0) return session;
    return (known[section] ??= contextOf(description.media[section]!, browser));
  };
}

/** A whole description has more than one line and begins with v=, or at least has an o=; else it is a part of one. */
export function isComplete(lines: readonly SdpLine[]): boolean {
  const filled = lines.filter((line) => line.raw.trim() !== '');
  return filled.length > 1 && filled.some((line) => line.type === 'v' || line.type === 'o');
}
