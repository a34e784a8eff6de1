/** What is asked and answered about a relayed address (RFC 8656 §18, RFC 8016 §3.3). */
import { cite } from '../../base/cite.ts';
import { ok } from '../../base/result.ts';
import { xorAddress } from '../address-kinds.ts';
import { flag, hex64, number, opaque, wrongLength } from '../attribute-kinds.ts';
import type { AttributeDef } from '../attribute.ts';
import { hexNumber } from '../../base/bytes.ts';
import { field } from '../field.ts';
import { type ErrorCode, errorCode } from './message.ts';

/** The numbers of the address families (RFC 8489 §14.1). */
export const addressFamilyNumbers = { IPv4: 0x01, IPv6: 0x02 } as const;

export function showAddressFamily(family: number): string {
  return Object.entries(addressFamilyNumbers).find(([, code]) => code === family)?.[0] ?? String(family);
}

export const requestedAddressFamily = number({
  id: 'REQUESTED-ADDRESS-FAMILY',
  type: 0x0017,
  rfc: cite('RFC 8656', '18.6'),
  meaning: 'Whether the relayed address shall be IPv4 or IPv6.',
  example: addressFamilyNumbers.IPv4,
  bytes: 1,
  reserved: 3,
  show: showAddressFamily,
});

export const additionalAddressFamily = number({
  id: 'ADDITIONAL-ADDRESS-FAMILY',
  type: 0x8000,
  rfc: cite('RFC 8656', '18.11'),
  meaning: 'Asks for a second relayed address, IPv6, beside the IPv4 one.',
  example: addressFamilyNumbers.IPv6,
  bytes: 1,
  reserved: 3,
  show: showAddressFamily,
});

export interface AddressErrorCode extends ErrorCode {
  /** 1: IPv4, 2: IPv6. */
  readonly family: number;
}

const noId = new Uint8Array(12);

/** An ERROR-CODE whose first byte is an address family. */
export const addressErrorCode: AttributeDef<AddressErrorCode> = {
  id: 'ADDRESS-ERROR-CODE',
  type: 0x8001,
  rfc: cite('RFC 8656', '18.12'),
  meaning: 'Why one of two relayed addresses could not be had; the other one was.',
  example: { family: 2, code: 440, reason: 'Address Family not Supported' },
  decode: (value) => {
    const error = errorCode.decode(value, noId);
    return error.ok ? ok({ family: value[0]!, ...error.value }) : error;
  },
  encode: ({ family, ...error }) => {
    const bytes = errorCode.encode(error, noId);
    bytes[0] = family;
    return bytes;
  },
  fields: (value) => [
    field([0, 1], 'Family', showAddressFamily(value[0]!)),
    field([1, 2], 'Reserved', String(value[1])),
    ...errorCode.fields(value, noId).slice(1),
  ],
};

/** IANA protocol numbers. */
const protocolNames: Readonly<Record<number, string>> = { 6: 'TCP (6)', 17: 'UDP (17)' };

export const requestedTransport = number({
  id: 'REQUESTED-TRANSPORT',
  type: 0x0019,
  rfc: cite('RFC 8656', '18.8'),
  meaning: 'What the relay shall speak to peers.',
  example: 17,
  bytes: 1,
  reserved: 3,
  show: (protocol) => protocolNames[protocol] ?? String(protocol),
});

export interface EvenPort {
  /** Reserve the next port, for RTCP as it once was. */
  readonly reserveNext: boolean;
}

/** The first bit asks to reserve the port above as well. */
export const evenPort: AttributeDef<EvenPort> = {
  id: 'EVEN-PORT',
  type: 0x0018,
  rfc: cite('RFC 8656', '18.7'),
  meaning: 'Asks for an even port, and perhaps for the odd one above it.',
  example: { reserveNext: true },
  decode: (value) =>
    value.length === 1
      ? ok({ reserveNext: (value[0]! & 0x80) !== 0 })
      : wrongLength('EVEN-PORT', value.length, '1 byte'),
  encode: ({ reserveNext }) => Uint8Array.of(reserveNext ? 0x80 : 0),
  fields: (value) => [
    field([0, 1], 'R bit', hexNumber(value[0]!, 2), reserveMeaning((value[0]! & 0x80) !== 0)),
  ],
};

function reserveMeaning(reserveNext: boolean): string {
  return reserveNext ? 'Reserve the next port as well.' : 'An even port is enough.';
}

export const reservationToken = hex64({
  id: 'RESERVATION-TOKEN',
  type: 0x0022,
  rfc: cite('RFC 8656', '18.10'),
  meaning: 'Claims the port that an earlier allocation reserved beside its own.',
  example: '0102030405060708',
});

export const dontFragment = flag({
  id: 'DONT-FRAGMENT',
  type: 0x001a,
  rfc: cite('RFC 8656', '18.9'),
  meaning: 'Asks the server to set the DF bit towards the peer.',
});

export const lifetime = number({
  id: 'LIFETIME',
  type: 0x000d,
  rfc: cite('RFC 8656', '18.2'),
  meaning: 'How long the server keeps the allocation without a refresh.',
  example: 600,
  bytes: 4,
  show: (seconds) => `${seconds} s`,
});

export const xorRelayedAddress = xorAddress({
  id: 'XOR-RELAYED-ADDRESS',
  type: 0x0016,
  rfc: cite('RFC 8656', '18.5'),
  meaning:
    'The address that the server leased: what peers send to reaches the client. It becomes the relay candidate.',
  example: { address: '192.0.2.1', port: 32853 },
});

export const mobilityTicket = opaque({
  id: 'MOBILITY-TICKET',
  type: 0x8030,
  rfc: cite('RFC 8016', '3.3'),
  meaning: 'Lets a client keep its allocation when its own address changes.',
  example: Uint8Array.of(1, 2, 3),
});
