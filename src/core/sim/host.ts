/** A machine with interfaces, their sockets, and a firewall before each where there is one. */
import { invariant } from '../base/assert.ts';
import type { TransportAddress } from '../base/address.ts';
import { Firewall, type FirewallSpec } from './firewall.ts';
import type { Attachment, LinkQuality, Network, Realm } from './network.ts';
import type { Packet, Segment, Side } from './packet.ts';
import type { Random } from './random.ts';
import { TcpEnd, type TcpEvents } from './tcp.ts';
import type { Wire } from './wire.ts';

/** Sees what leaves a machine and what reaches it. */
export interface PacketObserver {
  sent(host: Host, packet: Packet): void;
  received(host: Host, packet: Packet): void;
}

export interface InterfaceSpec {
  readonly address: string;
  readonly realm: Realm;
  readonly link: LinkQuality;
  readonly networkType: string;
  readonly firewall?: FirewallSpec;
  /** Packets of this family leave the realm as those of the other (NAT64). */
  readonly nat64?: boolean;
}

export interface Interface extends InterfaceSpec {
  readonly attachment: Attachment;
  readonly wall: Firewall | null;
}

export type Receiver = (packet: Packet) => void;

export class Host {
  readonly name: string;
  readonly side: Side | null;
  readonly network: Network;
  readonly #random: Random;
  readonly #observer: PacketObserver;
  readonly #sockets = new Map<string, Receiver>();
  interfaces: Interface[] = [];

  constructor(name: string, side: Side | null, network: Network, random: Random, observer: PacketObserver) {
    this.name = name;
    this.side = side;
    this.network = network;
    this.#random = random;
    this.#observer = observer;
  }

  plug(spec: InterfaceSpec): Interface {
    const attachment = spec.realm.attach(spec.address, spec.link, (packet) => this.#arrive(plugged, packet));
    const plugged: Interface = {
      ...spec,
      attachment,
      wall: spec.firewall ? new Firewall(spec.firewall) : null,
    };
    this.interfaces.push(plugged);
    return plugged;
  }

  /** The cable is pulled: nothing goes out of it, and nothing comes in. */
  unplug(address: string): void {
    this.interfaces.find((one) => one.address === address)?.realm.detach(address);
    this.interfaces = this.interfaces.filter((one) => one.address !== address);
  }

  /** Gives back the port. */
  listen(
    transport: 'udp' | 'tcp',
    address: string,
    receiver: Receiver,
    port = this.#freePort(transport, address),
  ): number {
    const key = keyOf(transport, address, port);
    invariant(!this.#sockets.has(key), 'a port is bound once');
    this.#sockets.set(key, receiver);
    return port;
  }

  close(transport: 'udp' | 'tcp', address: string, port: number): void {
    this.#sockets.delete(keyOf(transport, address, port));
  }

  send(packet: Omit<Packet, 'id'>): void {
    const from = this.interfaces.find(({ address }) => address === packet.source.address);
    const whole: Packet = { ...packet, id: this.network.nextId() };
    this.#observer.sent(this, whole);
    if (!from) return this.network.drop(whole, this.name, 'no such address');
    if (from.wall && !isInside(from, packet.destination.address) && !from.wall.letsOut(whole))
      return this.network.drop(whole, `the firewall of ${this.name}`, 'firewall');
    this.network.carry(from.attachment, whole);
  }

  #arrive(at: Interface, packet: Packet): void {
    if (at.wall && !isInside(at, packet.source.address) && !at.wall.letsIn(packet))
      return this.network.drop(packet, `the firewall of ${this.name}`, 'firewall');
    const { address, port } = packet.destination;
    const receiver = this.#sockets.get(keyOf(packet.transport, address, port));
    if (!receiver) return this.network.drop(packet, this.name, 'closed port');
    this.#observer.received(this, packet);
    receiver(packet);
  }

  #freePort(transport: 'udp' | 'tcp', address: string): number {
    for (;;) {
      const port = this.#random.between(49_152, 65_535);
      if (!this.#sockets.has(keyOf(transport, address, port))) return port;
    }
  }
}

const keyOf = (transport: string, address: string, port: number): string => `${transport} ${address}|${port}`;

/** Neighbours in a network of their own are not kept apart by the firewall before it. */
const isInside = ({ realm }: Interface, address: string): boolean =>
  realm.gateway !== null && realm.at(address) !== undefined;

/** A connection of TCP that this machine opens. */
export function connectTcp(
  host: Host,
  from: Interface,
  to: TransportAddress,
  events: TcpEvents,
): { readonly local: TransportAddress; readonly end: TcpEnd } {
  const side = host.side ?? 'A';
  const port = host.listen('tcp', from.address, ({ segment, wire }) => {
    if (segment) end.receive(segment, wire);
  });
  const local = { address: from.address, port };
  const transmit = (segment: Segment, wire: Wire): void =>
    host.send({ transport: 'tcp', source: local, destination: to, segment, wire, side });
  const end = new TcpEnd(host.network.schedule, transmit, events);
  end.connect();
  return { local, end };
}
