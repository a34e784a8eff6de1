/** Words inside boxes: who an end is, its ports, what a server does. Their places are their own. */
import { firstFit } from '../parts/fitting.ts';
import { type Box, type Label, fit } from '../parts/labels.ts';
import type { Frame, Side } from './frame.ts';
import type { Place, Places } from './places.ts';
import type { End } from './model.ts';
import type { Server } from './servers.ts';
import { ms, shortAddress, transportLine } from './words.ts';

const anchorOf = (side: Side): 'start' | 'end' => (side === 0 ? 'end' : 'start');
export const outward = (side: Side): 1 | -1 => (side === 0 ? -1 : 1);

/** Who it is, its ports, and how many more it has. */
export function deviceLabels(frame: Frame, end: End, places: Places): Label[] {
  const box = frame.devices[end.side];
  const folded = foldLabel(frame, end, places);
  if (frame.form === 'phone') return folded;
  const ports = places.all.filter(({ side, candidate }) => side === end.side && candidate.type === 'host');
  return [...headLabels(box, end), ...ports.flatMap((port) => portLabels(box, port)), ...folded];
}

function headLabels(box: Box, end: End): Label[] {
  const x = box.left + 52;
  const width = box.right - x - 3;
  const [first, second] = headOf(end);
  const bold = { size: 13, bold: true } as const;
  return [
    { ...bold, x, y: box.top + 26, text: fit(first, width, bold) },
    {
      x,
      y: box.top + 42,
      size: 12,
      tone: 'ink-3',
      text: firstFit([second, second.replace('the ', '')], width, { size: 12 }),
    },
  ];
}

function headOf({ peer, expected }: End): [string, string] {
  if (!peer) return expected ? ['not there yet', ''] : ['other end', 'not recorded'];
  const place = peer.place || (peer.browser ?? '');
  if (peer.closedAt !== null)
    return [peer.role ?? 'was here', `${peer.isGone ? 'went away' : 'closed'}, ${ms(peer.closedAt)}`];
  return peer.role ? [peer.role, place] : [peer.place || peer.id, peer.browser ?? ''];
}

const BESIDE_PORT = 22;

function portLabels(box: Box, { side, x, y, candidate }: Place): Label[] {
  const at = { x: x + outward(side) * BESIDE_PORT, anchor: anchorOf(side), mono: true } as const;
  const width = box.right - box.left - BESIDE_PORT - 6;
  const fitted = (text: string, size: 11 | 12): string => fit(text, width, { size, mono: true });
  return [
    { ...at, y: y - 1, size: 12, text: fitted(shortAddress(candidate.address), 12) },
    { ...at, y: y + 15, size: 11, tone: 'ink-3', text: fitted(transportLine(candidate), 11) },
  ];
}

/** `+3 more`; `+2 TCP` where only those fold that wait for TCP. */
export function foldLabel(frame: Frame, end: End, places: Places): Label[] {
  const folded = places.folded[end.side];
  if (folded.length === 0) return [];
  const box = frame.devices[end.side];
  const onlyTcp = folded.every(({ protocol }) => protocol === 'tcp');
  const style = { size: 12, tone: 'ink-3' } as const;
  if (frame.form === 'phone') {
    return [
      {
        ...style,
        x: (box.left + box.right) / 2,
        y: box.bottom - 9,
        anchor: 'middle',
        text: `+${folded.length}`,
      },
    ];
  }
  const x = (end.side === 0 ? box.right : box.left) + outward(end.side) * BESIDE_PORT;
  const text = `+${folded.length} ${onlyTcp ? 'TCP' : 'more'}`;
  return [{ ...style, x, y: box.bottom - 13, anchor: anchorOf(end.side), text }];
}

export function serverLabels(frame: Frame, { name, box, soft, does, address }: Server): Label[] {
  const tone = soft ? ({ tone: 'ink-3' } as const) : {};
  if (!frame.serverText) {
    const middle = { x: (box.left + box.right) / 2, anchor: 'middle' } as const;
    const size = frame.form === 'phone' ? 13 : 14;
    return [{ ...middle, ...tone, y: (box.top + box.bottom) / 2 + 5, size, bold: true, text: name }];
  }
  const x = box.left + (frame.form === 'wide' ? 14 : 12);
  const width = box.right - x - 2;
  const lines: Label[] = [
    { ...tone, x, y: box.top + 22, size: 14, bold: true, text: name },
    { x, y: box.top + 39, size: 12, tone: soft ? 'ink-3' : 'ink-2', text: fit(does, width, { size: 12 }) },
  ];
  if (address === null) return lines;
  const mono = { size: 11, mono: true } as const;
  return [...lines, { ...mono, x, y: box.top + 55, tone: 'ink-3', text: fit(address, width, mono) }];
}
