/** Error codes of STUN, TURN and ICE, with what each means for the one who gets it. */
import { cite, type Cite } from '../base/cite.ts';

export interface ErrorCodeDoc {
  /** The reason phrase that the RFC recommends. */
  readonly reason: string;
  readonly rfc: Cite;
  readonly meaning: string;
}

export const errorCodes = {
  300: {
    reason: 'Try Alternate',
    rfc: cite('RFC 8489', '14.8'),
    meaning: 'Ask the server in ALTERNATE-SERVER instead.',
  },
  400: { reason: 'Bad Request', rfc: cite('RFC 8489', '14.8'), meaning: 'The request is malformed.' },
  401: {
    reason: 'Unauthenticated',
    rfc: cite('RFC 8489', '14.8'),
    meaning:
      'Credentials are missing or wrong. The first request to a TURN server nearly always gets this: realm and nonce come with it.',
  },
  403: {
    reason: 'Forbidden',
    rfc: cite('RFC 8656', '19'),
    meaning: 'The server does not relay to this peer, or not for this client.',
  },
  420: {
    reason: 'Unknown Attribute',
    rfc: cite('RFC 8489', '14.8'),
    meaning: 'The server must understand an attribute and does not.',
  },
  437: {
    reason: 'Allocation Mismatch',
    rfc: cite('RFC 8656', '19'),
    meaning: 'There is no allocation where one is needed, or one where none may be.',
  },
  438: {
    reason: 'Stale Nonce',
    rfc: cite('RFC 8489', '14.8'),
    meaning: 'The nonce has expired: ask again with the one given here.',
  },
  440: {
    reason: 'Address Family not Supported',
    rfc: cite('RFC 8656', '19'),
    meaning: 'The server can not relay over IPv4 or over IPv6, as was asked.',
  },
  441: {
    reason: 'Wrong Credentials',
    rfc: cite('RFC 8656', '19'),
    meaning: 'The allocation was made with another user name.',
  },
  442: {
    reason: 'Unsupported Transport Protocol',
    rfc: cite('RFC 8656', '19'),
    meaning: 'The relay speaks UDP to peers, not what was asked for.',
  },
  443: {
    reason: 'Peer Address Family Mismatch',
    rfc: cite('RFC 8656', '19'),
    meaning: 'An IPv4 relay can not reach an IPv6 peer, nor the reverse.',
  },
  446: {
    reason: 'Connection Already Exists',
    rfc: cite('RFC 6062', '6.3'),
    meaning: 'There is a TCP connection to this peer already.',
  },
  447: {
    reason: 'Connection Timeout or Failure',
    rfc: cite('RFC 6062', '6.3'),
    meaning: 'The relay could not open TCP to the peer.',
  },
  486: {
    reason: 'Allocation Quota Reached',
    rfc: cite('RFC 8656', '19'),
    meaning: 'This user has as many allocations as allowed.',
  },
  487: {
    reason: 'Role Conflict',
    rfc: cite('RFC 8445', '7.3.1.1'),
    meaning: 'Both agents believe that they control: one has to switch.',
  },
  500: {
    reason: 'Server Error',
    rfc: cite('RFC 8489', '14.8'),
    meaning: 'The server failed for the moment: try again.',
  },
  508: {
    reason: 'Insufficient Capacity',
    rfc: cite('RFC 8656', '19'),
    meaning: 'The server has no port or room left.',
  },
} as const satisfies Record<number, ErrorCodeDoc>;

export type KnownErrorCode = keyof typeof errorCodes;

export function errorCodeDoc(code: number): ErrorCodeDoc | undefined {
  return (errorCodes as Record<number, ErrorCodeDoc>)[code];
}
