/** One room on one server: the claims of all, and the connections that are here. */
import { type Seat, type ServerMessage, otherSeat } from '../../core/signalling/room-messages.ts';
import type { Claim } from './seats.ts';

/** A connection that has joined, whatever its transport. */
export interface Member {
  /** `json`: the message as JSON, where somebody has written it already. */
  send(message: ServerMessage, json?: string): void;
  /** It gave a sign of life by another way (a post that came in at another server). */
  heard(): void;
  /** Ends the connection after what was sent. */
  end(): void;
}

export class HubRoom {
  /** By the hash of the client's key. */
  readonly claims = new Map<string, Claim>();
  readonly members = new Map<string, Member>();
  usedAt: number;
  /** Ends listening to other servers. */
  leaveBus: () => void = () => {};

  constructor(now: number) {
    this.usedAt = now;
  }

  at(seat: Seat): Claim | undefined {
    for (const claim of this.claims.values()) if (claim.seat === seat) return claim;
    return undefined;
  }

  /** Who sits opposite. */
  opposite({ seat }: Claim): Claim | undefined {
    if (seat === null) return undefined;
    return this.at(otherSeat(seat));
  }

  /** The stream of who sits opposite and is there now. */
  otherStream(claim: Claim): string | null {
    const other = this.opposite(claim);
    return other?.present ? other.stream : null;
  }

  tell(key: string, message: ServerMessage): void {
    this.members.get(key)?.send(message);
  }

  /** Tells each one here how its opposite is. */
  tellOthers(changed: Claim): void {
    const opposite = this.opposite(changed);
    if (opposite) this.tell(opposite.key, { type: 'other', stream: this.otherStream(opposite) });
  }

  get isEmpty(): boolean {
    return this.claims.size === 0 && this.members.size === 0;
  }
}
