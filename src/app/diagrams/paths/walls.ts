/** NATs as walls, their mappings as doors: where they stand and how far they are open at the cursor. */
import type { Candidate } from '../../../core/projections/candidates.ts';
import type { Nat } from '../../../core/projections/nats.ts';
import type { View } from '../../../core/projections/view.ts';
import type { Box, Label } from '../parts/labels.ts';
import type { Frame, Side } from './frame.ts';
import { hasWalls, type PathsModel, type Place, type Places, placesOf, STACKED } from './model.ts';
import { type Door, type Wall, fieldPath } from './shapes.ts';
import { type Group, RANK } from './geometry.ts';
import type { Track } from './strokes.ts';

const SIDES = [0, 1] as const;

/** The one ground of a machine or a network, or one behind each wall. */
export function groundOf({ field, walls }: Frame): string[] {
  const [a, b] = walls;
  if (!a && !b) return [fieldPath(field, 'both')];
  return [
    ...(a ? [fieldPath({ ...field, right: a.left }, 0)] : []),
    ...(b ? [fieldPath({ ...field, left: b.right }, 1)] : []),
  ];
}

export function wallsOf(
  view: View,
  frame: Frame,
  model: PathsModel,
  places: Places,
  tracks: readonly Track[],
  motion: boolean,
): Wall[] {
  if (!hasWalls(model)) return [];
  const later = placesOf(frame, { ...model, ends: model.laterEnds });
  return SIDES.flatMap((side): Wall[] => {
    const [box, nat] = [frame.walls[side], model.walls[side]];
    if (!box || !nat) return [];
    const now = mapped(places, side);
    const doors = [
      ...now.map((place) => doorOf(frame, place.y, openness(view, place.candidate, motion))),
      ...mapped(later, side).map(({ y }) => doorOf(frame, y, 0)),
      ...(now.length === 0 ? [doorOf(frame, frame.rows[0]!, 0)] : []),
      ...plainGaps(frame, side, tracks),
    ];
    return [{ side, box, doors: apart(doors), evidence: nat.evidence }];
  });
}

const mapped = ({ all }: Places, side: Side): Place[] =>
  all.filter((place) => place.side === side && isReflexive(place.candidate));

const isReflexive = ({ type }: Candidate): boolean => type === 'srflx' || type === 'prflx';

/** Half of a door: as wide as two that stand above each other allow. */
const HALF = STACKED / 2 - 3;

function doorOf({ form, walls, devices }: Frame, y: number, open: number, leaf = true): Door {
  const room = walls[0] ? walls[0].left - devices[0].right : devices[1].left - walls[1]!.right;
  return { top: y - HALF, bottom: y + HALF, open, hasLeaf: leaf && form !== 'phone' && room > 2 * HALF };
}

/** What nobody translates goes through a gap without a leaf, once it is known to work. */
const plainGaps = (frame: Frame, side: Side, tracks: readonly Track[]): Door[] =>
  tracks
    .filter(({ way }) => way.ends[side].type === 'host' && way.kind !== 'relay' && way.succeededAt !== null)
    .map(({ corners }) => doorOf(frame, corners.at(side === 0 ? 0 : -1)![1], 1, false));

/** The first of those that would overlap, from the upper to the lower. */
function apart(doors: readonly Door[]): Door[] {
  const kept: Door[] = [];
  for (const door of doors)
    if (!kept.some(({ top, bottom }) => door.top < bottom && door.bottom > top)) kept.push(door);
  return kept.sort((a, b) => a.top - b.top);
}

/** Milliseconds that a door turns; the packet that opened it left at some time before its answer told of it. */
const TURN = 8;

function openness({ facts, time }: View, { at, side }: Candidate, motion: boolean): number {
  if (!motion || side === 'remote') return 1;
  const since = Math.max(
    0,
    ...Object.values(facts.candidates).map(({ gathering }) => gathering.startedAt ?? 0),
  );
  const turn = Math.max(0.1, Math.min(TURN, at - since));
  return Math.max(0, Math.min(1, (time - at + turn) / turn));
}

/** Its mapping (RFC 4787, section 4.1), where addresses show that it depends on the destination. */
const kindOf = ({ perDestination }: Nat): string[] => (perDestination ? ['symmetric'] : []);

/** `A’s NAT` over its wall, and whose ground is whose. */
export function wallGroups(frame: Frame, { ends, walls }: PathsModel): Group[] {
  const { field, form } = frame;
  const names = SIDES.flatMap((side): Group[] => {
    const [box, nat] = [frame.walls[side], walls[side]];
    if (!box || !nat) return [];
    const name = `${ends[side].label}’s NAT`;
    const label: Label = {
      x: (box.left + box.right) / 2,
      y: field.top - (form === 'phone' ? 6 : 8),
      size: 12,
      anchor: 'middle',
      bold: true,
      text: name,
    };
    const full = [...kindOf(nat), ...(nat.isBeforeCarriers ? ['then the carrier’s'] : [])];
    const texts = full.map((_, at) => [name, ...full.slice(0, full.length - at)].join(', '));
    return [{ rank: RANK.label, slots: [...texts.map((text) => [{ ...label, text }]), [label]] }];
  });
  if (form === 'phone') return names;
  const small = { y: field.bottom - 12, size: 12, tone: 'ink-3' } as const;
  const words: Label[] = [
    ...(walls[0] ? [{ ...small, x: field.left + 18, text: `${ends[0].label}’s network` }] : []),
    { ...small, x: frame.width / 2, anchor: 'middle', text: 'the internet' },
    ...(walls[1]
      ? [{ ...small, x: field.right - 18, anchor: 'end', text: `${ends[1].label}’s network` } as const]
      : []),
  ];
  return [...names, ...words.map((label): Group => ({ rank: RANK.ground, slots: [[label]] }))];
}

/** Between walls words stand on the internet, and none lies across a wall. */
export const onItsGround = ({ walls }: Frame, label: Label): Label =>
  label.halo === 'paper' && walls.some((box) => box !== null) ? { ...label, halo: 'stage' } : label;

export const wallBoxes = ({ walls }: Frame): Box[] => walls.filter((box) => box !== null);
