/**
 * Who sits where, agreed between tabs by Web Locks (W3C Web Locks, section 2): the browser gives a lock to one tab at a
 * time and takes it back when the tab closes, crashes or is thrown out of the cache. So no clock decides who is there,
 * and a tab whose timers sleep keeps its seat.
 */
import type { SeatName } from './tab-notes.ts';

export interface Seat {
  readonly seat: SeatName;
  leave(): void;
}

const SEATS: readonly SeatName[] = ['A', 'B'];
/** A page that reloads may come before the old one is gone: ms, and how often. */
const AGAIN = { pause: 120, times: 8 };

const seatLock = (room: string, seat: SeatName): string => `icescope-room/${room}/${seat}`;
const lifeLock = (room: string, life: string): string => `icescope-room/${room}/life/${life}`;

/** The seat that was had before, where it is free; else the first that is. Null when both are taken. */
export async function takeSeat(room: string, before: SeatName | null): Promise<Seat | null> {
  const wanted = before ? [before, ...SEATS.filter((seat) => seat !== before)] : SEATS;
  for (let time = 0; time < AGAIN.times; time++) {
    // A tab that comes back waits half of its tries for its own seat.
    const tried = before && time < AGAIN.times / 2 ? [before] : wanted;
    for (const seat of tried) {
      const leave = await tryLock(seatLock(room, seat));
      if (leave) return { seat, leave };
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN.pause));
  }
  return null;
}

/** Held as long as this tab is in the room; gives back how to let go. */
export const beAlive = (room: string, life: string): Promise<(() => void) | null> =>
  tryLock(lifeLock(room, life));

/** Calls back once the tab of that life is gone. */
export function whenGone(room: string, life: string, signal: AbortSignal, gone: () => void): void {
  navigator.locks
    .request(lifeLock(room, life), { mode: 'shared', signal }, () => {
      if (!signal.aborted) gone();
    })
    .catch(() => {
      // Aborted: nobody waits for it any longer.
    });
}

/** Resolves with how to let go, or with null when another tab has it. */
function tryLock(name: string): Promise<(() => void) | null> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(null);
        return new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });
}
