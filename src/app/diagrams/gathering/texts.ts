/** The words in the row of a candidate. */
import { shortAddress } from '../paths/words.ts';
import { addressText, isHidden, portText } from '../parts/address.ts';
import { firstFit } from '../parts/fitting.ts';
import { type Label, fit, textWidth } from '../parts/labels.ts';
import type { Columns } from './columns.ts';
import type { Found, Gatherer } from './model.ts';
import { waited } from './rows.ts';
import { askedName, costWords, leastCost, ownName, serverOf } from './words.ts';

export const label = (text: string, y: number, style: Partial<Label>): Label => ({
  text,
  x: 0,
  y,
  size: 12,
  ...style,
});

export function wideTexts(
  found: Found,
  gatherer: Gatherer,
  y: number,
  columns: Columns,
  dearest: Found | null,
): Label[] {
  const { candidate } = found;
  const [note, cost] = [noteOf(found, gatherer), candidate.type === 'host' ? null : leastCost(candidate)];
  const nameLine = note ? y - 2 : y + 4;
  const line = cost ? y - 2 : y + 4;
  return [
    ...nameLabels(found, nameLine, columns),
    ...noteLabels(note, y + 12, columns),
    gotLabel(found, line, columns, columns.end - columns.cost - columns.got),
    tookLabel(found, line, columns, dearest),
    ...(cost
      ? [label(costWords(cost), y + 12, { x: columns.end, anchor: 'end', size: 11, tone: 'ink-3' })]
      : []),
    ...(found.from === null ? [unseen(y, columns)] : []),
  ].filter(({ text }) => text !== '');
}

export function narrowTexts(
  found: Found,
  gatherer: Gatherer,
  y: number,
  columns: Columns,
  dearest: Found | null,
): Label[] {
  const names = withNote(nameLabels(found, y - 6, columns), noteOf(found, gatherer), columns);
  const used = Math.max(...names.map((one) => one.x + textWidth(one)));
  const got = gotLabel(found, y - 6, columns, columns.end - used - 10);
  return [
    ...names,
    { ...got, x: columns.end, anchor: 'end' as const },
    tookLabel(found, y + columns.dy + 4, columns, dearest),
    ...(found.from === null ? [{ ...unseen(y + columns.dy, columns), x: columns.plot[0] }] : []),
  ].filter(({ text }) => text !== '');
}

/** Beside the name, as far as the port of what was got leaves room. */
function withNote(names: Label[], note: Note | null, { end }: Columns): Label[] {
  const last = names.at(-1)!;
  const x = last.x + textWidth(last) + 6;
  const style = { size: 12, mono: note?.mono ?? false, tone: 'ink-3' } as const;
  const text = note ? firstFit([note.text, ''], end - 54 - x, style) : '';
  return text ? [...names, { ...style, text, x, y: last.y }] : names;
}

const unseen = (y: number, { plot: [left, right], isNarrow }: Columns): Label => {
  const text = fit('told by getStats alone', isNarrow ? right - left + 10 : right - left - 12, { size: 12 });
  return label(text, y + 4, { x: left + 6, tone: 'ink-3', halo: 'stage' });
};

/** `Wi-Fi, IPv4`, or in two weights `STUN` `over IPv4`. */
function nameLabels(found: Found, y: number, columns: Columns): Label[] {
  const { candidate } = found;
  const size = 13 as const;
  if (candidate.type === 'host') {
    const text = fit(ownName(candidate), columns.nameEnd - columns.name, { size });
    return [{ text, x: columns.name, y, size }];
  }
  const name: Label = { text: askedName(candidate), x: columns.asked, y, size, bold: true };
  if (!candidate.family) return [name];
  return [name, label(`over ${candidate.family}`, y, { x: name.x + textWidth(name) + 6, tone: 'ink-3' })];
}

interface Note {
  readonly text: string;
  readonly mono: boolean;
}

/** The second line of a source: which m-section it is for, where there are several; the server that was asked. */
function noteOf({ candidate }: Found, { isForMany }: Gatherer): Note | null {
  const { type, url, protocol, tcpType, component, mid } = candidate;
  const server = serverOf(url).host;
  if (type === 'srflx' || type === 'relay') {
    return server ? { text: server, mono: true } : null;
  }
  const parts = [
    protocol === 'tcp' ? `TCP ${tcpType ?? ''}`.trim() : '',
    isForMany && mid ? `mid ${mid}` : '',
    component === 2 ? 'RTCP' : '',
  ].filter(Boolean);
  return parts.length > 0 ? { text: parts.join(', '), mono: false } : null;
}

function noteLabels(note: Note | null, y: number, columns: Columns): Label[] {
  if (!note) return [];
  const style = { size: 11, mono: note.mono, tone: 'ink-3' } as const;
  return [{ ...style, text: fit(note.text, columns.nameEnd - columns.asked, style), x: columns.asked, y }];
}

/** The whole address if it fits, else its short form, else the port. */
function gotLabel({ candidate }: Found, y: number, columns: Columns, room: number): Label {
  const style = { size: 12, mono: true } as const;
  const { address, port } = candidate;
  const whole = isHidden(address) ? [] : [candidate, { address: shortAddress(address), port }];
  const forms = [...whole.map(addressText), portText(port)];
  const text = forms.find((form) => textWidth({ ...style, text: form }) <= room) ?? '';
  return { ...style, text, x: columns.got, y };
}

function tookLabel(found: Found, y: number, columns: Columns, dearest: Found | null): Label {
  const took = waited(found);
  const isDearest = found === dearest;
  const text = took < 0 ? '' : `${took.toFixed(1)} ms`;
  return label(text, y, {
    x: columns.end,
    anchor: 'end',
    mono: true,
    bold: isDearest,
    tone: isDearest ? 'ink' : 'ink-2',
  });
}
