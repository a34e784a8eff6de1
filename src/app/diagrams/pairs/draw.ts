import type { Candidate } from '../../../core/projections/candidates.ts';
import { shortAddress } from '../paths/words.ts';
import { addressText, isHidden, portText } from '../parts/address.ts';
import { type Label, fit, textWidth } from '../parts/labels.ts';
import { barOf } from './bar.ts';
import type { Columns } from './columns.ts';
import type { Pen } from './pen.ts';
import type { DrawnRow } from './marks.ts';
import { type Checklist, type Entry, resultOf } from './model.ts';
import { roleWords, sayPair } from './say.ts';

const middle = (place: number, { top, columns }: Pen): number => top + (place + 0.5) * columns.rowHeight;

export function drawHead(list: Checklist, place: number, pen: Pen): DrawnRow {
  const { columns } = pen;
  const y = middle(place, pen);
  const name: Label = {
    text: `${list.label}’s checklist`,
    x: 48,
    y: y + columns.line,
    size: 13,
    bold: true,
  };
  const room = columns.end - name.x;
  const role = { size: 12, tone: 'ink-3' } as const;
  const beside = { x: name.x + textWidth(name) + 12, y: name.y };
  const below = { x: name.x, y: y + columns.second - 4 };
  return {
    id: list.id,
    y,
    labels: [
      name,
      { ...role, text: fit(roleWords(list), room, role), ...(columns.isNarrow ? below : beside) },
    ],
    say: '',
    pair: null,
    candidates: [],
    token: { label: list.label, x: 32, y: columns.isNarrow ? y - 4 : y },
    marks: [],
    bar: null,
  };
}

export function drawPair(entry: Entry, list: Checklist, place: number, pen: Pen): DrawnRow {
  const { columns } = pen;
  const { pair, local, remote } = entry;
  const y = middle(place, pen);
  const markY = columns.isNarrow ? y - 10 : y;
  const ends = [local, remote];
  return {
    id: pair.id,
    y,
    labels: textsOf(entry, list, y, columns).filter(({ text }) => text !== ''),
    say: sayPair(entry, list),
    pair: pair.id,
    candidates: ends.flatMap((one) => (one ? [one.key] : [])),
    token: null,
    marks: ends.map((one, at) => ({ type: one?.type ?? null, x: columns.marks[at]!, y: markY })),
    bar: barOf(entry, list, y + columns.barDy, pen),
  };
}

function textsOf(entry: Entry, list: Checklist, y: number, columns: Columns): Label[] {
  const result = resultLabels(entry, list, y, columns);
  const resultLeft = Math.min(...result.map((one) => one.x - (one.anchor === 'end' ? textWidth(one) : 0)));
  const textEnd = columns.isNarrow ? resultLeft - 10 : columns.textEnd;
  return [
    ...nameLabels(entry, y + columns.line, columns.text, textEnd),
    priorityLabel(entry, y, columns),
    ...result,
  ];
}

function priorityLabel(
  { priority, isSelected }: Entry,
  y: number,
  { second, priority: x, isNarrow }: Columns,
): Label {
  return {
    text: priority,
    x,
    y: y + second,
    size: 12,
    mono: true,
    bold: isSelected,
    anchor: isNarrow ? 'start' : 'end',
    tone: isSelected ? 'ink' : 'ink-2',
  };
}

/** `:37442` `to` `198.51.100.20:49170`, shorter where there is no room for it. */
function nameLabels({ local, remote, isSelected }: Entry, y: number, left: number, right: number): Label[] {
  const joint = local?.type === 'relay' ? 'TURN to' : 'to';
  for (const [from, address] of nameForms(local, remote)) {
    const labels = inLine(from, joint, address, isSelected, left, y);
    const last = labels.at(-1)!;
    if (last.x + textWidth(last) <= right) return labels;
  }
  return [];
}

function nameForms(local: Candidate | null, remote: Candidate | null): (readonly [string, string])[] {
  const from = local ? portText(local.port) : '';
  const port = remote ? portText(remote.port) : 'not told';
  const address = remote ? shortAddressAndPort(remote) : port;
  return [
    [from, address],
    [from, port],
    ['', port],
  ];
}

const shortAddressAndPort = ({ address, port }: Candidate): string =>
  isHidden(address) ? portText(port) : addressText({ address: shortAddress(address), port });

function inLine(from: string, joint: string, address: string, bold: boolean, x: number, y: number): Label[] {
  const labels: Label[] = [];
  const parts: Pick<Label, 'text' | 'mono' | 'bold' | 'tone'>[] = [
    { text: from, mono: true, tone: 'ink-2' },
    { text: joint, tone: 'ink-3' },
    { text: address, mono: true, bold },
  ];
  for (const part of parts.filter(({ text }) => text !== '')) {
    const before = labels.at(-1);
    labels.push({ ...part, size: 12, y, x: before ? before.x + textWidth(before) + 6 : x });
  }
  return labels;
}

function resultLabels(entry: Entry, list: Checklist, y: number, columns: Columns): Label[] {
  const { strong, rest, isFailure } = resultOf(entry, list);
  const head: Label = {
    text: strong,
    x: columns.result,
    y: y + columns.line,
    size: 12,
    bold: true,
    tone: isFailure ? 'fail' : 'ink',
  };
  const tail: Label = { text: rest, x: columns.result, y: y + columns.line, size: 12, tone: 'ink-3' };
  if (columns.isNarrow) {
    const used = rest ? textWidth(tail) + 6 : 0;
    return [
      { ...head, x: head.x - used, anchor: 'end' },
      { ...tail, anchor: 'end' },
    ];
  }
  return [head, { ...tail, x: tail.x + (strong ? textWidth(head) + 6 : 0) }];
}
