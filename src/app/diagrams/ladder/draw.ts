import type { CandidateType } from '../../../core/sdp/priority.ts';
import type { Evidence } from '../../../core/projections/projection.ts';
import { ms } from '../../format/words.ts';
import { type Label, fit, textWidth } from '../parts/labels.ts';
import { drawChannel } from './draw-channel.ts';
import { shareOfFlight } from './flights.ts';
import { type Arrow, type Canvas, type Drawing, NOTHING, type PlacedMark, arrow } from './marks.ts';
import type {
  CallRow,
  CandidateRow,
  CheckRow,
  ChosenRow,
  DataRow,
  NoteRow,
  Row,
  ServerRow,
  SignalRow,
} from './row.ts';
import { callText, chosenText, checkText, dataText, serverText, signalText } from './words.ts';

/** Pixels. Arrows have their text above them, calls what they led to beneath. */
export function heightOf(row: Row): number {
  if (row.kind === 'call') return subText(row) ? 41 : 26;
  if (row.kind === 'note') return 20;
  if (row.kind === 'channel') return row.dropped ? 42 : row.flight.count > 1 ? 36 : 28;
  return row.kind === 'candidate' && !row.sent ? 26 : 28;
}

const TIME = { size: 11, mono: true, tone: 'ink-3' } as const;
const MACHINE = { size: 12, mono: true, halo: 'stage' } as const;
const SMALL = { size: 11, mono: true, tone: 'ink-3', halo: 'stage' } as const;
const HUMAN = { size: 12, halo: 'stage' } as const;
const ASIDE = 12;
/** Of an arrow row: its text's baseline, its start, and the time's baseline, from the top. */
const TEXT = 11;
const LINE = 16;
const TIME_AT = 23;

export function draw(row: Row, canvas: Canvas): Drawing {
  const drawing = drawKind(row, canvas);
  const offset = row.kind === 'note' ? 14 : row.kind === 'call' || heightOf(row) === 26 ? 17 : TIME_AT;
  const time: Label = {
    ...TIME,
    text: ms(row.at),
    x: canvas.columns.time,
    y: canvas.top + offset,
    anchor: 'end',
  };
  return time.text === '' ? drawing : { ...drawing, labels: [time, ...drawing.labels] };
}

function drawKind(row: Row, canvas: Canvas): Drawing {
  switch (row.kind) {
    case 'call':
      return drawCall(row, canvas);
    case 'candidate':
      return drawCandidate(row, canvas);
    case 'signal':
      return drawSignal(row, canvas);
    case 'channel':
      return drawChannel(row, canvas);
    case 'server':
      return drawServer(row, canvas);
    case 'note':
      return drawNote(row, canvas);
    case 'check':
      return drawCheck(row, canvas);
    case 'chosen':
      return drawChosen(row, canvas);
    case 'data':
      return drawData(row, canvas);
  }
}

/** A text beside the lifeline of `peer`: right of it, but left of B's where no room is beyond that. */
function beside(
  text: string,
  peer: string,
  y: number,
  style: Omit<Label, 'text' | 'x' | 'y'>,
  { columns }: Canvas,
): Label {
  const { a, left, right, isOpen } = columns;
  const x = columns.x(peer);
  const isRight = x === a || isOpen;
  const room = isRight ? right - x - ASIDE : x - ASIDE - left;
  const at = isRight ? { x: x + ASIDE, anchor: 'start' as const } : { x: x - ASIDE, anchor: 'end' as const };
  return { ...style, ...at, y, text: fit(text, room, style) };
}

function drawCall(row: Readonly<CallRow>, canvas: Canvas): Drawing {
  const { columns, top } = canvas;
  const x = columns.x(row.peer);
  const isRefused = row.outcome === 'refused';
  const style = isRefused ? { ...MACHINE, tone: 'fail' as const, bold: true } : MACHINE;
  const sub = subText(row);
  const name = beside(callText(row), row.peer, top + 17, style, canvas);
  const led = sub ? [beside(sub, row.peer, top + 33, SMALL, canvas)] : [];
  return {
    ...NOTHING,
    bars: isRefused ? [] : [{ x: x - 4, y: top + 4, height: 18, open: row.outcome === 'pending' }],
    marks: [
      ...(isRefused ? [{ type: 'fail' as const, x, y: top + 13, scale: 0.8 }] : []),
      ...callMarks(row, name, top),
    ],
    labels: [name, ...led],
  };
}

/** Marks of the candidates that were added, on the far side of the call's name. */
function callMarks({ marks }: Readonly<CallRow>, name: Label, top: number): readonly PlacedMark[] {
  const end = textWidth(name) + 14;
  const step = name.anchor === 'end' ? -MARK_STEP : MARK_STEP;
  const start = name.x + Math.sign(step) * end;
  return marks
    .slice(0, MOST_MARKS)
    .map((type, index) => ({ type, x: start + step * index, y: top + 13, scale: 0.6 }));
}

function subText({ outcome, error, led }: Readonly<CallRow>): string | null {
  if (outcome === 'refused') return error;
  return led.length ? `→ ${led.join(', ')}` : null;
}

function drawNote(row: Readonly<NoteRow>, canvas: Canvas): Drawing {
  const { columns, top } = canvas;
  const at = { x: columns.x(row.peer), y: top + 10 };
  const hasFailed = row.texts.some((text) => text.endsWith(' failed'));
  const style = hasFailed ? { ...SMALL, tone: 'fail' as const } : SMALL;
  return {
    ...NOTHING,
    ticks: hasFailed ? [] : [at],
    marks: hasFailed ? [{ type: 'fail', ...at, scale: 0.6 }] : [],
    labels: [beside(row.texts.join(', '), row.peer, top + 14, style, canvas)],
  };
}

function drawCandidate(row: Readonly<CandidateRow>, canvas: Canvas): Drawing {
  const { columns, top } = canvas;
  const x = columns.x(row.peer);
  const text = `${shortAddress(row.address)}:${row.port}${row.protocol === 'tcp' ? ' tcp' : ''}`;
  if (!row.sent) {
    const label = beside(text, row.peer, top + 17, MACHINE, canvas);
    return { ...NOTHING, marks: [{ type: row.type, x, y: top + 13, scale: 0.85 }], labels: [label] };
  }
  const drawn = fly(row, row.sent, canvas, { text, style: MACHINE, marks: [] });
  return { ...drawn, marks: [...drawn.marks, { type: row.type, x, y: top + LINE, scale: 0.85 }] };
}

/** mDNS names are 36 characters of chance: the first eight tell them apart. */
const shortAddress = (address: string): string =>
  address.endsWith('.local') && address.length > 16 ? `${address.slice(0, 8)}….local` : address;

const drawSignal = (row: Readonly<SignalRow>, canvas: Canvas): Drawing =>
  fly(row, row.flight, canvas, { text: signalText(row), style: HUMAN, marks: row.marks });

interface Said {
  readonly text: string;
  readonly style: Omit<Label, 'text' | 'x' | 'y'>;
  readonly marks: readonly CandidateType[];
}

/** A message across the signalling channel; while it is under way its envelope is where it has got to. */
function fly(
  row: Readonly<SignalRow | CandidateRow>,
  flight: NonNullable<CandidateRow['sent']>,
  canvas: Canvas,
  said: Said,
): Drawing {
  const { columns, top } = canvas;
  const share = shareOfFlight(canvas, row, flight);
  const ends = [columns.x(row.peer), columns.x(canvas.opposite(row.peer))] as const;
  const look = { kind: 'wire', evidence: 'observed', weight: 'thin' } as const;
  const line = arrow(ends, top + LINE, look, share);
  const isCode = said.marks.length === 0;
  const over = above(said, ends, canvas, isCode ? 15 : 0);
  const envelope =
    share < 1
      ? { x: line.to[0], y: line.to[1] + 3, flying: true }
      : isCode
        ? { ...over.icon, flying: false }
        : null;
  const arrivedBar = { x: ends[1] - 4, y: top + LINE, height: 14, open: false };
  return {
    ...NOTHING,
    arrows: share > 0 ? [line] : [],
    bars: flight.added ? [arrivedBar] : [],
    marks: over.marks,
    envelope,
    labels: [over.label],
  };
}

const MARK_STEP = 12;
const MOST_MARKS = 6;

/** A text in the middle over an arrow, led by marks or by an icon `icon` px wide, and never outside the picture. */
function above(
  { text, style, marks }: Said,
  [x1, x2]: readonly [number, number],
  { columns, top }: Canvas,
  icon = 0,
) {
  const shown = marks.slice(0, MOST_MARKS);
  const lead = icon > 0 ? icon + 6 : shown.length > 0 ? shown.length * MARK_STEP + 4 : 0;
  const room = columns.right - columns.left - 8;
  const words = fit(text, room - lead, style);
  const width = lead + textWidth({ ...style, text: words });
  const start = Math.max(columns.left + 4, Math.min((x1 + x2 - width) / 2, columns.right - 4 - width));
  const y = top + TEXT;
  return {
    label: { ...style, text: words, x: start + lead, y } satisfies Label,
    icon: { x: start + icon / 2, y: y - 4 },
    marks: shown.map((type, index): PlacedMark => ({
      type,
      x: start + 5 + MARK_STEP * index,
      y: y - 4,
      scale: 0.6,
    })),
  };
}

/** Over its arrow, in the middle of it. */
function captioned(
  text: string,
  line: Arrow,
  ends: readonly [number, number],
  canvas: Canvas,
  style: Said['style'] = HUMAN,
): Drawing {
  return { ...NOTHING, arrows: [line], labels: [above({ text, style, marks: [] }, ends, canvas).label] };
}

function drawServer(row: Readonly<ServerRow>, canvas: Canvas): Drawing {
  const { columns, top } = canvas;
  const me = columns.x(row.peer);
  const server =
    columns.servers.get(row.server) ?? columns.servers.get('TURN') ?? (columns.a + columns.b) / 2;
  const ends = row.way === 'answer' ? ([server, me] as const) : ([me, server] as const);
  if (row.way === 'error') return drawError(row, ends, canvas);
  const line = arrow(ends, top + LINE, { kind: row.type, evidence: row.evidence, weight: 'thin' });
  const style = row.isRefused ? ({ ...HUMAN, tone: 'fail' } as const) : HUMAN;
  const drawn = captioned(serverText(row), line, ends, canvas, style);
  if (row.told === null) return drawn;
  return { ...drawn, marks: [{ type: row.type, x: me, y: top + LINE + 8, scale: 0.85 }] };
}

function drawError(row: Readonly<ServerRow>, ends: readonly [number, number], canvas: Canvas): Drawing {
  const middle = (ends[0] + ends[1]) / 2;
  const line = arrow(ends, canvas.top + LINE, { kind: 'wire', evidence: 'inferred', weight: 'thin' }, 0.5);
  const drawn = captioned(row.text, line, ends, canvas, { ...HUMAN, tone: 'fail' });
  return { ...drawn, marks: [{ type: 'fail', x: middle, y: canvas.top + LINE + 4, scale: 0.7 }] };
}

function drawCheck(row: Readonly<CheckRow>, canvas: Canvas): Drawing {
  const there = canvas.columns.x(row.peer);
  const back = canvas.columns.x(canvas.opposite(row.peer));
  const ends = row.way === 'ask' ? ([there, back] as const) : ([back, there] as const);
  const line = arrow(ends, canvas.top + LINE, { kind: row.type, evidence: 'inferred', weight: 'thin' });
  return captioned(checkText(row), line, ends, canvas);
}

/** The pair that won: level and thick, for it carries both ways from now on. A relay stands on its way. */
function drawChosen(row: Readonly<ChosenRow>, canvas: Canvas): Drawing {
  const { a, b, servers } = canvas.columns;
  const y = canvas.top + LINE + 4;
  const line: Arrow = {
    kind: row.type,
    evidence: 'observed',
    weight: 'winner',
    from: [a, y],
    to: [b, y],
    head: null,
  };
  const text = chosenText(row, canvas.labelOf);
  const drawn = captioned(text, line, [a, b], canvas, { ...HUMAN, bold: true });
  const turn = row.type === 'relay' ? servers.get('TURN') : undefined;
  return turn === undefined ? drawn : { ...drawn, marks: [{ type: 'relay', x: turn, y, scale: 0.85 }] };
}

function drawData(row: Readonly<DataRow>, canvas: Canvas): Drawing {
  const { columns, top } = canvas;
  const ends = [columns.x(row.peer), columns.x(canvas.opposite(row.peer))] as const;
  const evidence: Evidence = canvas.isOneSided ? 'inferred' : 'observed';
  const share = shareOfFlight(canvas, row, row);
  const line = arrow(ends, top + LINE, { kind: 'ink', evidence, weight: 'strong' }, share);
  const drawn = captioned(dataText(row), line, ends, canvas);
  return share > 0 ? drawn : { ...drawn, arrows: [] };
}
