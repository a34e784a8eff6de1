/** The fields of one packet, as rows. */
import type { PacketDescription } from '../../../core/stun/describe.ts';
import type { Field } from '../../../core/stun/field.ts';
import { wrap } from '../parts/fitting.ts';
import { type Label, fit, textWidth } from '../parts/labels.ts';
import { type TreeRow, treeOf } from './fields.ts';

export interface DrawnField extends TreeRow {
  readonly top: number;
  readonly height: number;
  readonly name: string;
  readonly value: string;
  readonly isStrong: boolean;
  /** What the chosen field means, in lines. */
  readonly notes: readonly string[];
  readonly valueAt: number;
}

const ROW = 27;
const NOTE = 17;
const STEP = 14;

/** The first row is the packet as a whole; `total` its bytes. */
export function treeRows(
  description: PacketDescription,
  chosen: Field | null,
  toggled: ReadonlySet<string>,
  width: number,
  total: number,
): DrawnField[] {
  const whole: Field = {
    start: 0,
    end: total,
    name: description.summary,
    value: `${total} bytes`,
    meaning: description.problem?.message ?? '',
  };
  const head: TreeRow = { id: 'whole', depth: 0, field: whole, isOpen: true, canOpen: false };
  let top = 0;
  return [head, ...treeOf(description, chosen, toggled)].map((row) => {
    const drawn = drawField(row, top, row.field === chosen, width);
    top += drawn.height;
    return drawn;
  });
}

function drawField(row: TreeRow, top: number, isChosen: boolean, width: number): DrawnField {
  const { field, id, depth, canOpen } = row;
  const isHead = id === 'whole';
  const indent = isHead ? 8 : 20 + depth * STEP;
  const valueAt = isHead ? width - 90 : valueEdge(row, indent, width);
  const isStrong = isHead || (canOpen && depth < 2);
  const lines = isChosen ? wrap(field.meaning, Math.max(120, width - indent - 16), { size: 12 }) : [];
  const notes = lines.filter((line) => line !== '');
  return {
    ...row,
    top,
    height: ROW + (notes.length > 0 ? notes.length * NOTE + 6 : 0),
    name: fit(field.name, valueAt - indent - 6, { size: 13, bold: isStrong }),
    value: fit(field.value, width - valueAt - 8, { size: 12, mono: true }),
    isStrong,
    notes,
    valueAt,
  };
}

/** Where values begin; a long name pushes its own a little to the right. */
function valueEdge({ field, canOpen, depth }: TreeRow, indent: number, width: number): number {
  const name = textWidth({ text: field.name, size: 13, bold: canOpen && depth < 2 });
  const wished = Math.max(width * 0.44, indent + 96, indent + name + 10);
  return Math.round(Math.min(wished, Math.max(width * 0.56, indent + 96)));
}

export const indentOf = ({ id, depth }: TreeRow): number => (id === 'whole' ? 8 : 20 + depth * STEP);

export const treeLabels = (rows: readonly DrawnField[]): Label[] =>
  rows.flatMap((row): Label[] => [
    { text: row.name, x: indentOf(row), y: row.top + 18, size: 13, bold: row.isStrong },
    { text: row.value, x: row.valueAt, y: row.top + 18, size: 12, mono: true },
    ...row.notes.map((text, at): Label => ({
      text,
      x: indentOf(row),
      y: row.top + ROW + 12 + at * NOTE,
      size: 12,
      tone: 'ink-2',
    })),
  ]);
