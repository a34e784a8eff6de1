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

export function inspect(text: string, options: InspectOptions = {}): Inspection {
  const facts = readFacts(text, options);
  const findings = checks.all.flatMap((check) => check.run(facts));
  findings.sort((a, b) => a.line - b.line);
  const { lines, readings, description, type } = facts;
  return { lines, readings, description, type, findings };
}

function readFacts(text: string, options: InspectOptions): SdpFacts {
  const lines = options.candidates === true ? readCandidateLines(text) : readLines(text);
  const description = describe(lines);
  const complete = options.complete ?? isComplete(lines);
  const browser = !complete || isForBrowsers(description);
  const inSession: LineContext = { browser };
  const contexts = description.media.map((media) => contextOf(media, browser));
  const readings = lines.map((line) => readLine(line, contexts[line.section] ?? inSession));
  const type = options.type ?? guessType(description);
  return { text, lines, readings, description, type, complete, browser };
}

/** A whole description has more than one line and begins with v=, or at least has an o=; else it is a part of one. */
export function isComplete(lines: readonly SdpLine[]): boolean {
  const filled = lines.filter((line) => line.raw.trim() !== '');
  return filled.length > 1 && filled.some((line) => line.type === 'v' || line.type === 'o');
}
