import type { Channel, DataFacts, Packet } from '../../../../core/projections/data.ts';
import type { PeerStates, StateStep } from '../../../../core/projections/states.ts';
import { RECORD_CHANNEL } from '../../../../core/session/event.ts';
import { textWidth } from '../../parts/labels.ts';
import { type Drawn, type Mark, type MarkText, type Pen, type Shape, icon, line } from './mark.ts';

/** The handshake of each peer: from `connecting` to `connected`, or to a cross. */
export function drawDtls(peer: string, states: PeerStates | undefined, pen: Pen): Drawn {
  const row = pen.row(peer);
  const history = states?.dtls.history ?? [];
  if (row === null) return { marks: [], texts: [] };
  const marks = history.flatMap((step, at) => dtlsMark(peer, step, history[at + 1], row, pen));
  return { marks, texts: [] };
}

function dtlsMark(peer: string, step: StateStep, next: StateStep | undefined, row: number, pen: Pen): Mark[] {
  const shapes = dtlsShapes(step, next, row, pen);
  if (step.event === null || shapes.length === 0) return [];
  const x = pen.x(step.at);
  if (!pen.seen(x, row, step.state)) return [];
  const name = `${pen.label(peer)} DTLS ${step.state}`;
  const right = step.state === 'connecting' && next ? pen.x(next.at) : x;
  return [
    {
      key: `dtls ${step.event}`,
      selects: { kind: 'event', id: step.event },
      name,
      left: x,
      right,
      y: row,
      shapes,
    },
  ];
}

function dtlsShapes(step: StateStep, next: StateStep | undefined, row: number, pen: Pen): Shape[] {
  const x = pen.x(step.at);
  switch (step.state) {
    case 'connecting':
      return [line([x, row], [next ? pen.x(next.at) : pen.right, row], 'ink', 2)];
    case 'connected':
      return [line([x, row - 4], [x, row + 4], 'ink', 2)];
    case 'failed':
      return [icon('fail', x, row, 0.6)];
    case 'closed':
      return [line([x, row - 2.5], [x, row + 2.5], 'wire', 1.5)];
    default:
      return [];
  }
}

/** What went over the data channels, and when they opened. */
export function drawData(data: DataFacts, pen: Pen): Drawn {
  const marks: Mark[] = [];
  for (const packet of data.messages.toArray()) {
    const mark = packetMark(packet, pen);
    if (mark) marks.push(mark);
  }
  const openings = openingsOf(data.channels);
  return {
    marks: [...openings.map((opening) => openMark(opening, pen)), ...marks],
    // Icescope's own opens among what is said already: its mark has its name.
    texts: openings.flatMap((opening) => (opening.label === RECORD_CHANNEL ? [] : openText(opening, pen))),
  };
}

const STUB = 8;

function packetMark(packet: Packet, pen: Pen): Mark | null {
  const { sentAt, receivedAt } = packet;
  const at = sentAt ?? receivedAt;
  const row = pen.row(sentAt === null ? packet.to : packet.from);
  if (at === null || row === null) return null;
  const x = pen.x(at);
  if (!pen.seen(x, row, 'message')) return null;
  const other = pen.across(row);
  const whole = sentAt !== null && receivedAt !== null;
  const end: [number, number] = whole
    ? [Math.max(pen.x(receivedAt), x + 2), other]
    : [x + STUB, (row + other) / 2];
  const owner = pen.label(packet.from ?? packet.to ?? '');
  return {
    key: packet.id,
    selects: { kind: 'event', id: packet.id },
    name: `message ${packet.number} on ${packet.label}, ${packet.from === null ? 'to' : 'from'} ${owner}, ${packet.bytes} bytes`,
    left: x,
    right: end[0],
    y: (row + end[1]) / 2,
    shapes: [line([x, row], end, 'ink', 1.2)],
  };
}

interface Opening {
  readonly label: string;
  readonly at: number;
  readonly event: string;
}

/** A channel is open for both once the later end says so. */
function openingsOf(channels: readonly Channel[]): readonly Opening[] {
  const byLabel = new Map<string, Opening>();
  for (const { label, openedAt, openEvent } of channels) {
    if (openedAt === null || openedAt < (byLabel.get(label)?.at ?? 0)) continue;
    byLabel.set(label, { label, at: openedAt, event: openEvent ?? '' });
  }
  return [...byLabel.values()];
}

function openMark({ label, at, event }: Opening, pen: Pen): Mark {
  const x = pen.x(at);
  const [top, bottom] = [pen.top + 3, pen.top + pen.height - 3];
  return {
    key: `open ${label}`,
    selects: { kind: 'event', id: event },
    name: `data channel ${label} is open`,
    left: x,
    right: x,
    y: pen.top + pen.height / 2,
    shapes: [line([x, top], [x, bottom], 'ink', 2)],
  };
}

function openText({ at }: Opening, pen: Pen): MarkText {
  const x = pen.x(at);
  const y = pen.top + pen.height / 2 + 4;
  const fits = x + 6 + textWidth({ text: 'open', size: 11, bold: true }) <= pen.edge(x);
  return fits
    ? { at, text: 'open', x: x + 6, y, bold: true }
    : { at, text: 'open', x: x - 6, y, bold: true, anchor: 'end' };
}
