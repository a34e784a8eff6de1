/** What our own server saw of each end, counted. */
import { packetKind } from '../../../core/projections/packet-kind.ts';
import type { PacketFacts } from '../../../core/projections/packets.ts';
import type { Packet } from '../../../core/session/event.ts';
import type { Side } from './frame.ts';
import type { PathsModel } from './model.ts';

/** How many packets of each kind each end sent to or got from a server so far. */
export interface Served {
  readonly stun: readonly [number, number];
  readonly turn: readonly [number, number];
}

const counted = new WeakMap<object, Served>();

export function servedBy({ list }: PacketFacts, { ends }: PathsModel): Served {
  const known = counted.get(list);
  if (known) return known;
  const served: { stun: [number, number]; turn: [number, number] } = { stun: [0, 0], turn: [0, 0] };
  for (const { packet, peer } of list) {
    if (packet.seenAt === 'server') served[packetKind(packet).isStun ? 'stun' : 'turn'][sideOf(ends, peer)]++;
  }
  counted.set(list, served);
  return served;
}

/** Of the end that a packet belongs to. */
export const sideOf = (ends: PathsModel['ends'], peer: string): Side => (ends[1].peer?.id === peer ? 1 : 0);

/** What a packet at the server is, for people; `letter` is whose it is. */
export function packetName(label: string, packet: Packet): string {
  const { name, isStun } = packetKind(packet);
  const isUp = packet.direction === 'received';
  if (isStun) return isUp ? `${label} asks STUN` : `STUN tells ${label}`;
  const [method = '', outcome = ''] = name.split(' ');
  if (/^(Send|Data|ChannelData)/.test(method))
    return isUp ? `${label} sends through TURN` : `TURN hands over to ${label}`;
  if (isUp) return method === 'Allocate' ? `${label} asks for a relay` : `${label} asks TURN`;
  return outcome === 'error' ? `TURN refuses ${label}` : `TURN grants it to ${label}`;
}
