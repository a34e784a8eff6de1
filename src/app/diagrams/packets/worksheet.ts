/** Values under the bytes they come from, column by column: how a field's bytes become what it says. */
import type { Field } from '../../../core/stun/field.ts';
import { readUint } from '../../../core/base/bytes.ts';
import { coreOf } from './fields.ts';

export interface SheetRow {
  readonly label: string;
  /** One text a byte. */
  readonly cells: readonly string[];
  readonly look: 'packet' | 'plain' | 'result';
}

/** Eight bytes a block, as in the grid above it. */
export interface Sheet {
  /** Column of the first byte, 0 to 7. */
  readonly column: number;
  readonly rows: readonly SheetRow[];
  /** What all columns together say; '' where the cells say it. */
  readonly sum: string;
}

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');

/** Empty for what is too long to be worked out by hand, or says nothing new. */
export function worksheet(bytes: Uint8Array, chosen: Field): Sheet[] {
  const field = coreOf(chosen).at(-1) as Field;
  const taken = bytes.subarray(field.start, field.end);
  if (field.name === 'X-Address')
    return taken.length > 8 ? inTwo(bytes, field) : [xorSheet(bytes, field, 'address')];
  if (field.name === 'X-Port') return [xorSheet(bytes, field, 'port')];
  if (taken.length === 0 || taken.length > 8) return [];
  if (isText(taken))
    return [sheet(field, taken, [row('as letters', taken, (byte) => String.fromCharCode(byte))])];
  if (taken.length > 6 || field.name === 'Padding') return [];
  const sum = taken.length > 1 ? `= ${readUint(taken)}` : '';
  return [sheet(field, taken, [row('in decimal', taken, String)], sum)];
}

const isText = (bytes: Uint8Array): boolean =>
  bytes.length > 1 && bytes.every((byte) => byte >= 0x20 && byte < 0x7f);

const row = (
  label: string,
  bytes: Uint8Array,
  show: (byte: number) => string,
  look: SheetRow['look'] = 'result',
): SheetRow => ({
  label,
  cells: [...bytes].map(show),
  look,
});

const sheet = ({ start }: Field, taken: Uint8Array, rows: readonly SheetRow[], sum = ''): Sheet => ({
  column: taken.length + (start % 8) <= 8 ? start % 8 : 0,
  rows: [row('in the packet', taken, hex, 'packet'), ...rows],
  sum,
});

/** RFC 8489, section 14.2: address and port are XOR-ed with the cookie, IPv6 also with the transaction id. */
function xorSheet(
  bytes: Uint8Array,
  field: Field,
  what: 'address' | 'port',
  from = 0,
  to = field.end - field.start,
): Sheet {
  const part = { ...field, start: field.start + from, end: field.start + to };
  const taken = bytes.subarray(part.start, part.end);
  const header = headerOf(bytes, field.start);
  const mask = bytes.subarray(header + 4 + from, header + 4 + from + taken.length);
  const plain = taken.map((byte, at) => byte ^ mask[at]!);
  const with_ = from === 0 && to <= 4 ? 'xor the magic cookie' : 'xor cookie and id';
  const isLong = field.end - field.start > 4;
  const gives = row('gives', plain, hex, 'result');
  const rows = [row(with_, mask, hex, 'plain'), gives];
  if (what === 'port') return sheet(part, taken, rows, `= ${readUint(plain)}`);
  return sheet(part, taken, isLong ? rows : [...rows, row('in decimal', plain, String)], '');
}

const inTwo = (bytes: Uint8Array, field: Field): Sheet[] => [
  { ...xorSheet(bytes, field, 'address', 0, 8), column: 0 },
  { ...xorSheet(bytes, field, 'address', 8, 16), column: 0 },
];

/** Where the STUN message that holds this byte begins: the nearest magic cookie before it, in a packet inside a packet. */
function headerOf(bytes: Uint8Array, before: number): number {
  for (let at = before - 20; at > 0; at--)
    if (bytes[at + 4] === 0x21 && bytes[at + 5] === 0x12 && bytes[at + 6] === 0xa4 && bytes[at + 7] === 0x42)
      return at;
  return 0;
}
