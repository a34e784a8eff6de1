/** ICE servers as an agent is given them. */
import type { TransportAddress } from '../../base/address.ts';

export interface IceServer {
  /** `turn:198.51.100.20:3478?transport=udp` */
  readonly url: string;
  readonly kind: 'stun' | 'turn';
  readonly transport: 'udp' | 'tcp' | 'tls';
  /** Of IPv4, and of IPv6 where it has one. */
  readonly at: TransportAddress;
  readonly at6: TransportAddress | null;
  readonly account: { readonly username: string; readonly password: string } | null;
}
