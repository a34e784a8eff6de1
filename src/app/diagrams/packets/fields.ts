/** The tree of fields of one packet: which of them are in sight, and which one the reader means. */
import type { Field } from '../../../core/stun/field.ts';
import type { PacketDescription } from '../../../core/stun/describe.ts';

export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface TreeRow {
  readonly id: string;
  readonly depth: number;
  readonly field: Field;
  readonly isOpen: boolean;
  readonly canOpen: boolean;
}

/** Depth and name too, as a field may fill its parent. */
export const fieldId = ({ start, end, name }: Field): string => `${start}-${end} ${name}`;

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
