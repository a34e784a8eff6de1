/** A firewall before a network or a machine: what may go out, and whether only answers come in. */
import type { TransportAddress } from '../base/address.ts';
import type { Packet } from './packet.ts';

/** All, none, or to these ports of the other side. */
export type Allowed = 'all' | 'none' | readonly number[];

export interface FirewallSpec {
  readonly udpOut: Allowed;
  readonly tcpOut: Allowed;
  /** Stateful: in comes what answers something that went out. Open: everything. */
  readonly inbound: 'stateful' | 'open';
}

export class Firewall {
  readonly #spec: FirewallSpec;
  readonly #asked = new Set<string>();

  constructor(spec: FirewallSpec) {
    this.#spec = spec;
  }

  letsOut({ transport, source, destination }: Packet): boolean {
    const allowed = transport === 'udp' ? this.#spec.udpOut : this.#spec.tcpOut;
    const isAllowed =
      allowed === 'all' || (typeof allowed === 'object' && allowed.includes(destination.port));
    if (isAllowed) this.#asked.add(flow(transport, source, destination));
    return isAllowed;
  }

  letsIn({ transport, source, destination }: Packet): boolean {
    return this.#spec.inbound === 'open' || this.#asked.has(flow(transport, destination, source));
  }
}

const flow = (transport: string, here: TransportAddress, there: TransportAddress): string =>
  `${transport} ${here.address}|${here.port} ${there.address}|${there.port}`;
