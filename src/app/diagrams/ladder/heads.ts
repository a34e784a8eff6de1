/** What stands over the ladder: who is at its ends and by what they send, the servers, and the channel. */
import type { View } from '../../../core/projections/view.ts';
import { carrierText } from '../../format/words.ts';
import { sessionInfo } from '../parts/peer-labels.ts';
import { firstFit } from '../parts/fitting.ts';
import { type Label, textWidth } from '../parts/labels.ts';
import type { Columns } from './lifelines.ts';

const BASELINE = 26;
/** Half a piece and the space beside it; half a server's box. */
const PIECE = 22;
const SERVER = 28;

export function heads(view: View, columns: Columns): Label[] {
  const { lifelines, time, band } = columns;
  return [
    { text: 'ms', x: time, y: BASELINE, size: 11, mono: true, anchor: 'end', tone: 'ink-3' },
    ...lifelines
      .filter(({ kind }) => kind === 'server')
      .map(({ name, x }): Label => ({
        text: name,
        x,
        y: BASELINE,
        size: 12,
        bold: true,
        anchor: 'middle',
      })),
    ...(band ? [bandHead(view, band)] : []),
    ...ends(view, columns),
  ];
}

/** The room, where the recording says in which. */
function bandHead(view: View, { left, right }: NonNullable<Columns['band']>): Label {
  const style = { size: 13, bold: true, anchor: 'middle' } as const;
  const room = sessionInfo(view)?.room;
  const texts =
    room === undefined ? (['the channel', 'channel'] as const) : ([`room ${room}`, 'room'] as const);
  return {
    ...style,
    text: firstFit(texts, right - left - 8, style),
    x: (left + right) / 2,
    y: BASELINE + 0.5,
  };
}

/** `this device · WebSocket`, `other device · SSE`: on the inner side of A and of B, as much of it as has room. */
function ends(view: View, columns: Columns): Label[] {
  const { a, b, band, servers } = columns;
  const [first, second] = view.whole.peers;
  // Both in one page: nothing to tell apart.
  if (!first || !second || first.place === second.place) return [];
  const inner = [...servers.values()].map((x) => [x - SERVER, x + SERVER] as const);
  const taken = band ? [...inner, [band.left, band.right] as const] : inner;
  const middle = (a + b) / 2;
  const left = Math.min(middle, ...taken.map(([from]) => from)) - 8;
  const right = Math.max(middle, ...taken.map(([, to]) => to)) + 8;
  return [
    ...end(view, first, left - a - PIECE, { x: a + PIECE, anchor: 'start' }),
    ...end(view, second, b - PIECE - right, { x: b - PIECE, anchor: 'end' }),
  ];
}

function end(
  view: View,
  { id, place }: View['whole']['peers'][number],
  room: number,
  at: Pick<Label, 'x' | 'anchor'>,
): Label[] {
  const style = { size: 12, tone: 'ink-2' } as const;
  const sent = view.whole.messages.newest(64).findLast(({ from, sentAt }) => from === id && sentAt !== null);
  const carrier = sent ? carrierText(sent.channel) : '';
  const where = place.replace(/^the /, '');
  const texts = [[where, carrier].filter(Boolean).join(' · '), carrier, where];
  const text = texts.find((one) => one !== '' && textWidth({ ...style, text: one }) <= room);
  return text === undefined ? [] : [{ ...style, ...at, text, y: BASELINE }];
}
