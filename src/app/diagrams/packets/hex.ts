/** Values under the bytes they come from, column by column: how a field's bytes become what it says. */
import type { Field } from '../../../core/stun/field.ts';
import type { Label } from '../parts/labels.ts';
import { ASCII, HEAD, OFFSET, type Panes } from './panes.ts';
import { bandOf, coreOf } from './fields.ts';
import { inSight } from '../parts/rows.ts';
import { readUint } from '../../../core/base/bytes.ts';

interface SheetRow {
  readonly label: string;
  /** One text a byte. */
  readonly cells: readonly string[];
  readonly look: 'packet' | 'plain' | 'result';
}

/** Eight bytes a block, as in the grid above it. */
interface Sheet {
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

/** The bytes of a packet, eight a row; below them how the chosen ones become a value. */

interface ByteCell {
  readonly at: number;
  readonly text: string;
  /** In the chosen field's attribute, or in its very value. */
  readonly look: 'plain' | 'band' | 'core';
}

interface HexRow {
  readonly offset: string;
  readonly top: number;
  readonly cells: readonly ByteCell[];
  readonly letters: string;
}

export interface Hex {
  readonly rows: readonly HexRow[];
  readonly height: number;
  readonly sheets: readonly DrawnSheet[];
  readonly sheetTop: number;
}

interface DrawnSheet extends Sheet {
  readonly top: number;
  /** Where the rows' names stand: beside the columns where there is room. */
  readonly names: 'left' | 'right' | 'above';
  readonly rowHeight: number;
}

const SHEET_GAP = 16;
/** Longest name of a row, reserved. */
const NAME_ROOM = 168;

export function hexOf(
  bytes: Uint8Array,
  chosen: Field | null,
  fields: readonly Field[],
  { bytes: pane, hexRow, cell }: Panes,
  scroll: number,
): Hex {
  const count = Math.ceil(bytes.length / 8);
  const [first, last] = inSight(count, hexRow, { scroll, height: pane.height - HEAD });
  const look = looks(chosen, fields);
  const rows = Array.from({ length: last - first }, (_, at) => rowAt(bytes, first + at, hexRow, look));
  const sheetTop = count * hexRow + SHEET_GAP;
  let top = sheetTop;
  const sheets = (chosen ? worksheet(bytes, chosen) : []).map((sheet) => {
    const drawn = drawSheet(sheet, top, cell);
    top += (sheet.rows.length + (sheet.sum ? 1 : 0)) * drawn.rowHeight + SHEET_GAP;
    return drawn;
  });
  return { rows, height: top, sheets, sheetTop };
}

function drawSheet(sheet: Sheet, top: number, cell: number): DrawnSheet {
  const end = sheet.column + (sheet.rows[0]?.cells.length ?? 0);
  const isLeft = OFFSET + sheet.column * cell >= NAME_ROOM;
  const isRight = (8 - end) * cell + ASCII >= NAME_ROOM;
  const names = isLeft ? 'left' : isRight ? 'right' : 'above';
  return { ...sheet, top, names, rowHeight: names === 'above' ? 38 : 23 };
}

function looks(chosen: Field | null, fields: readonly Field[]): (at: number) => ByteCell['look'] {
  if (!chosen) return () => 'plain';
  const band = bandOf(fields, chosen);
  const core = coreOf(chosen);
  return (at) => {
    if (core.some(({ start, end }) => start <= at && at < end)) return 'core';
    return band.start <= at && at < band.end ? 'band' : 'plain';
  };
}

function rowAt(
  bytes: Uint8Array,
  place: number,
  height: number,
  look: (at: number) => ByteCell['look'],
): HexRow {
  const start = place * 8;
  const part = [...bytes.subarray(start, start + 8)];
  return {
    offset: String(start).padStart(2, '0'),
    top: place * height,
    cells: part.map((byte, at) => ({
      at: start + at,
      text: byte.toString(16).padStart(2, '0'),
      look: look(start + at),
    })),
    letters: part.map((byte) => (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join(''),
  };
}

/** In coordinates of the grid. */
export function hexLabels({ rows, sheets }: Hex, { cell, hexRow }: Panes): Label[] {
  const middle = (column: number): number => OFFSET + (column + 0.5) * cell;
  const mono = { size: 13, mono: true } as const;
  return [
    ...rows.flatMap(({ offset, top, cells, letters }): Label[] => [
      { text: offset, x: 0, y: top + hexRow * 0.65, size: 12, mono: true, tone: 'ink-3' },
      ...cells.map(({ text }, at): Label => ({
        ...mono,
        text,
        x: middle(at),
        y: top + hexRow * 0.65,
        anchor: 'middle',
      })),
      {
        text: letters,
        x: OFFSET + 8 * cell + 10,
        y: top + hexRow * 0.65,
        size: 12,
        mono: true,
        tone: 'ink-3',
      },
    ]),
    ...sheets.flatMap((sheet) => sheetLabels(sheet, cell)),
  ];
}

function sheetLabels({ rows, sum, column, top, names, rowHeight }: DrawnSheet, cell: number): Label[] {
  const left = OFFSET + column * cell;
  const right = left + (rows[0]?.cells.length ?? 0) * cell;
  const nameAt = { left: left - 12, right: right + 12, above: OFFSET }[names];
  const anchor = names === 'left' ? 'end' : 'start';
  const name = { size: 12, tone: 'ink-2', x: nameAt, anchor } as const;
  const base = names === 'above' ? 32 : 16;
  const lines = rows.flatMap(({ label, cells }, line): Label[] => [
    { ...name, text: label, y: top + line * rowHeight + (names === 'above' ? 13 : 16) },
    ...cells.map((text, at): Label => ({
      size: 13,
      mono: true,
      text,
      x: left + (at + 0.5) * cell,
      y: top + line * rowHeight + base,
      anchor: 'middle',
    })),
  ]);
  const end: Label = {
    text: sum,
    x: left + 6,
    y: top + rows.length * rowHeight + base,
    size: 13,
    mono: true,
    bold: true,
  };
  return sum ? [...lines, end] : lines;
}
