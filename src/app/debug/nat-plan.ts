/** A small plan of what a NAT does: one socket, a wall, a door for each mapping, and two servers that look at it. 372 × 176. */
import type { Nat } from '../../core/ice/server-test/nat.ts';

export interface NatPlan {
  readonly base: string;
  /** The one door stands open; with two, their leaves would hide the lines. */
  readonly leaf: { readonly stands: string; readonly swing: string } | null;
  /** Heights of the doors. */
  readonly doors: readonly number[];
  readonly walls: readonly { readonly y: number; readonly height: number }[];
  readonly ports: readonly { readonly text: string; readonly x: number; readonly y: number }[];
  readonly lines: readonly string[];
  readonly observers: readonly { readonly title: string; readonly sees: string; readonly y: number }[];
  /** The same in words. */
  readonly text: string;
}

const TOP = 12;
const BOTTOM = 172;
const MIDDLE = 92;
const SERVERS = [46, 140] as const;

const LEAF = { stands: 'M132 71L91.6 82.6', swing: 'M132 113A42 42 0 0 1 91.6 82.6' } as const;

/** Null where it would show nothing: no NAT on the way, or nothing known of it. */
export function planOf({ base, mapped, mapping }: Nat): NatPlan | null {
  if (mapping !== 'independent' && mapping !== 'dependent') return null;
  const doors = mapping === 'dependent' ? [...SERVERS] : [MIDDLE];
  const portAt = (index: number) => `:${mapped[Math.min(index, mapped.length - 1)]}`;
  return {
    base: base === null ? ':?' : `:${base}`,
    leaf: doors.length === 1 ? LEAF : null,
    doors,
    walls: wallsBetween(doors),
    ports: doors.map((y, index) => ({ text: portAt(index), x: 154, y: y + 26 })),
    lines: SERVERS.map((y, index) => route(doors[index] ?? MIDDLE, y)),
    observers: SERVERS.map((y, index) => ({
      title: `Server ${index + 1}`,
      sees: `sees ${portAt(index)}`,
      y,
    })),
    text: `Your port ${base ?? 'of unknown number'} is seen as ${mapped.join(' and ')} by two servers.`,
  };
}

function wallsBetween(doors: readonly number[]): NatPlan['walls'] {
  const edges = [TOP, ...doors.flatMap((y) => [y - 21, y + 21]), BOTTOM];
  const pairs = doors.map((_, index) => [edges[index * 2]!, edges[index * 2 + 1]!] as const);
  const all = [...pairs, [edges.at(-2)!, BOTTOM] as const];
  return all.map(([from, to]) => ({ y: from, height: to - from }));
}

function route(door: number, server: number): string {
  if (door === server) return `M66 ${MIDDLE}L120 ${door}H268`;
  const way = server < door ? -16 : 16;
  return `M66 ${MIDDLE}H216Q232 ${MIDDLE} 232 ${MIDDLE + way}V${server - way}Q232 ${server} 248 ${server}H268`;
}
