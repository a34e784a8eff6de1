import type { Call } from '../../../../core/projections/calls.ts';
import { fit, textWidth } from '../../parts/labels.ts';
import { type Drawn, type Mark, type MarkText, type Pen, type Shape, icon } from './mark.ts';

const HEIGHT = 14;
const STYLE = { size: 11, mono: true } as const;
/** A name cut to fewer letters than this says nothing. */
const LETTERS = 4;

/** What the page asked of the browser: a bar as long as the call took, with its name where it fits. */
export function drawCalls(calls: readonly Call[], pen: Pen): Drawn {
  const marks: Mark[] = [];
  const texts: MarkText[] = [];
  const ends = new Map<number, number>();
  for (const call of calls) {
    const row = pen.row(call.peer);
    const x = pen.x(call.startedAt);
    if (row === null || !pen.seen(x, row, call.outcome === 'rejected' ? 'always' : 'call')) continue;
    const width = Math.max(3, (call.endedAt === null ? pen.right : pen.x(call.endedAt)) - x - 1.5);
    const bar: Shape = {
      shape: 'bar',
      x,
      y: row - HEIGHT / 2,
      width,
      height: HEIGHT,
      refused: call.outcome === 'rejected',
    };
    const text = x >= (ends.get(row) ?? -Infinity) ? nameWithin(call, x, width, row) : null;
    if (text) texts.push(text);
    ends.set(row, Math.max(ends.get(row) ?? -Infinity, x + width));
    marks.push({
      key: call.id,
      selects: { kind: 'event', id: call.id },
      name: nameOf(call, pen),
      left: x,
      right: x + width,
      y: row,
      shapes: bar.refused ? [bar, icon('fail', cross(x, width, text), row, 0.5)] : [bar],
    });
  }
  return { marks, texts };
}

function nameWithin(call: Call, x: number, width: number, row: number): MarkText | null {
  const room = width - 8 - (call.outcome === 'rejected' ? 14 : 0);
  const text = fit(call.name, room, STYLE);
  if (text !== call.name && text.length <= LETTERS) return null;
  return { at: call.startedAt, text, x: x + 5, y: row + 3.9, mono: true };
}

/** The cross of a refused call: after its name, or in the middle of a bar too short for one. */
const cross = (x: number, width: number, text: MarkText | null): number =>
  text ? text.x + textWidth({ ...STYLE, text: text.text }) + 9 : x + width / 2;

const OUTCOME = { pending: 'not answered yet', resolved: 'done', rejected: 'refused' } as const;

const nameOf = (call: Call, pen: Pen): string =>
  `${pen.label(call.peer)} ${call.name}${call.detail ? ` (${call.detail})` : ''}, ${OUTCOME[call.outcome]}`;
