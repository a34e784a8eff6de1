/** How sources, candidates and errors are called in this picture. */
import { serverKind } from '../../../core/ice/server-url.ts';
import type { Candidate, Gathering } from '../../../core/projections/candidates.ts';
import { errorCodes } from '../../../core/stun/error-codes.ts';

/** RTCNetworkType of the earlier drafts of webrtc-stats, given up there for privacy; `unknown` says nothing. */
const NETWORKS: Readonly<Record<string, string>> = {
  wifi: 'Wi-Fi',
  ethernet: 'Ethernet',
  cellular: 'mobile network',
  bluetooth: 'Bluetooth',
  wimax: 'WiMAX',
  vpn: 'VPN',
};

/** `Wi-Fi, IPv4`, `own address`: an mDNS name hides the family until getStats tells it. */
export function ownName({ networkType, family }: Candidate): string {
  const network = NETWORKS[networkType ?? ''] ?? 'own address';
  return family ? `${network}, ${family}` : network;
}

/** `stun:198.51.100.1:3478`, `turns:turn.example.org?transport=tcp` taken apart; the port is left where it is. */
export function serverOf(url: string | null): {
  readonly scheme: 'STUN' | 'TURN' | null;
  readonly host: string;
} {
  const scheme = serverKind(url);
  return { scheme, host: scheme ? url!.slice(url!.indexOf(':') + 1).split('?', 1)[0]! : '' };
}

/** Who told a candidate that is not an own address. A TURN server also answers as a STUN server does. */
export function askedName({ type, url }: Candidate): string {
  if (type === 'prflx') return 'a check';
  return type === 'relay' ? 'TURN' : (serverOf(url).scheme ?? 'STUN');
}

type Fault = Gathering['errors'][number];

/** W3C WebRTC, section 4.8.3: 701 is no STUN code, it says that nothing came back. */
const OURS: Readonly<Record<number, string>> = {
  600: 'local address not allowed',
  701: 'server not reached',
};

/** `701, server not reached`, `401, Unauthenticated` */
export function errorWords({ errorCode, errorText }: Fault): string {
  const known: Readonly<Record<number, { readonly reason: string }>> = errorCodes;
  const words = OURS[errorCode] ?? known[errorCode]?.reason ?? errorText;
  return words ? `${errorCode}, ${words}` : String(errorCode);
}

export interface Cost {
  readonly messages: number;
  /** Bytes of STUN; null where they hang on the server's realm, nonce and software. */
  readonly bytes: number | null;
}

/**
 * What asking costs at the least: a browser hides these packets. A Binding request is a header of 20 bytes, its success
 * response has XOR-MAPPED-ADDRESS with 12 bytes (IPv4) or 24 (IPv6) more (RFC 8489, sections 5 and 14.2). An Allocate
 * request is refused with 401 first, to ask for a password (RFC 8656, section 7.2, and RFC 8489, section 9.2).
 */
export function leastCost({ type, family }: Candidate): Cost | null {
  if (type === 'relay') return { messages: 4, bytes: null };
  if (type !== 'srflx') return null;
  return { messages: 2, bytes: 20 + 20 + (family === 'IPv6' ? 24 : 12) };
}

/** `inferred: 2+ packets, 52+ B` */
export const costWords = ({ messages, bytes }: Cost): string =>
  `inferred: ${messages}+ packets${bytes === null ? '' : `, ${bytes}+ B`}`;
