/** The tree of a packet analyser: `Media Attribute (a): rtcp-mux`, the letter in brackets, one line of SDP each. */
import { readLines } from '../lines.ts';
import { join, type Excerpt, type Piece } from './excerpt.ts';
import type { Unwrapped } from './escapes.ts';

const FIELD = /^[\s|+\-\\>▸▾└├─│]*[A-Z][^:()]*\(([a-z])\): ?/;

export function fromDissection(source: Excerpt): Unwrapped | undefined {
  if (!/\(v\): ?0\s/.test(source.text)) return undefined;
  const pieces: Piece[] = [];
  let count = 0;
  for (const { raw, start, end, eol } of readLines(source.text)) {
    const match = FIELD.exec(raw);
    if (match === null) continue;
    count += 1;
    pieces.push(
      { from: start + raw.indexOf(`(${match[1]!})`) + 1, text: `${match[1]!}=` },
      { from: start + match[0].length, text: raw.slice(match[0].length) },
      { from: end, text: eol },
    );
  }
  if (count < 2) return undefined;
  return {
    inner: join(source, pieces),
    kind: 'log',
    notice: `The ${count} lines of SDP were taken out of the tree of a packet analyser; what it explains under them was left out.`,
  };
}
