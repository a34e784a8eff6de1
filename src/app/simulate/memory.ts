/** What the NATs remember at the cursor, as rows of a table; what stands before one's door is its last row. */
import type { Drop, NatEntry } from '../../core/projections/mappings.ts';
import type { View } from '../../core/projections/view.ts';

export interface MemoryRow {
  readonly key: string;
  readonly inside: string;
  /** The port with its colon. */
  readonly outside: { readonly address: string; readonly port: string };
  readonly letsIn: string;
  /** Seconds until it is forgotten; 0 once it is. */
  readonly left: number;
  /** Of its lifetime. */
  readonly share: number;
}

export interface Memory {
  readonly nat: string;
  readonly rows: readonly MemoryRow[];
  /** The newest packet that it let in to nobody, for a moment. */
  readonly drop: { readonly at: string; readonly from: string; readonly why: string } | null;
}

/** Milliseconds for which a packet that was dropped is told of. */
const SHOWN = 400;
const MOST = 5;

export function memoriesOf({ facts, whole, time }: View): readonly Memory[] {
  const names = [...new Set(whole.mappings.entries.map(({ nat }) => nat))].sort();
  return names.map((nat) => {
    const entries = facts.mappings.entries.filter((one) => one.nat === nat);
    const rows = entries.flatMap((entry) => rowsOf(entry, time));
    return { nat, rows: rows.slice(-MOST), drop: dropAt(facts.mappings.drops, nat, time) };
  });
}

const rowsOf = ({ id, inside, outside, remotes }: NatEntry, time: number): MemoryRow[] =>
  remotes.map(({ remote, usedAt, until }) => ({
    key: `${id} ${remote}`,
    inside,
    outside: parted(outside),
    letsIn: remote,
    left: Math.max(0, (until - time) / 1000),
    share: Math.max(0, (until - time) / (until - usedAt)),
  }));

function parted(text: string): MemoryRow['outside'] {
  const at = text.lastIndexOf(':');
  return { address: text.slice(0, at), port: text.slice(at) };
}

const WHY: Readonly<Record<string, string>> = {
  filtered: 'not in the list',
  'no mapping': 'no such door',
  'no hairpinning': 'turns nothing round',
};

function dropAt(drops: readonly Drop[], nat: string, time: number): Memory['drop'] {
  const newest = drops.findLast(({ where, reason }) => where === nat && Object.hasOwn(WHY, reason));
  if (!newest || time - newest.at > SHOWN) return null;
  const port = newest.destination.slice(newest.destination.lastIndexOf(':'));
  return { at: `knock at ${port}`, from: newest.source, why: WHY[newest.reason]! };
}
