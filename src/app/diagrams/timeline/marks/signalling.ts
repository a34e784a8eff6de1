import type { CandidateType } from '../../../../core/sdp/priority.ts';
import { readCandidate } from '../../../../core/projections/candidates.ts';
import type { Message } from '../../../../core/projections/messages.ts';
import { type Drawn, type Mark, type Pen, icon, line } from './mark.ts';

/** Half of a flight of which only one end was recorded. */
const STUB = 10;

/** Letters: each flies from the sender's row to the receiver's, its slope is its travel time. */
export function drawSignalling(messages: readonly Message[], pen: Pen): Drawn {
  const marks: Mark[] = [];
  for (const message of messages) {
    const mark = flight(message, pen);
    if (mark) marks.push(mark);
  }
  return { marks, texts: [] };
}

function flight(message: Message, pen: Pen): Mark | null {
  const { sentAt, receivedAt } = message;
  const at = sentAt ?? receivedAt;
  const row = pen.row(sentAt === null ? message.to : message.from);
  if (at === null || row === null) return null;
  const x = pen.x(at);
  const sign = signOf(message);
  if (!pen.seen(x, row, sign)) return null;
  const other = pen.row(sentAt === null ? message.from : message.to) ?? pen.across(row);
  const lost = message.passage?.dropped;
  if (lost) return lostMark(message, pen, { x, row, sign });
  const arrives = sentAt !== null && receivedAt !== null ? pen.x(receivedAt) : null;
  const end: [number, number] = arrives === null ? [x + STUB, (row + other) / 2] : [arrives, other];
  return {
    key: message.id,
    selects: { kind: 'event', id: message.id },
    name: nameOf(message, pen),
    left: x,
    right: end[0],
    y: (row + end[1]) / 2,
    shapes: [line([x, row], end, 'wire', 1.5), head(sign, x, row)],
  };
}

/** It went in and never came out. */
function lostMark(
  message: Message,
  pen: Pen,
  { x, row, sign }: { readonly x: number; readonly row: number; readonly sign: Sign },
): Mark {
  const end = Math.max(x + STUB, pen.x(message.passage!.dropped!.at));
  return {
    key: message.id,
    selects: { kind: 'event', id: message.id },
    name: `${nameOf(message, pen)}, dropped`,
    left: x,
    right: end,
    y: row,
    shapes: [line([x, row], [end, row], 'wire', 1.5), head(sign, x, row), icon('fail', end, row, 0.7)],
  };
}

type Sign = CandidateType | 'letter' | 'note';

/** Offers and answers are letters, the end of candidates is a note, a candidate carries its own mark. */
function signOf({ kind, payload }: Message): Sign {
  if (kind === 'end') return 'note';
  if (kind !== 'candidate') return 'letter';
  const text = payload !== null && 'candidate' in payload ? String(payload.candidate) : '';
  return readCandidate(text)?.type ?? 'note';
}

function head(sign: Sign, x: number, y: number) {
  if (sign === 'letter') return icon('envelope', x, y, 12);
  return sign === 'note' ? icon('envelope', x, y, 8) : icon(sign, x, y, 0.62);
}

const nameOf = (message: Message, pen: Pen): string =>
  `${message.kind === 'end' ? 'end of candidates' : message.kind}, ${pen.label(message.from)} to ${pen.label(message.to)}`;
