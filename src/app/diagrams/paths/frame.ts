/** Where everything stands: measures of the figure in pixels, from its size alone. */
import type { Size } from '../diagram.ts';
import type { Box } from '../parts/labels.ts';

export type Form = 'phone' | 'tablet' | 'wide';
export type Side = 0 | 1;

export interface Frame {
  readonly form: Form;
  readonly width: number;
  readonly height: number;
  /** Ground on which both devices stand. */
  readonly field: Box;
  readonly signalY: number;
  readonly devices: readonly [Box, Box];
  /** STUN, then TURN. */
  readonly servers: readonly [Box, Box];
  /** Whether a server has room for what it does and its address. */
  readonly serverText: boolean;
  /** Height of each row of ports, the first being the direct line. */
  readonly rows: readonly number[];
  /** Level channels: of a relay's owner, of the other end, and of the questions to STUN. */
  readonly turnY: number;
  readonly farTurnY: number;
  readonly askY: number;
  /** NATs, where any end has one; null is a side without. */
  readonly walls: readonly [Box | null, Box | null];
  /** Where a reflexive candidate stands: in front of its device, where a NAT's door would be. */
  readonly doors: readonly [number, number];
  /** Upright channels, the first device's side and the second's. */
  readonly ask: readonly [number, number];
  readonly own: readonly [number, number];
  readonly far: readonly [number, number];
  /** On the lower edge of TURN: where each end's own leg begins, and where its relay candidate stands. */
  readonly legs: readonly [number, number];
  readonly relays: readonly [number, number];
  /** On the lower edge of STUN. */
  readonly asks: readonly [number, number];
  readonly radius: number;
  readonly markScale: number;
}

const ROW_MIN = 48;
const ROWS_MAX = 4;

interface Measures {
  readonly edge: number;
  readonly device: number;
  readonly head: number;
  readonly gap: number;
  readonly fieldTop: number;
  readonly signalY: number;
  readonly door: number;
  readonly direct: number;
  readonly server: {
    readonly width: number;
    readonly height: number;
    readonly gap: number;
    readonly top: number;
  };
}

export function formOf(width: number): Form {
  return width < 560 ? 'phone' : width < 880 ? 'tablet' : 'wide';
}

function measures({ width, height }: Size): Measures {
  const form = formOf(width);
  if (form === 'phone') return phone(height);
  const tall = height >= 390;
  const wide = form === 'wide';
  const small = { width: 96, height: 34, gap: wide ? 80 : 40, top: 46 };
  return {
    edge: wide ? 20 : 14,
    device: width >= 960 ? 196 : wide ? 180 : 158,
    head: wide ? 80 : 84,
    gap: 96,
    fieldTop: tall ? 58 : 38,
    signalY: tall ? 22 : 16,
    door: wide ? 94 : 76,
    direct: !tall ? 0.5 : wide ? 0.57 : 0.6,
    server: tall ? { width: wide ? 164 : 158, height: 70, gap: wide ? 80 : 24, top: 66 } : small,
  };
}

const phone = (height: number): Measures => ({
  edge: 12,
  device: 46,
  head: 32,
  gap: 56,
  fieldTop: height < 270 ? 34 : 44,
  signalY: height < 270 ? 14 : 18,
  door: 60,
  direct: 0.653,
  server: { width: 60, height: 32, gap: 22, top: height < 270 ? 40 : 52 },
});

type Walled = readonly [boolean, boolean];

const wallWidth = (form: Form): number => (form === 'phone' ? 10 : 14);
/** A door turns open into the room between device and wall. */
const LEAF_ROOM = 46;
const WALL_AT = { phone: 0.246, tablet: 0.264, wide: 0.264 } as const;

const wallLeft = ({ edge, device }: Measures, width: number): number => {
  const form = formOf(width);
  const room = form === 'phone' ? 30 : LEAF_ROOM;
  return Math.round(Math.max(WALL_AT[form] * width, edge + device + room));
};

function wallBox(m: Measures, width: number, side: Side, { top, bottom }: Pick<Box, 'top' | 'bottom'>): Box {
  const left = wallLeft(m, width);
  const right = left + wallWidth(formOf(width));
  return side === 0
    ? { left, right, top, bottom }
    : { left: width - right, right: width - left, top, bottom };
}

/** Devices make room for walls; a reflexive candidate stands before its door. */
function withWalls(m: Measures, { width }: Size): Measures {
  const form = formOf(width);
  const narrow = { ...m, device: form === 'wide' ? Math.min(m.device, 180) : m.device };
  const server = { ...m.server, gap: width < 1000 ? Math.min(m.server.gap, 24) : m.server.gap };
  const door =
    wallLeft(narrow, width) + wallWidth(form) + (form === 'phone' ? 12 : 16) - m.edge - narrow.device;
  return { ...narrow, server, door };
}

/** `rows`: how many ports the fuller device would like to show; `folds`: whether a line `+3 more` is needed below them. */
export function frameOf(given: Size, rows: number, folds: boolean, walled: Walled = [false, false]): Frame {
  const size = { width: Math.max(320, given.width), height: Math.max(220, given.height) };
  const { width, height } = size;
  const form = formOf(width);
  const isWalled = walled.includes(true);
  const m = isWalled ? withWalls(measures(size), size) : measures(size);
  const bottom = height - (form === 'phone' ? 10 : 6);
  const servers = serversOf(width, m, isWalled ? wallLeft(m, width) + wallWidth(form) + 18 : null);
  const direct = Math.round(Math.max(m.direct * height, servers[0].bottom + 80));
  const levels = rowsOf(direct, bottom, rows, { phone: form === 'phone', folds, gap: m.gap });
  const devices = devicesOf(width, m, direct, deviceBottom(form, levels, bottom, folds));
  const [stun, turn] = servers;
  const share = (box: Box, part: number): number => Math.round(box.left + (box.right - box.left) * part);
  const inner = form === 'phone' ? [5, 18, 32] : [14, 34, 52];
  const door = Math.min(m.door, Math.round(stun.left) - devices[0].right);
  const mirror = (x: number): number => width - x;
  const walls = walled.map((has, side) =>
    has ? wallBox(m, width, side as Side, { top: m.fieldTop, bottom }) : null,
  ) as [Box | null, Box | null];
  return {
    form,
    width,
    height,
    walls,
    field: { left: 8, right: width - 8, top: m.fieldTop, bottom },
    signalY: m.signalY,
    devices,
    servers,
    serverText: stun.bottom - stun.top >= 60,
    rows: levels,
    turnY: direct - 56,
    farTurnY: direct - 70,
    askY: direct - 82,
    doors: [devices[0].right + door, devices[1].left - door],
    ask: [stun.left + inner[0]!, mirror(stun.left + inner[0]!)],
    far: [stun.left + inner[1]!, mirror(stun.left + inner[1]!)],
    own: [stun.left + inner[2]!, mirror(stun.left + inner[2]!)],
    legs: [share(turn, 0.4), share(turn, 0.6)],
    relays: [share(turn, 0.8), share(turn, 0.2)],
    asks: [share(stun, 0.16), share(stun, 0.84)],
    radius: form === 'phone' ? 12 : 16,
    markScale: form === 'phone' ? 1.2 : 1.35,
  };
}

/** Room for a reflexive candidate between a device and the servers above. */
const CLEAR = 44;

/** Narrower than this, a server says its name only. */
const TEXT_MIN = 140;
const NAME_HEIGHT = 34;

/** `from`: where the first may begin at the left. */
function serversOf(width: number, { server, edge, device }: Measures, from: number | null): [Box, Box] {
  const { top, gap } = server;
  const middle = width / 2;
  const size = Math.min(server.width, Math.max(56, middle - gap / 2 - (from ?? edge + device + CLEAR)));
  const height = size < TEXT_MIN ? Math.min(NAME_HEIGHT, server.height) : server.height;
  const box = (left: number): Box => ({ left, right: left + size, top, bottom: top + height });
  return [box(middle - gap / 2 - size), box(middle + gap / 2)];
}

interface RowOptions {
  readonly phone: boolean;
  readonly folds: boolean;
  readonly gap: number;
}

/** From the last row to the device's lower edge. */
const footOf = (phone: boolean, folds: boolean): number =>
  (phone ? 20 : 30) + (folds ? (phone ? 18 : 24) : 0);
const UNDER_DEVICE = 28;

function rowsOf(direct: number, bottom: number, wanted: number, { phone, folds, gap }: RowOptions): number[] {
  const room = bottom - (phone ? 8 : UNDER_DEVICE) - footOf(phone, folds) - direct;
  const count = Math.max(1, Math.min(wanted, ROWS_MAX, 1 + Math.floor(room / ROW_MIN)));
  const step = count < 2 ? 0 : Math.round(Math.min(gap, room / (count - 1)));
  return Array.from({ length: count }, (_, row) => direct + row * step);
}

function deviceBottom(form: Form, rows: readonly number[], bottom: number, folds: boolean): number {
  const last = rows.at(-1)! + footOf(form === 'phone', folds);
  if (form === 'phone') return Math.min(Math.max(last, rows[0]! + 76), bottom - 8);
  return Math.max(last, Math.min(rows[0]! + 130, bottom - UNDER_DEVICE));
}

function devicesOf(width: number, m: Measures, direct: number, bottom: number): [Box, Box] {
  const top = direct - m.head;
  return [
    { left: m.edge, right: m.edge + m.device, top, bottom },
    { left: width - m.edge - m.device, right: width - m.edge, top, bottom },
  ];
}
