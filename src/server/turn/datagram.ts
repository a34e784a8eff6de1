/** Sends datagrams, and says whether they left: no address that a packet names can make it throw. */
import type { Socket } from 'node:dgram';
import type { TransportAddress } from '../../core/base/address.ts';

/** Nothing can be sent to port 0 (RFC 768), though a packet may name it, or claim to come from it. */
export const isReachable = ({ port }: TransportAddress): boolean => port > 0 && port < 65_536;

/** False: nothing left. What the network says of it later (ICMP) comes to the socket's own listener. */
export function sendDatagram(socket: Socket, bytes: Uint8Array, to: TransportAddress): boolean {
  if (!isReachable(to)) return false;
  try {
    socket.send(bytes, to.port, to.address);
    return true;
  } catch {
    return false; // the socket is closed
  }
}
