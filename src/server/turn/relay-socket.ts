/** The UDP sockets that face the peers: one per allocation (RFC 8656 §7.2), bound to the address clients come in by. */
import { createSocket, type Socket } from 'node:dgram';
import { familyOf, type TransportAddress } from '../../core/base/address.ts';

export interface RelaySocket {
  readonly socket: Socket;
  readonly address: TransportAddress;
}

export interface RelayPair {
  readonly relay: RelaySocket;
  /** The next port, when it was asked for. */
  readonly next?: RelaySocket;
}

const evenPortAttempts = 30;

/** Addresses are literals: nothing to look up, and nothing to wait for. */
export function literalLookup(
  hostname: string,
  _options: unknown,
  done: (error: Error | null, address: string, family: number) => void,
): void {
  done(null, hostname, familyOf(hostname) === 'IPv6' ? 6 : 4);
}

/** Binds; rejects with the system's error. */
export function openRelay(address: string, port = 0): Promise<RelaySocket> {
  const ipv6 = familyOf(address) === 'IPv6';
  const socket = createSocket({ type: ipv6 ? 'udp6' : 'udp4', ipv6Only: ipv6, lookup: literalLookup });
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => {
      socket.close();
      reject(error);
    };
    socket.once('error', failed);
    socket.bind({ address, port, exclusive: true }, () => {
      socket.off('error', failed);
      socket.on('error', () => undefined); // ICMP errors of peers come here: nothing to do
      resolve({ socket, address: { address, port: socket.address().port } });
    });
  });
}

/** An even port and perhaps the one above it (RFC 8656 §7.2, EVEN-PORT). */
export async function openEvenRelay(
  address: string,
  { reserveNext }: { reserveNext: boolean },
): Promise<RelayPair> {
  for (let attempt = 0; attempt < evenPortAttempts; attempt++) {
    const relay = await openRelay(address);
    if (relay.address.port % 2 === 0) {
      if (!reserveNext) return { relay };
      const next = await openRelay(address, relay.address.port + 1).catch(() => undefined);
      if (next) return { relay, next };
    }
    relay.socket.close();
  }
  throw new Error('no even port is free');
}
