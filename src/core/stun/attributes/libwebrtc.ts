/** What libwebrtc adds, registered nowhere. */
import { cite } from '../../base/cite.ts';
import { ok } from '../../base/result.ts';
import { opaque, uint16List, wrongLength } from '../attribute-kinds.ts';
import type { AttributeDef } from '../attribute.ts';
import { concatBytes, readUint16, uint16 } from '../../base/bytes.ts';
import { field } from '../field.ts';

export interface NetworkInfo {
  readonly networkId: number;
  /** 0 (cheap, Ethernet) to 999 (expensive). */
  readonly networkCost: number;
}

/** A network's id and its cost, 16 bits each. */
export const googNetworkInfo: AttributeDef<NetworkInfo> = {
  id: 'GOOG-NETWORK-INFO',
  type: 0xc057,
  rfc: cite('libwebrtc', 'not registered'),
  meaning: 'Which of its networks the sender used, and how expensive that one is.',
  example: { networkId: 1, networkCost: 50 },
  decode: (value) =>
    value.length === 4
      ? ok({ networkId: readUint16(value, 0), networkCost: readUint16(value, 2) })
      : wrongLength('GOOG-NETWORK-INFO', value.length, '4 bytes'),
  encode: ({ networkId, networkCost }) => concatBytes([uint16(networkId), uint16(networkCost)]),
  fields: (value) => [
    field([0, 2], 'Network Id', String(readUint16(value, 0))),
    field([2, 4], 'Network Cost', String(readUint16(value, 2)), 'From 0, cheap, to 999, expensive.'),
  ],
};

export const googLastIceCheckReceived = opaque({
  id: 'GOOG-LAST-ICE-CHECK-RECEIVED',
  type: 0xc058,
  rfc: cite('libwebrtc', 'not registered'),
  meaning: 'The transaction id of the last connectivity check that arrived.',
  example: new Uint8Array(12),
});

export const googMiscInfo = uint16List({
  id: 'GOOG-MISC-INFO',
  type: 0xc059,
  rfc: cite('libwebrtc', 'not registered'),
  meaning: 'What extras Chromium supports, for example short pings.',
  example: [1],
});

export const googMessageIntegrity32 = opaque({
  id: 'GOOG-MESSAGE-INTEGRITY-32',
  type: 0xc060,
  rfc: cite('libwebrtc', 'not registered'),
  meaning: 'MESSAGE-INTEGRITY cut to four bytes, for short pings.',
  example: new Uint8Array(4),
  length: 4,
});

export const metaDtlsInStun = opaque({
  id: 'META-DTLS-IN-STUN',
  type: 0xc070,
  rfc: cite('libwebrtc', 'not registered'),
  meaning: 'A DTLS handshake packet that travels inside a connectivity check, to save a round trip.',
  example: Uint8Array.of(1, 2, 3),
  holdsPacket: true,
});

export const metaDtlsInStunAck = opaque({
  id: 'META-DTLS-IN-STUN-ACK',
  type: 0xc071,
  rfc: cite('libwebrtc', 'not registered'),
  meaning: 'Which DTLS packets arrived inside earlier checks.',
  example: new Uint8Array(4),
});
