/** What a lint rule is made of. One file per rule; `index.ts` lists them. */
import type { Cite } from '../rfc-sections.ts';
import type { Reading } from '../explain.ts';
import type { SdpLine } from '../lines.ts';
import type { Severity } from '../reader.ts';
import type { Description, DescriptionType } from '../structure.ts';

/** Replace the text from `start` to `end` (offsets in the whole text). */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Fix {
  /** What it does, as an order: `Write "s=-"`. */
  readonly title: string;
  /** In ascending order, without overlap. */
  readonly edits: readonly Edit[];
}

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** The number of the guilty line. */
  readonly line: number;
  /** All lines that are involved, when there are several. */
  readonly lines?: readonly number[];
  readonly message: string;
  readonly rfc: Cite;
  readonly fix?: Fix;
}

/** What rules look at. */
export interface SdpFacts {
  readonly text: string;
  readonly lines: readonly SdpLine[];
  /** One for each line. */
  readonly readings: readonly Reading[];
  readonly description: Description;
  /** What the description is, when the input or the text tells. */
  readonly type: DescriptionType | undefined;
  /** Whether it is a whole description and not some lines of one. */
  readonly complete: boolean;
  /** Whether browsers are to read it, which refuse what other readers put up with. True for single lines. */
  readonly browser: boolean;
}

export interface Check {
  readonly id: string;
  /** `error` only where a conforming parser or a browser refuses the description or breaks on it. */
  readonly severity: Severity;
  readonly rfc: Cite;
  /** A text that the rule objects to. */
  readonly example: string;
  readonly run: (facts: SdpFacts) => readonly Finding[];
}

interface More {
  /** When it differs from that of the rule. */
  readonly severity?: Severity;
  /** Other lines that are involved. */
  readonly with?: readonly SdpLine[];
  readonly rfc?: Cite;
  readonly rule?: string;
  readonly fix?: Fix;
}

export type Report = (line: SdpLine, message: string, more?: More) => void;

/** A rule from a function that reports what it finds. */
export function check(
  entry: Omit<Check, 'run'> & { readonly find: (facts: SdpFacts, report: Report) => void },
): Check {
  const { find, ...rest } = entry;
  return { ...rest, run: (facts) => collect(rest, (report) => find(facts, report)) };
}

function collect(rule: Omit<Check, 'run'>, find: (report: Report) => void): readonly Finding[] {
  const findings: Finding[] = [];
  find((line, message, more = {}) => {
    const others = (more.with ?? []).map((other) => other.number);
    findings.push({
      rule: more.rule ?? rule.id,
      severity: more.severity ?? rule.severity,
      line: line.number,
      ...(others.length === 0 ? {} : { lines: [line.number, ...others].sort((a, b) => a - b) }),
      message,
      rfc: more.rfc ?? rule.rfc,
      ...(more.fix === undefined ? {} : { fix: more.fix }),
    });
  });
  return findings;
}

/** The severity of what makes browsers refuse a description: other readers only stumble. */
export const whereBrowsersRead = ({ browser }: SdpFacts): Severity => (browser ? 'error' : 'warning');

/** The text after a fix. */
export function applyFix(text: string, fix: Fix): string {
  let result = '';
  let at = 0;
  for (const edit of fix.edits) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** Takes a line out, with its line ending. */
export const removeLine = (title: string, line: SdpLine): Fix => ({
  title,
  edits: [{ start: line.start, end: line.end + line.eol.length, text: '' }],
});

/** Writes another text in place of a line. */
export const replaceLine = (title: string, line: SdpLine, text: string): Fix => ({
  title,
  edits: [{ start: line.start, end: line.end, text }],
});

/** Adds a line after another one, with the same line ending. */
export const addLineAfter = (title: string, line: SdpLine, text: string): Fix => {
  const eol = line.eol === '' ? '\r\n' : line.eol;
  const at = line.end + line.eol.length;
  return {
    title,
    edits: [{ start: at, end: at, text: (line.eol === '' ? eol : '') + text + (line.eol === '' ? '' : eol) }],
  };
};
