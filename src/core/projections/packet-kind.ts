/**
 * What a packet is by its first bytes alone: enough for a picture that only lets it pass. Who wants all of it asks
 * core/stun/describe.ts.
 */
import { decodeBase64 } from '../base/base64.ts';
import type { Packet } from '../session/event.ts';
import { readUint16 } from '../base/bytes.ts';
import { type StunClass, classOf, looksLikeStun, methodOf } from '../stun/header.ts';

/** Names of core/stun/methods.ts without what is said of them: the first picture should not have to carry that. */
export const METHOD_NAMES: Readonly<Record<number, string>> = {
  0x001: 'Binding',
  0x003: 'Allocate',
  0x004: 'Refresh',
  0x006: 'Send',
  0x007: 'Data',
  0x008: 'CreatePermission',
  0x009: 'ChannelBind',
};

export interface PacketKind {
  /** `Allocate error`, `ChannelData`, `DTLS`. */
  readonly name: string;
  /** Of a STUN message; null for what is none. */
  readonly class: StunClass | null;
  /** To the server, or from it: a question to STUN and its answer; all else there is TURN's. */
  readonly isStun: boolean;
}

const kinds = new WeakMap<Packet, PacketKind>();

export function packetKind(packet: Packet): PacketKind {
  const known = kinds.get(packet);
  if (known) return known;
  const kind = readKind(decodeBase64(packet.bytes.slice(0, 28)) ?? new Uint8Array(0), packet.seenAt);
  kinds.set(packet, kind);
  return kind;
}

function readKind(head: Uint8Array, seenAt: Packet['seenAt']): PacketKind {
  if (!looksLikeStun(head)) {
    const isChannel = (head[0] ?? 0) >= 0x40 && (head[0] ?? 0) < 0x80;
    return { name: isChannel ? 'ChannelData' : 'data', class: null, isStun: false };
  }
  const type = readUint16(head, 0);
  const method = METHOD_NAMES[methodOf(type)] ?? 'STUN';
  const isStun = method === 'Binding' && seenAt === 'server';
  return { name: `${method} ${classOf(type)}`, class: classOf(type), isStun };
}
