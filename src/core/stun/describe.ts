/**
 * A datagram in words: what it is, and what every byte of it means. Packets inside packets (relayed data) are opened.
 * Total: whatever the bytes are, the leaves of the fields cover them all, in order.
 */
import type { Problem } from '../base/result.ts';
import { shortHex } from './attribute-kinds.ts';
import { hexNumber, readUint16 } from '../base/bytes.ts';
import { decodeChannelData } from './channel-data.ts';
import { describeMessage } from './describe-message.ts';
import { describeDtls } from './dtls.ts';
import { field, type Field, shiftField } from './field.ts';
import { describeMedia } from './media.ts';
import { decodeMessage } from './message.ts';

export type Protocol = 'STUN' | 'ChannelData' | 'DTLS' | 'SRTP' | 'unknown';

export interface PacketDescription {
  readonly protocol: Protocol;
  /** A line for a list, for example `Allocate error 401 Unauthenticated`. */
  readonly summary: string;
  readonly fields: readonly Field[];
  /** Set when the bytes claim to be something that they then are not. */
  readonly problem?: Problem;
}

/** Which protocol the first byte announces when all share a port (RFC 7983 §7). */
export function protocolOf(bytes: Uint8Array): Protocol {
  const first = bytes[0] ?? 0xff;
  if (first <= 3) return 'STUN';
  if (first >= 20 && first <= 63) return 'DTLS';
  if (first >= 64 && first <= 79) return 'ChannelData';
  if (first >= 128 && first <= 191) return 'SRTP';
  return 'unknown';
}

const describers: Readonly<Record<Protocol, (bytes: Uint8Array) => PacketDescription>> = {
  STUN: describeStun,
  ChannelData: describeChannelData,
  DTLS: (bytes) => {
    const records = describeDtls(bytes);
    const summary = records.map((record) => record.summary).join(', ');
    return { protocol: 'DTLS', summary, fields: records.map((record) => record.field) };
  },
  SRTP: (bytes) => ({ protocol: 'SRTP', ...describeMedia(bytes) }),
  unknown: (bytes) => notDecoded('unknown', bytes),
};

export function describePacket(bytes: Uint8Array): PacketDescription {
  return describers[protocolOf(bytes)](bytes);
}

function notDecoded(protocol: Protocol, bytes: Uint8Array, problem?: Problem): PacketDescription {
  const summary = problem ? `malformed ${protocol}: ${problem.message}` : `${bytes.length} bytes of data`;
  const fields =
    bytes.length === 0 ? [] : [field([0, bytes.length], 'Data', shortHex(bytes), problem?.message)];
  return { protocol, summary, fields, ...(problem && { problem }) };
}

function describeStun(bytes: Uint8Array): PacketDescription {
  const message = decodeMessage(bytes);
  if (!message.ok) return notDecoded('STUN', bytes, message.error);
  return { protocol: 'STUN', ...describeMessage(message.value, describeInner) };
}

function describeChannelData(bytes: Uint8Array): PacketDescription {
  const decoded = decodeChannelData(bytes);
  if (!decoded.ok) return notDecoded('ChannelData', bytes, decoded.error);
  const { channel, data } = decoded.value;
  const inner = describePacket(data);
  const end = 4 + data.length;
  const fields = [
    field([0, 2], 'Channel Number', hexNumber(channel), 'Stands for the peer that ChannelBind named.'),
    field([2, 4], 'Length', String(readUint16(bytes, 2)), 'Of the data, padding not counted.'),
    ...(data.length > 0 ? [shiftField(describeInner('Application Data', data), 4)] : []),
    ...(bytes.length > end ? [field([end, bytes.length], 'Padding', shortHex(bytes.subarray(end)))] : []),
  ];
  return { protocol: 'ChannelData', summary: `ChannelData ${hexNumber(channel)}: ${inner.summary}`, fields };
}

/** A field for data that holds a packet of its own, counted from the data's first byte. */
function describeInner(name: string, data: Uint8Array): Field {
  const { protocol, summary, fields } = describePacket(data);
  return {
    start: 0,
    end: data.length,
    name,
    value: summary,
    meaning: `Carried inside: ${protocol}.`,
    children: fields,
  };
}
