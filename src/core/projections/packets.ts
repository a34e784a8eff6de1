import { Vector } from '../base/vector.ts';
import type { Packet } from '../session/event.ts';
import type { Projection } from './projection.ts';

/** A packet that was seen; who shows it decodes it (core/stun/describe.ts). */
export interface SeenPacket {
  /** Id of its event. */
  readonly id: string;
  readonly at: number;
  /** Whose it is: the peer by whose credentials or port it was recognised. */
  readonly peer: string;
  readonly packet: Packet;
}

export interface PacketFacts {
  readonly list: Vector<SeenPacket>;
  /** Seen, but more than could be recorded. */
  readonly missed: number;
}

/** What our STUN/TURN server saw. By its nature observed. */
export const packets: Projection<PacketFacts> = {
  id: 'packets',
  initial: { list: Vector.empty(), missed: 0 },
  reduce(facts, event) {
    if (event.type === ':packet') {
      const { id, at, peer, value: packet } = event;
      return { ...facts, list: facts.list.append({ id, at, peer, packet }) };
    }
    if (event.type === ':packets.missed') return { ...facts, missed: facts.missed + event.value.count };
    return facts;
  },
};
