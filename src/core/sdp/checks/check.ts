/** What a lint rule is made of. One file per rule; `index.ts` lists them. */
import type { Cite } from '../../base/cite.ts';
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

/** A part of a line: offsets in its raw text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A line that a finding is about, and the part of it that is meant; all of it when there are no offsets. */
export interface Place extends Partial<Span> {
  readonly line: number;
}

export interface Finding extends Place {
  readonly rule: string;
  readonly severity: Severity;
  /** All lines that are involved, in their order, when there are several. */
  readonly lines?: readonly number[];
  /** Where in the other lines, when there are several: those of `lines` without the guilty one. */
  readonly others?: readonly Place[];
  /** What is wrong, in one clause without a full stop: `The group names mid 2, which is not there`. */
  readonly claim: string;
  /** Why it matters, or what is expected: one sentence. */
  readonly reason: string;
  /** Claim and reason together. */
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

/** A line, or a part of one. */
export type Spot = SdpLine | { readonly line: SdpLine; readonly at: Span | undefined };

/** What a rule says of a line. */
export interface Said {
  readonly claim: string;
  readonly reason: string;
  /** The part of the line that is meant, when it is not all of it. */
  readonly at?: Span | undefined;
  /** When it differs from that of the rule. */
  readonly severity?: Severity;
  /** What else is involved. */
  readonly with?: readonly Spot[];
  readonly rfc?: Cite;
  readonly fix?: Fix | undefined;
}

export type Report = (line: SdpLine, said: Said) => void;

/** A rule from a function that reports what it finds. */
export function check(
  entry: Omit<Check, 'run'> & { readonly find: (facts: SdpFacts, report: Report) => void },
): Check {
  const { find, ...rest } = entry;
  return { ...rest, run: (facts) => collect(rest, (report) => find(facts, report)) };
}

function collect(rule: Omit<Check, 'run'>, find: (report: Report) => void): readonly Finding[] {
  const findings: Finding[] = [];
  let more: { readonly line: SdpLine; readonly severity: Severity; readonly count: number } | undefined;
  find((line, said) => {
    if (findings.length < MOST) return void findings.push(findingOf(rule, line, said));
    const severity = said.severity ?? rule.severity;
    more = {
      line: more?.line ?? line,
      severity: more === undefined ? severity : worse(more.severity, severity),
      count: (more?.count ?? 0) + 1,
    };
  });
  return more === undefined ? findings : [...findings, countedOf(rule, more)];
}

/** Findings of one rule that are listed; the rest is counted. Nobody reads them, and a page could not show them. */
const MOST = 2000;

const SEVERITIES: readonly Severity[] = ['info', 'warning', 'error'];
const worse = (a: Severity, b: Severity): Severity => (SEVERITIES.indexOf(a) < SEVERITIES.indexOf(b) ? b : a);

const countedOf = (
  rule: Omit<Check, 'run'>,
  { line, severity, count }: { line: SdpLine; severity: Severity; count: number },
): Finding =>
  findingOf(rule, line, {
    claim: `From here on there ${count === 1 ? 'is one more' : `are ${count} more`} of this kind`,
    reason: `${MOST} of them are listed, the others are counted.`,
    severity,
  });

function findingOf(rule: Omit<Check, 'run'>, line: SdpLine, said: Said): Finding {
  const others = (said.with ?? []).map((spot) =>
    'raw' in spot ? placeOf(spot) : placeOf(spot.line, spot.at),
  );
  const lines = [line.number, ...others.map((other) => other.line)].sort((a, b) => a - b);
  return {
    rule: rule.id,
    severity: said.severity ?? rule.severity,
    ...placeOf(line, said.at),
    ...(others.length === 0 ? {} : { lines: [...new Set(lines)], others }),
    claim: said.claim,
    reason: said.reason,
    message: `${said.claim}. ${said.reason}`,
    rfc: said.rfc ?? rule.rfc,
    ...(said.fix === undefined ? {} : { fix: said.fix }),
  };
}

const placeOf = (line: SdpLine, at?: Span): Place => ({
  line: line.number,
  ...(at === undefined || at.end <= at.start ? {} : { start: at.start, end: at.end }),
});

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

/** Takes a part of a line out. */
export const removePart = (title: string, line: SdpLine, part: Span): Fix =>
  replacePart(title, { line, at: part }, '');

/** Writes another text in place of a part of a line. */
export const replacePart = (title: string, { line, at }: { line: SdpLine; at: Span }, text: string): Fix => ({
  title,
  edits: [{ start: line.start + at.start, end: line.start + at.end, text }],
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
