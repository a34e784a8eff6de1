/** One line cut into the pieces that the page shows: tokens, which can be selected, and what stands between them. */
import type { Finding } from '../../core/sdp/checks/check.ts';
import type { Reading } from '../../core/sdp/explain.ts';
import { visible } from '../../core/sdp/grammar.ts';
import type { SdpLine } from '../../core/sdp/lines.ts';
import type { Severity, Token } from '../../core/sdp/reader.ts';

export type CandidateKind = 'host' | 'srflx' | 'prflx' | 'relay';

export interface Piece {
  /** Offset in the line; with the line's number it is a key. */
  readonly start: number;
  /** Control and invisible characters are written as escapes. */
  readonly text: string;
  /** Index among the tokens of the line; undefined for what stands between tokens. */
  readonly token: number | undefined;
  readonly tone: 'plain' | 'faint' | 'strong' | CandidateKind;
  readonly severity: Severity | undefined;
}

interface Range {
  readonly start: number;
  readonly end: number;
  readonly severity: Severity;
}

/** A token for the whole line, so that a line without any can be selected too. */
export const wholeLine = ({ raw }: SdpLine, reading: Reading | undefined): Token => ({
  start: 0,
  end: raw.length,
  role: raw.trim() === '' ? 'empty line' : 'line',
  explanation: reading?.explanation ?? 'Not read yet.',
});

/** The tokens of a line without those that lie inside another one, in their order; at least one. */
export function tokensOf(line: SdpLine, reading: Reading | undefined): readonly Token[] {
  const sorted = [...(reading?.tokens ?? [])].sort((a, b) => a.start - b.start || b.end - a.end);
  const apart: Token[] = [];
  for (const token of sorted)
    if (token.end > token.start && token.start >= (apart.at(-1)?.end ?? 0)) apart.push(token);
  return apart.length === 0 ? [wholeLine(line, reading)] : apart;
}

interface Inputs {
  readonly line: SdpLine;
  readonly reading: Reading | undefined;
  /** The findings of this line. */
  readonly findings: readonly Finding[];
  /** Characters after which the rest of the line is left out. */
  readonly limit: number;
}

export function piecesOf({ line, reading, findings, limit }: Inputs): readonly Piece[] {
  const tokens = tokensOf(line, reading);
  const marks = findings.flatMap((finding) => marksOf(finding, line, tokens));
  const kind = candidateKind(line, reading);
  const pieces: Piece[] = [];
  let at = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.start >= limit) break;
    if (token.start > at) pieces.push(between(line, { start: at, end: token.start }));
    const end = Math.min(token.end, limit);
    pieces.push({
      start: token.start,
      text: visible(line.raw.slice(token.start, end)),
      token: index,
      tone: toneOf(token, { line, kind }),
      severity: worst(marks.filter((mark) => mark.start < token.end && mark.end > token.start)),
    });
    at = end;
  }
  const end = Math.min(line.raw.length, limit);
  if (at < end) pieces.push(between(line, { start: at, end }));
  return pieces;
}

const between = ({ raw }: SdpLine, { start, end }: { start: number; end: number }): Piece => ({
  start,
  text: visible(raw.slice(start, end)),
  token: undefined,
  tone: start < 2 ? 'faint' : 'plain',
  severity: undefined,
});

function toneOf(
  token: Token,
  { line, kind }: { line: SdpLine; kind: CandidateKind | undefined },
): Piece['tone'] {
  if (token.role === 'type') return 'faint';
  if (token.role === 'name' || line.type === 'm') return 'strong';
  return kind !== undefined && (token.role === 'address' || token.role === 'port') ? kind : 'plain';
}

const KINDS: readonly CandidateKind[] = ['host', 'srflx', 'prflx', 'relay'];

/** The kind of the candidate that a line holds. */
export function candidateKind(line: SdpLine, reading: Reading | undefined): CandidateKind | undefined {
  if (line.name !== 'candidate') return undefined;
  const token = reading?.tokens.find(({ role }) => role === 'candidate type');
  const text = token === undefined ? '' : line.raw.slice(token.start, token.end);
  return KINDS.find((kind) => kind === text);
}

/** Which parts of a line a finding is about; of a line that is meant as a whole, its name. */
function marksOf(finding: Finding, line: SdpLine, tokens: readonly Token[]): readonly Range[] {
  const name = tokens.find(({ role }) => role === 'name' || role === 'type') ?? tokens[0]!;
  return [finding, ...(finding.others ?? [])]
    .filter((place) => place.line === line.number)
    .map(({ start = name.start, end = name.end }) => ({ start, end, severity: finding.severity }));
}

const RANK: Readonly<Record<Severity, number>> = { error: 2, warning: 1, info: 0 };

/** The gravest of some findings. */
export const worst = (found: readonly { readonly severity: Severity }[]): Severity | undefined =>
  found.reduce<Severity | undefined>(
    (grave, { severity }) => (grave === undefined || RANK[severity] > RANK[grave] ? severity : grave),
    undefined,
  );

/** What the settings of a codec come to, beside its rtpmap line: `Constrained Baseline 3.1, non-interleaved`. */
export const codecNote = (line: SdpLine, reading: Reading | undefined): string | undefined =>
  line.name === 'rtpmap'
    ? /^Payload type \S+ stands for \S+: (.*)\.$/.exec(reading?.explanation ?? '')?.[1]
    : undefined;
