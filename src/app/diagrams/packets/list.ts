/** One row of the list of packets. */
import type { CandidateType } from '../../../core/sdp/priority.ts';
import { firstFit } from '../parts/fitting.ts';
import { type Label, fit, textWidth } from '../parts/labels.ts';
import { type Entry, type Party, partyText } from './model.ts';
import type { Panes } from './panes.ts';

export interface ListRow {
  readonly id: string;
  /** 1 for the first. */
  readonly position: number;
  readonly top: number;
  readonly time: string;
  readonly from: Party;
  readonly to: Party;
  readonly name: string;
  readonly mark: CandidateType | 'fail' | null;
  readonly value: string;
  readonly note: string;
  /** Null where there is no room for it: the fields begin with it. */
  readonly bytes: number | null;
  readonly width: number;
  readonly say: string;
}

export const LIST_ROW = 27;
/** Left edges: who, and what. */
export const WHO = 58;
export const WHAT = 158;
const MARK = 20;

export function listRow(entry: Entry, place: number, width: number, form: Panes['form']): ListRow {
  const { seen, from, to } = entry;
  const time = seen.at.toFixed(form === 'narrow' || seen.at >= 10_000 ? 0 : 1);
  const bytes = sizeOf(seen.packet.bytes);
  const shown = form === 'narrow' ? null : bytes;
  return {
    id: seen.id,
    position: place + 1,
    top: place * LIST_ROW,
    time,
    from,
    to,
    ...wordsOf(entry, width - WHAT - GAP - 10 - (shown === null ? 0 : textWidth(sizeLabel(shown, width)))),
    bytes: shown,
    width,
    say: sayRow(entry, time, bytes),
  };
}

/** Bytes that a text of base64 stands for. */
const sizeOf = (base64: string): number =>
  Math.floor(((base64.length - (/={0,2}$/.exec(base64)?.[0].length ?? 0)) * 3) / 4);

function sayRow({ from, to, gist }: Entry, time: string, bytes: number): string {
  const { name, mark, value, note } = gist;
  const what = [mark === 'fail' ? `refused, ${value}` : value, note].filter(Boolean).join(', ');
  return `${time} ms, ${partyText(from)} to ${partyText(to)}: ${name}${what && `, ${what}`}, ${bytes} bytes`;
}

/** As many words as there is room for: the name, then the value, then the note. */
function wordsOf({ gist }: Entry, room: number): Pick<ListRow, 'name' | 'mark' | 'value' | 'note'> {
  const name = fit(gist.name, room, NAME);
  let rest = room - textWidth({ ...NAME, text: name }) - GAP;
  const markRoom = gist.mark ? MARK : 0;
  const note = gist.value && gist.note === 'for' ? `for ${gist.value}` : gist.note;
  const isToldInside = gist.note === 'for' || (gist.inner !== '' && gist.name !== 'ChannelData');
  const shown = isToldInside ? '' : gist.value;
  const value = firstFit([shown, portOf(shown)], rest - markRoom, VALUE);
  if (value) rest -= textWidth({ ...VALUE, text: value }) + markRoom + GAP;
  return {
    name,
    mark: value || rest >= markRoom ? gist.mark : null,
    value,
    note: firstFit([note, note.replace(', wrapped', '')], rest, NOTE),
  };
}

/** `:51742` of a transport address, which tells it from others of the same host. */
const portOf = (value: string): string => /:\d+$/.exec(value)?.[0] ?? value;

const NAME = { size: 13 } as const;
const VALUE = { size: 12, mono: true } as const;
const NOTE = { size: 12 } as const;
const GAP = 8;

const sizeLabel = (bytes: number, width: number): Label => ({
  ...VALUE,
  text: String(bytes),
  x: width - 10,
  y: 0,
  anchor: 'end',
});

/** In coordinates of the list. */
export function listLabels(row: ListRow): Label[] {
  const y = row.top + 18;
  const nameEnd = WHAT + textWidth({ ...NAME, text: row.name }) + GAP;
  const valueAt = nameEnd + (row.mark ? MARK : 0);
  const noteAt = row.value ? valueAt + textWidth({ ...VALUE, text: row.value }) + GAP : valueAt;
  const labels: Label[] = [
    { text: row.time, x: WHO - 10, y, size: 12, mono: true, anchor: 'end' },
    { text: row.name, x: WHAT, y, ...NAME },
    { text: row.value, x: valueAt, y, ...VALUE },
    { text: row.note, x: noteAt, y, ...NOTE, tone: 'ink-2' },
    ...(row.bytes === null ? [] : [{ ...sizeLabel(row.bytes, row.width), y }]),
  ];
  return labels.filter(({ text }) => text !== '');
}
