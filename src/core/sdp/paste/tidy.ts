/** What is done to the lines of a description that an editor, a terminal or a mail program has changed. */
import type { Piece } from './excerpt.ts';
import type { SdpLine } from '../lines.ts';

/** A line of a region: what of it belongs to the description. */
export interface Kept {
  readonly line: SdpLine;
  /** Offset in the line where its content begins. */
  readonly column: number;
  readonly content: string;
}

interface Frame {
  /** What stands after `v=0` in its line. */
  readonly suffix: string;
  /** Something stood before the description. */
  readonly wrapped: boolean;
  /** What stood before `v=0` in its line. */
  readonly head: string;
}

interface Tidy {
  readonly pieces: readonly Piece[];
  readonly notices: readonly string[];
}

/** A step: the lines that are left, and what was done; the same lines when nothing was. */
type Step = (lines: readonly Kept[], frame: Frame) => { lines: readonly Kept[]; notice: string } | undefined;

export function tidied(kept: readonly Kept[], frame: Frame): Tidy {
  let lines = kept;
  const notices: string[] = [];
  for (const step of [withoutBlanks, withoutComments, withoutSuffix, withoutPadding, withoutClosing]) {
    const done = step(lines, frame);
    if (done === undefined) continue;
    lines = done.lines;
    notices.push(done.notice);
  }
  const wraps = wrapsOf(lines);
  if (wraps.size > 0)
    notices.push(
      `Lines that a mail program or a page had wrapped were joined again: ${[...wraps].map((index) => lines[index]!.line.number).join(', ')}.`,
    );
  return {
    pieces: lines.flatMap((line, index) => piecesOf(line, wraps.has(index + 1), wraps.has(index))),
    notices,
  };
}

function piecesOf({ line, column, content }: Kept, goesOn: boolean, isRest: boolean): readonly Piece[] {
  const text = isRest ? content.trimStart() : content;
  const from = line.start + column + content.length - text.length;
  if (goesOn) return [{ from, text: `${text.trimEnd()} ` }];
  return [
    { from, text },
    { from: line.end, text: line.eol },
  ];
}

const isBlank = ({ content }: Kept): boolean => content.trim() === '';

const withoutBlanks: Step = (lines) => {
  const last = lines.findLastIndex((line) => !isBlank(line));
  const inner = lines.slice(0, last + 1);
  if (inner.length < 5) return undefined;
  const filled = inner.filter((line) => !isBlank(line));
  const every = filled.length < 3 ? 1 : (inner.length - 1) / (filled.length - 1);
  const regular = inner.every((line, index) => isBlank(line) === (index % every !== 0));
  if (every < 2 || !regular) return undefined;
  return { lines: filled, notice: 'Each line was followed by an empty one: the empty lines were taken out.' };
};

/** Where ` // …` begins, or -1. */
function commentAt(content: string): number {
  const at = content.indexOf(' //');
  const next = content[at + 3];
  return at >= 0 && (next === undefined || next === ' ') ? at : -1;
}

const withoutComments: Step = (lines) => {
  if (!lines.some(({ content }) => commentAt(content) >= 0)) return undefined;
  return {
    lines: lines.map((line) => {
      const at = commentAt(line.content);
      return at < 0 ? line : { ...line, content: line.content.slice(0, at).trimEnd() };
    }),
    notice: 'Comments (//) at the ends of lines were taken off.',
  };
};

const withoutSuffix: Step = (lines, { suffix }) => {
  const mark = suffix.trim();
  if (mark === '' || mark.startsWith('//')) return undefined;
  const ending = lines.filter(({ content }) => content.trimEnd().endsWith(mark));
  if (ending.length * 2 < lines.length) return undefined;
  return {
    lines: lines.map((line) => {
      const content = line.content.trimEnd();
      return content.endsWith(mark) ? { ...line, content: content.slice(0, -mark.length).trimEnd() } : line;
    }),
    notice: `“${mark}” was taken off the ends of ${ending.length} lines.`,
  };
};

const withoutPadding: Step = (lines) => {
  const filled = lines.filter((line) => !isBlank(line));
  const padded = filled.filter(({ content }) => /[ \t]$/.test(content));
  if (filled.length < 4 || padded.length < filled.length - 1) return undefined;
  return {
    lines: lines.map((line) => ({ ...line, content: line.content.trimEnd() })),
    notice: `Spaces were taken off the ends of ${padded.length} lines.`,
  };
};

const OPENED: ReadonlyMap<string, string> = new Map([
  ['{', '}'],
  ['(', ')'],
  ['[', ']'],
  ['<', '>'],
]);

const countOf = (text: string, char: string): number => text.split(char).length - 1;

/** `{sdp: v=0 … a=mid:0, type: offer}`: what was opened before the description is closed behind its last line. */
const withoutClosing: Step = (lines, { head, wrapped }) => {
  const last = lines.at(-1);
  const open = [...head].findLast((char) => OPENED.has(char));
  if (!wrapped || last === undefined || open === undefined) return undefined;
  const close = OPENED.get(open)!;
  const { content } = last;
  const closed = head.lastIndexOf(close) > head.lastIndexOf(open);
  if (closed || !content.trimEnd().endsWith(close) || countOf(content, close) <= countOf(content, open))
    return undefined;
  const at = content.search(/["'`]?,?\s{0,20}["']?(?:type|parsed)["']?\s{0,20}[:=]/i);
  const end = at > 0 ? at : content.lastIndexOf(close);
  return {
    lines: [...lines.slice(0, -1), { ...last, content: content.slice(0, end) }],
    notice: `“${content.slice(end)}” was taken off the end of the last line.`,
  };
};

const FORMED = /^[A-Za-z]=/;
/** Characters: shorter lines are not wrapped. */
const NARROWEST = 50;

/** Indices of lines that are the rest of the line before: that one had no place for their first word. */
function wrapsOf(lines: readonly Kept[]): ReadonlySet<number> {
  const rests = lines.flatMap(({ content }, index) =>
    index > 0 && content.trim() !== '' && !FORMED.test(content) ? [index] : [],
  );
  const none = new Set<number>();
  if (rests.length === 0) return none;
  const width = lines.reduce(
    (most, { content }) => (content.includes(' ') ? Math.max(most, content.trimEnd().length) : most),
    0,
  );
  const full = rests.every((index) => {
    const before = lines[index - 1]!.content.trimEnd();
    const word = lines[index]!.content.trimStart().split(' ', 1)[0]!;
    return (
      /^a=|^[^=]*$/.test(before) &&
      before.length >= NARROWEST &&
      before.length + 1 + word.length > Math.min(width, 100)
    );
  });
  return full ? new Set(rests) : none;
}
