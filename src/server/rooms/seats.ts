/**
 * Who sits where, decided by each server for itself from the same claims, so that all come to the same answer.
 */
import type { Seat } from '../../core/signalling/room-messages.ts';

/** One client's claim to a seat in one room, as servers tell it each other. Keys are hashed. */
export interface Claim {
  readonly key: string;
  readonly stream: string;
  /** null while it is not decided. */
  readonly seat: Seat | null;
  /** Where it sat before, by its own word. */
  readonly wish: Seat | null;
  /** When the seat was first asked for, ms; the older claim wins. */
  readonly at: number;
  /** When this connection began, ms; of two tellings the later holds. */
  readonly since: number;
  /** Which server it is connected to. */
  readonly server: string;
  readonly present: boolean;
  /** When it went, ms; 0 while it is present. */
  readonly left: number;
}

const older = (a: Claim, b: Claim): number => a.at - b.at || (a.key < b.key ? -1 : 1);

/** The seat of each claim by its key; null for those who find none. Of two on one seat the older keeps it. */
export function assignSeats(claims: readonly Claim[]): Map<string, Seat | null> {
  const seats = new Map<string, Seat | null>();
  const taken = new Set<Seat>();
  const sit = (key: string, seat: Seat | undefined) => {
    seats.set(key, seat ?? null);
    if (seat) taken.add(seat);
  };
  const ordered = [...claims].sort(older);
  for (const { key, seat } of ordered) if (seat && !taken.has(seat)) sit(key, seat);
  for (const { key, wish } of ordered) {
    if (seats.has(key)) continue;
    const wished = wish && !taken.has(wish) ? wish : undefined;
    sit(key, wished ?? (['A', 'B'] as const).find((seat) => !taken.has(seat)));
  }
  return seats;
}
