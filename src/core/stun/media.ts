/** RTP and RTCP as far as SRTP leaves them in clear (RFC 3550 §5.1, RFC 3711 §3.1, RFC 5761 §4). */
import { shortHex } from './attribute-kinds.ts';
import { readUint16, readUint32, toHex } from '../base/bytes.ts';
import { field, type Field } from './field.ts';

const rtpHeaderLength = 12;
const rtcpHeaderLength = 8;

export function describeMedia(bytes: Uint8Array): { summary: string; fields: Field[] } {
  const isRtcp = bytes.length >= rtcpHeaderLength && bytes[1]! >= 192 && bytes[1]! <= 223;
  if (isRtcp) return { summary: 'SRTCP', fields: rtcpFields(bytes) };
  if (bytes.length < rtpHeaderLength) return { summary: 'media, cut off', fields: encryptedFrom(bytes, 0) };
  return { summary: `SRTP, payload type ${bytes[1]! & 0x7f}`, fields: rtpFields(bytes) };
}

function rtpFields(bytes: Uint8Array): Field[] {
  return [
    field([0, 1], 'Version and Flags', `0x${toHex(bytes.subarray(0, 1))}`),
    field([1, 2], 'Marker and Payload Type', String(bytes[1]! & 0x7f)),
    field([2, 4], 'Sequence Number', String(readUint16(bytes, 2))),
    field([4, 8], 'Timestamp', String(readUint32(bytes, 4))),
    field([8, 12], 'SSRC', String(readUint32(bytes, 8))),
    ...encryptedFrom(bytes, rtpHeaderLength),
  ];
}

function rtcpFields(bytes: Uint8Array): Field[] {
  return [
    field([0, 1], 'Version and Count', `0x${toHex(bytes.subarray(0, 1))}`),
    field([1, 2], 'Packet Type', String(bytes[1])),
    field([2, 4], 'Length', String(readUint16(bytes, 2)), 'In words of 32 bits, less one.'),
    field([4, 8], 'SSRC of sender', String(readUint32(bytes, 4))),
    ...encryptedFrom(bytes, rtcpHeaderLength),
  ];
}

function encryptedFrom(bytes: Uint8Array, at: number): Field[] {
  if (at >= bytes.length) return [];
  return [
    field(
      [at, bytes.length],
      'Rest',
      shortHex(bytes.subarray(at)),
      'Extensions in clear, then encrypted media.',
    ),
  ];
}
