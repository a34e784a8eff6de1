/** Packets as geometry: the list, the fields of the chosen packet, its bytes. Pure; what scrolls is cut to what is in sight. */
import type { Selection, View } from '../../../core/projections/view.ts';
import type { Field } from '../../../core/stun/field.ts';
import type { Size } from '../diagram.ts';
import { emptyWords } from '../parts/fitting.ts';
import type { Label } from '../parts/labels.ts';
import { inSight } from '../parts/rows.ts';
import { type DrawnField, fieldAt, tellingField, treeLabels, treeRows } from './fields.ts';
import { type Hex, hexLabels, hexOf } from './hex.ts';
import { LIST_ROW, type ListRow, listLabels, listRow } from './list.ts';
import { type Entry, decode, entriesAt, fitsFilter } from './model.ts';
import { HEAD, type Pane, type Panes, panesOf, readBytesId } from './panes.ts';

export interface PacketsLayout {
  readonly panes: Panes;
  /** The packet whose fields and bytes are shown; null where there is none. */
  readonly current: Entry | null;
  readonly chosen: Field | null;
  readonly rows: readonly ListRow[];
  /** Position of the current packet among those listed; -1 when the filter hides it. */
  readonly at: number;
  readonly listed: number;
  readonly listHeight: number;
  readonly foot: string;
  readonly tree: readonly DrawnField[];
  readonly treeHeight: number;
  readonly hex: Hex;
  readonly empty: readonly Label[];
  readonly labels: readonly Label[];
}

/** What the reader did in the diagram. */
export interface Reading {
  readonly selection: Selection;
  readonly filter: string;
  readonly toggled: ReadonlySet<string>;
  readonly scroll: { readonly list: number; readonly bytes: number };
}

const UNTOUCHED: Reading = {
  selection: null,
  filter: '',
  toggled: new Set(),
  scroll: { list: 0, bytes: 0 },
};

export const layout = (view: View, size: Size, _motion = true): PacketsLayout =>
  packetsAt(view, size, UNTOUCHED);

export function packetsAt(view: View, size: Size, reading: Reading): PacketsLayout {
  const panes = panesOf(size, HEAD + listHeightOf(view.whole.packets.list.length));
  const entries = entriesAt(view);
  if (entries.length === 0) return nothing(view, size, panes);
  const listed = reading.filter ? entries.filter((entry) => fitsFilter(entry, reading.filter)) : entries;
  const current = chosenEntry(entries, reading.selection) ?? entries.at(-1)!;
  const { bytes, description } = decode(current.seen.packet);
  const chosen = chosenField(current, reading.selection);
  const [first, last] = inSight(listed.length, LIST_ROW, window(panes.list, reading.scroll.list));
  const rows = listed
    .slice(first, last)
    .map((entry, at) => listRow(entry, first + at, panes.list.width, panes.form));
  const foot = footOf(view, listed.length, entries.length);
  const tree = treeRows(description, chosen, reading.toggled, panes.tree.width, bytes.length);
  const hex = hexOf(bytes, chosen, description.fields, panes, reading.scroll.bytes);
  return {
    panes,
    current,
    chosen,
    rows,
    at: listed.indexOf(current),
    listed: listed.length,
    listHeight: listHeightOf(listed.length + (foot ? 1 : 0)),
    foot,
    tree,
    treeHeight: (tree.at(-1)?.top ?? 0) + (tree.at(-1)?.height ?? 0) + 8,
    hex,
    empty: [],
    labels: [
      ...placed(panes.list, rows.flatMap(listLabels)),
      ...placed(panes.tree, clipped(treeLabels(tree), panes.tree)),
      ...placed(panes.bytes, clipped(hexLabels(hex, panes), panes.bytes)),
    ].filter(({ y }) => y > 0),
  };
}

const listHeightOf = (rows: number): number => rows * LIST_ROW + 8;

const window = ({ height }: Pane, scroll: number) => ({ scroll, height: height - HEAD });

/** From a pane's own coordinates, head left out, to the picture's; rows beyond its lower edge are not seen. */
const placed = (pane: Pane, labels: readonly Label[]): Label[] =>
  clipped(labels, pane).map((label) => ({ ...label, x: label.x + pane.left, y: label.y + pane.top + HEAD }));

const clipped = (labels: readonly Label[], { height }: Pane): Label[] =>
  labels.filter(({ y }) => y < height - HEAD - 4);

/** By the packet itself, by some of its bytes, or by the candidate that it made. */
function chosenEntry(entries: readonly Entry[], selection: Selection): Entry | undefined {
  if (selection?.kind === 'event') return entries.find(({ seen }) => seen.id === selection.id);
  const bytes = selection?.kind === 'bytes' ? readBytesId(selection.id) : null;
  return bytes ? entries.find(({ seen }) => seen.id === bytes.event) : undefined;
}

export function chosenField({ seen }: Entry, selection: Selection): Field | null {
  const { description } = decode(seen.packet);
  const bytes = selection?.kind === 'bytes' ? readBytesId(selection.id) : null;
  const asked = bytes?.event === seen.id ? fieldAt(description.fields, bytes) : null;
  return asked ?? tellingField(description);
}

function footOf({ facts, live }: View, listed: number, all: number): string {
  const { missed } = facts.packets;
  if (listed < all) return `${all - listed} more do not fit the filter.`;
  if (missed > 0) return `${missed} more were seen, and not recorded.`;
  return live ? 'The server sees no more than this so far.' : '';
}

function nothing(view: View, size: Size, panes: Panes): PacketsLayout {
  const empty = emptyWords(wordsFor(view), size);
  const hex = { rows: [], height: 0, sheets: [], sheetTop: 0 };
  return {
    panes,
    current: null,
    chosen: null,
    rows: [],
    at: -1,
    listed: 0,
    listHeight: 0,
    foot: '',
    tree: [],
    treeHeight: 0,
    hex,
    empty,
    labels: empty,
  };
}

function wordsFor({ whole, events }: View): [string, ...string[]] {
  const hidden =
    'A browser hides them, but the STUN and TURN server that Icescope starts shows what reaches it.';
  if (whole.packets.list.length > 0)
    return ['No packet has been seen yet.', 'Play, or move the time on: the first one comes soon.'];
  if (events.length === 0) return ['No packets yet.', hidden];
  return [
    'No packets were seen.',
    hidden,
    'Press “Show me my STUN question”. Or choose “relay: only through TURN” and Connect: then the whole connection passes through it.',
  ];
}
