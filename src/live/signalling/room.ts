/** A channel over a medium that comes and goes, in which two seats wait for two ends. */
import type { Channel } from './channel.ts';

/**
 * `reconnecting` keeps its seat and loses no message; `full`, `refused` and `lost` are final, and `detail` says why and
 * what to do.
 */
export type Link = 'joining' | 'open' | 'reconnecting' | 'full' | 'refused' | 'lost' | 'closed';

export interface RoomStatus {
  readonly link: Link;
  /** The first to come sits at A; null until the room has said so. */
  readonly seat: 'A' | 'B' | null;
  /** Whether somebody sits at the other seat now. */
  readonly other: boolean;
  readonly detail?: string;
}

/** Messages sent while nobody sits at the other seat, or while reconnecting, are kept and arrive once, in order. */
export interface Room extends Channel {
  /** One watcher; it is told at once how things are, then of each change. */
  watch(watcher: (news: RoomStatus) => void): void;
}

/** `room` is 128 random bits in base64url (22 characters), as in the address that invites the other side. */
export type OpenRoom = (room: string) => Room;
