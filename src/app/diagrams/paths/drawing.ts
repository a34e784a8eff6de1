/** The drawing that is shown before anything is recorded: what will happen, in four sentences. */
import type { Server } from './servers.ts';
import type { Size } from '../diagram.ts';
import { type Box, type Label, labelBox } from '../parts/labels.ts';
import { type Device, fieldPath, type MarkAt, type PathsLayout, type Wall } from './shapes.ts';
import type { LegLine } from './traffic.ts';
import { type Form, formOf, type Side } from './frame.ts';
import { type Group, pathOf, placeGroups, type Point, RANK, rounded } from './geometry.ts';

type Plan = ReturnType<typeof planOf>;

/** Its measures, in pixels. */
function planOf(given: Size) {
  const width = Math.max(320, given.width);
  const height = Math.max(220, given.height);
  const form = formOf(width);
  // Places go with the height; what has a size of its own grows less.
  const k = Math.max(0.55, height / 520);
  const size = Math.min(k, 1.3);
  const direct = Math.round(330 * k);
  const wall = form === 'phone' ? 10 : 14;
  const left = Math.round(width * (form === 'phone' ? 0.246 : 0.256));
  const device =
    form === 'phone'
      ? { edge: 12, width: 46 }
      : {
          edge: form === 'wide' ? 36 : 20,
          width: form === 'wide' ? Math.round(136 * Math.max(1, size)) : 120,
        };
  const half = Math.max(46, 62 * size);
  return {
    form,
    width,
    height,
    signalY: Math.round(36 * k),
    top: Math.round(86 * k),
    bottom: height - Math.round(22 * k),
    direct,
    /** Left edges. */
    walls: [left, width - left - wall] as const,
    wall,
    device: {
      ...device,
      top: direct - (form === 'phone' ? 32 : half + 16 * size),
      bottom: direct + (form === 'phone' ? 44 : half - 16 * size),
    },
    servers: serverBoxes(form, width, k, size),
    radius: form === 'phone' ? 12 : 16,
  };
}

function serverBoxes(form: Form, width: number, k: number, size: number): [Box, Box] {
  const [w, h] =
    form === 'phone'
      ? [60, 28]
      : [width < 760 ? 88 : Math.round(116 * Math.max(1, size)), Math.round(Math.max(30, 40 * size))];
  const gap = form === 'phone' ? 22 : form === 'wide' ? 116 : 40;
  const top = Math.round(116 * k);
  const box = (left: number): Box => ({ left, right: left + w, top, bottom: top + h });
  return [box(width / 2 - gap / 2 - w), box(width / 2 + gap / 2)];
}

const mirrored = ({ width }: Plan, x: number, side: Side): number => (side === 0 ? x : width - x);

function deviceBox({ width, device }: Plan, side: Side): Box {
  const left = side === 0 ? device.edge : width - device.edge - device.width;
  return { left, right: left + device.width, top: device.top, bottom: device.bottom };
}

const doorMark = ({ walls, wall, form }: Plan): number => walls[0] + wall + (form === 'phone' ? 12 : 16);

const SENTENCES = [
  'They exchange letters',
  'Each asks outside: how do you see me?',
  'They try every way, best first',
  'One way wins, and carries your data',
] as const;
const SHORT = ['They exchange letters', 'How do you see me?', 'They try every way', 'One way wins'] as const;
const SHORTEST = ['They exchange letters', 'How am I seen?', 'Every way is tried', 'One way wins'] as const;

export function frontDrawing(size: Size): PathsLayout {
  const plan = planOf(size);
  const sentences = sentenceLabels(plan);
  const line = signallingOf(plan);
  const middle = labelBox(sentences[0]!);
  const apart = plan.form === 'phone' ? 24 : 40;
  return {
    form: plan.form,
    width: plan.width,
    height: plan.height,
    ground: groundOf(plan),
    signalling: pathOf(line),
    plates: [
      { left: middle.left - 14, right: middle.right + 14, top: plan.signalY - 12, bottom: plan.signalY + 12 },
    ],
    devices: devicesOf(plan),
    servers: serversOf(plan),
    walls: plan.walls.map((left, side) => wallOf(plan, left, side as Side)),
    legs: legsOf(plan),
    touches: [],
    folds: [],
    strokes: [],
    marks: marksOf(plan),
    crosses: [],
    sheets: [],
    pills: [],
    messages: [middle.left - apart, middle.right + apart].map((x, index) => ({
      id: `${index}`,
      x,
      y: plan.signalY,
      text: '',
      level: true,
    })),
    labels: [...sentences, ...wordsOf(plan, sentences)],
    sentences,
    evidence: [],
  };
}

function devicesOf(plan: Plan): Device[] {
  return ([0, 1] as const).map((side) => {
    const box = deviceBox(plan, side);
    const isPhone = plan.form === 'phone';
    const middle = (box.top + box.bottom) / 2;
    const tile = { x: (box.left + box.right) / 2, y: middle - (isPhone ? 0 : 18), size: isPhone ? 26 : 34 };
    return { side, label: 'AB'[side]!, box, tile, absent: false };
  });
}

const serversOf = ({ servers }: Plan): Server[] =>
  (['stun', 'turn'] as const).map((id, index) => ({
    id,
    name: id.toUpperCase(),
    box: servers[index]!,
    soft: true,
    does: '',
    address: null,
    fault: null,
  }));

function groundOf({ width, top, bottom, walls }: Plan): string[] {
  const left: Box = { left: 8, right: walls[0], top, bottom };
  return [fieldPath(left, 0), fieldPath({ ...left, left: width - walls[0], right: width - 8 }, 1)];
}

const LEAF = 44;

const wallOf = (
  { form, walls, device, top, bottom, direct, wall }: Plan,
  left: number,
  side: Side,
): Wall => ({
  side,
  box: { left, right: left + wall, top, bottom },
  doors: [
    {
      top: direct - (form === 'phone' ? 17 : 21),
      bottom: direct + (form === 'phone' ? 17 : 21),
      open: 1,
      hasLeaf: walls[0] - device.edge - device.width > LEAF,
    },
  ],
  evidence: 'observed',
});

function signallingOf(plan: Plan): Point[] {
  const at = (side: Side): number => mirrored(plan, plan.device.edge + plan.device.width / 2, side);
  const { signalY, device, radius } = plan;
  return rounded(
    [
      [at(0), device.top],
      [at(0), signalY],
      [at(1), signalY],
      [at(1), device.top],
    ],
    radius,
  );
}

function legsOf(plan: Plan): LegLine[] {
  const { direct, servers, radius, device } = plan;
  const [stun, turn] = servers;
  const share = (box: Box, part: number): number => box.left + (box.right - box.left) * part;
  const askY = Math.min(direct - 60, stun.bottom + (direct - stun.bottom) * 0.37);
  const turnY = stun.bottom + (direct - stun.bottom) * 0.58;
  const step = plan.form === 'phone' ? 14 : 32;
  const from = (side: Side): Point => [mirrored(plan, doorMark(plan), side), direct];
  const up = (side: Side, channel: number, level: number, x: number, floor: number): Point[] =>
    Math.abs(channel - x) < 2 * radius
      ? [from(side), [x, direct], [x, floor]]
      : [from(side), [channel, direct], [channel, level], [x, level], [x, floor]];
  const leg = (id: string, kind: LegLine['kind'], points: readonly Point[]): LegLine => ({
    id,
    kind,
    d: pathOf(rounded(points, radius)),
    opacity: 0.35,
  });
  const channel = share(stun, 0.26) + step;
  const way: Point[] = [
    [device.edge + device.width, direct],
    [plan.width - device.edge - device.width, direct],
  ];
  return [
    leg('stun0', 'srflx', up(0, share(stun, 0.26), askY, share(stun, 0.26), stun.bottom)),
    leg('stun1', 'srflx', up(1, plan.width - share(stun, 0.26) + 4, askY, share(stun, 0.74), stun.bottom)),
    leg('turn0', 'relay', up(0, channel, turnY, share(turn, 0.26), turn.bottom)),
    leg('turn1', 'relay', up(1, share(turn, 0.86), turnY, share(turn, 0.86), turn.bottom)),
    { ...leg('way', 'srflx', way), weight: 6 },
  ];
}

function marksOf(plan: Plan): MarkAt[] {
  const { direct, device, servers } = plan;
  const scale = plan.form === 'phone' ? 1.2 : 1.4;
  const mark = (id: string, type: MarkAt['type'], x: number, y: number): MarkAt => ({
    id,
    type,
    x,
    y,
    scale,
    hollow: false,
    event: '',
    keys: [],
    name: '',
  });
  const [, turn] = servers;
  return [
    ...([0, 1] as const).flatMap((side) => [
      mark(`host${side}`, 'host', mirrored(plan, device.edge + device.width, side), direct),
      mark(`srflx${side}`, 'srflx', mirrored(plan, doorMark(plan), side), direct),
    ]),
    mark('relay', 'relay', turn.left + (turn.right - turn.left) * 0.26, turn.bottom),
  ];
}

function sentenceLabels({ form, width, signalY, servers, direct }: Plan): Label[] {
  const words = { wide: SENTENCES, tablet: SHORT, phone: SHORTEST }[form];
  const size = form === 'phone' ? 13 : 16;
  const room = direct - servers[0].bottom;
  const heights = [signalY + 5, servers[0].bottom + room * 0.22 + 2, direct - 24, direct + 36];
  return words.map((text, index) => ({
    text: `${index + 1}  ${text}`,
    x: width / 2,
    y: Math.round(heights[index]!),
    size,
    anchor: 'middle',
    bold: true,
    halo: 'stage',
  }));
}

/** The lesser words, where the sentences leave room for them. */
function wordsOf(plan: Plan, sentences: readonly Label[]): Label[] {
  const [names, lesser] = wordGroups(plan);
  const groups = lesser.map((label): Group => ({ rank: RANK.ground, slots: [[label]] }));
  return [...names, ...placeGroups(groups, [...sentences, ...names].map(labelBox), plan.width, plan.height)];
}

function wordGroups(plan: Plan): [names: Label[], lesser: Label[]] {
  const { form, width, bottom, servers, walls, wall, top } = plan;
  const names = servers.map(({ left, right, top: y, bottom: end }, index): Label => ({
    text: ['STUN', 'TURN'][index]!,
    x: (left + right) / 2,
    y: (y + end) / 2 + 5,
    size: form === 'phone' ? 13 : 14,
    anchor: 'middle',
    bold: true,
  }));
  if (form === 'phone') return [names, []];
  const small = { size: 12, tone: 'ink-3' } as const;
  const who = devicesOf(plan).map(({ tile }, side): Label => ({
    text: ['you', 'the other'][side]!,
    x: tile.x,
    y: tile.y + 42,
    size: 14,
    anchor: 'middle',
    bold: true,
  }));
  const doors = walls.map((x): Label => ({
    ...small,
    x: x + wall / 2,
    y: top - 10,
    anchor: 'middle',
    text: 'a router’s wall, with doors',
  }));
  const y = bottom - 14;
  const lesser: Label[] = [
    ...doors,
    { ...small, x: 26, y, text: 'your network' },
    { ...small, x: width / 2, y, anchor: 'middle', text: 'the internet' },
    { ...small, x: width - 26, y, anchor: 'end', text: 'their network' },
  ];
  return [[...names, ...who], lesser];
}
