/** What the page knows of the text in the editor: the editor shows it, and never computes it. */
import { StateEffect, StateField, type EditorState, type Text } from '@codemirror/state';
import type { Finding } from '../../../core/sdp/checks/check.ts';
import type { Reading } from '../../../core/sdp/explain.ts';
import type { SdpLine } from '../../../core/sdp/lines.ts';
import type { Token } from '../../../core/sdp/reader.ts';
import type { Description } from '../../../core/sdp/structure.ts';
import { tokensOf } from '../pieces.ts';

/** Line and token by index. */
export interface Spot {
  readonly line: number;
  readonly token: number;
}

export interface Seen {
  readonly lines: readonly SdpLine[];
  readonly readings: readonly Reading[];
  readonly description: Description | undefined;
  /** By line number. */
  readonly findings: ReadonlyMap<number, readonly Finding[]>;
  readonly pointed: readonly number[];
}

const NOTHING: Seen = { lines: [], readings: [], description: undefined, findings: new Map(), pointed: [] };

export const see = StateEffect.define<Seen>();

export const seenField = StateField.define<Seen>({
  create: () => NOTHING,
  update: (value, { effects }) => effects.findLast((effect) => effect.is(see))?.value ?? value,
});

export interface SeenLine {
  readonly line: SdpLine;
  readonly reading: Reading | undefined;
  readonly findings: readonly Finding[];
}

/** What is known of a line of the editor by its number; nothing as long as it says something else than when it was read. */
export function knownLine(state: EditorState, number: number): SeenLine | undefined {
  const { doc } = state;
  const seen = state.field(seenField);
  const line = seen.lines[number - 1];
  if (line === undefined || number > doc.lines || doc.line(number).text !== line.raw) return undefined;
  return { line, reading: seen.readings[number - 1], findings: seen.findings.get(number) ?? [] };
}

/** The token at an offset of a line, or that ends there. */
export function tokenAt(
  { line, reading }: SeenLine,
  offset: number,
): { token: Token; index: number } | undefined {
  const tokens = tokensOf(line, reading);
  const inside = tokens.findIndex(({ start, end }) => start <= offset && offset < end);
  const index = inside >= 0 ? inside : tokens.findIndex(({ end }) => end === offset);
  const token = tokens[index];
  return token === undefined ? undefined : { token, index };
}

/** Where a position is, as the rest of the page counts. */
export function spotAt(state: EditorState, position: number): Spot {
  const { number, from } = state.doc.lineAt(position);
  const known = knownLine(state, number);
  return { line: number - 1, token: (known && tokenAt(known, position - from)?.index) ?? 0 };
}

/** Where a token begins. */
export function positionOf(state: EditorState, { line, token }: Spot): number | undefined {
  const { doc }: { doc: Text } = state;
  if (line >= doc.lines) return undefined;
  const known = knownLine(state, line + 1);
  const start = known === undefined ? 0 : (tokensOf(known.line, known.reading)[token]?.start ?? 0);
  return doc.line(line + 1).from + start;
}
