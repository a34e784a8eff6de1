/** The tree of fields of one packet: which of them are in sight, and which one the reader means. */
import type { Field } from '../../../core/stun/field.ts';
import type { PacketDescription } from '../../../core/stun/describe.ts';
import { fit, type Label, textWidth } from '../parts/labels.ts';
import { wrap } from '../parts/fitting.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

interface TreeRow {
  readonly id: string;
  readonly depth: number;
  readonly field: Field;
  readonly isOpen: boolean;
  readonly canOpen: boolean;
}

/** Depth and name too, as a field may fill its parent. */
const fieldId = ({ start, end, name }: Field): string => `${start}-${end} ${name}`;

const holdsPacket = ({ meaning }: Field): boolean => meaning.startsWith('Carried inside');

/** Open from the start: what holds a packet, DTLS records, and the message's own header. */
const opensByItself = (field: Field): boolean =>
  field.name === 'STUN header' ||
  field.name === 'DTLS record' ||
  (field.children ?? []).some(holdsPacket) ||
  holdsPacket(field);

/** `toggled`: ids that the reader opened or closed. The way to `chosen` is always open. */
export function treeOf(
  { fields }: PacketDescription,
  chosen: Field | null,
  toggled: ReadonlySet<string>,
): TreeRow[] {
  const rows: TreeRow[] = [];
  const visit = (field: Field, depth: number): void => {
    const id = fieldId(field);
    const canOpen = (field.children?.length ?? 0) > 0;
    const leads = chosen !== null && covers(field, chosen) && !holdsPacket(field);
    const isOpen =
      canOpen && (toggled.has(id) ? !opensByItself(field) && !leads : opensByItself(field) || leads);
    rows.push({ id, depth, field, isOpen, canOpen });
    if (isOpen) for (const child of field.children!) visit(child, depth + 1);
  };
  for (const field of fields) visit(field, 0);
  return rows;
}

export const covers = (outer: Range, inner: Range): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;

/** The field of exactly these bytes, the innermost; else the leaf that holds the first of them. */
export function fieldAt(fields: readonly Field[], range: Range): Field | null {
  for (const field of fields) {
    if (!covers(field, range)) continue;
    const deeper = fieldAt(field.children ?? [], range);
    if (deeper) return deeper;
    if (field.start === range.start && field.end === range.end) return field;
    return null;
  }
  return null;
}

export function leafAt(fields: readonly Field[], byte: number): Field | null {
  const field = fields.find(({ start, end }) => start <= byte && byte < end);
  if (!field) return null;
  return field.children?.length ? leafAt(field.children, byte) : field;
}

/** From the outermost field to the innermost that holds the range. */
export function pathTo(fields: readonly Field[], range: Range): Field[] {
  const field = fields.find((one) => covers(one, range));
  if (!field) return [];
  return [field, ...pathTo(field.children ?? [], range)];
}

const FRAME = new Set(['Attribute Type', 'Attribute Length', 'Reserved', 'Family', 'Padding']);
const isAttribute = ({ children = [] }: Field): boolean => children[0]?.name === 'Attribute Type';

/** The attribute around a field, or the field itself: what is tinted when the field is marked. */
export function bandOf(fields: readonly Field[], chosen: Field): Field {
  return pathTo(fields, chosen).findLast(isAttribute) ?? chosen;
}

/** The bytes that say it: of an attribute its value, without type, length and padding. */
export function coreOf(chosen: Field): Range[] {
  if (!isAttribute(chosen)) return [chosen];
  const said = chosen.children!.filter(({ name }) => !FRAME.has(name));
  return said.length > 0 ? said : [chosen];
}

/** What tells most of a packet: tried in this order. */
const TELLING = [
  'XOR-RELAYED-ADDRESS',
  'ERROR-CODE',
  'USE-CANDIDATE',
  'XOR-MAPPED-ADDRESS',
  'CHANNEL-NUMBER',
  'XOR-PEER-ADDRESS',
  'PRIORITY',
  'Handshake Type',
  'REQUESTED-TRANSPORT',
  'LIFETIME',
  'Content Type',
  'Flags',
  'Message Type',
];

/** In a packet that carries another, the inner one tells more. */
export function tellingField({ fields }: PacketDescription): Field | null {
  const inner = flat(fields).find(holdsPacket);
  const within = inner?.children?.length ? inner.children : fields;
  const all = flat(within);
  for (const name of TELLING) {
    const found = all.find((field) => field.name === name);
    if (found) return found;
  }
  return all[0] ?? null;
}

const flat = (fields: readonly Field[]): Field[] =>
  fields.flatMap((field) => [field, ...flat(field.children ?? [])]);

/** The fields of one packet, as rows. */

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
