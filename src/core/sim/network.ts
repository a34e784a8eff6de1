/**
 * Networks that packets cross: realms, in which every address is known, and gateways between them. A packet for an address of
 * its own realm goes there; any other goes to the gateway. On the internet packets take time, and may be lost.
 */
import { type Drop, type DropReason, type Packet, isPrivate } from './packet.ts';
import type { Random } from './random.ts';
import type { Schedule } from './schedule.ts';
import { sizeOf } from './wire.ts';

/** How packets fare on a link. Times in ms, one way. */
export interface LinkQuality {
  readonly delay: number;
  /** At most so much more, evenly distributed. */
  readonly jitter: number;
  /** 0 to 1. */
  readonly loss: number;
  /** The largest packet in bytes, with the headers of IP and UDP. */
  readonly mtu: number;
}

export const LAN: LinkQuality = { delay: 0.3, jitter: 0, loss: 0, mtu: 1500 };

export interface Attachment {
  readonly address: string;
  readonly realm: Realm;
  readonly link: LinkQuality;
  receive(packet: Packet): void;
}

/** Forwards what leaves a realm: a NAT. */
export interface Gateway {
  outbound(packet: Packet): void;
}

export class Realm {
  readonly name: string;
  /** Names of multicast DNS, which are known in this realm only. */
  readonly names = new Map<string, string>();
  readonly #attached = new Map<string, Attachment>();
  gateway: Gateway | null = null;

  constructor(name: string) {
    this.name = name;
  }

  attach(address: string, link: LinkQuality, receive: (packet: Packet) => void): Attachment {
    const attachment: Attachment = { address, realm: this, link, receive };
    this.#attached.set(address, attachment);
    return attachment;
  }

  detach(address: string): void {
    this.#attached.delete(address);
  }

  at(address: string): Attachment | undefined {
    return this.#attached.get(address);
  }
}

/** Of IPv4 and UDP, or IPv6 and UDP (RFC 791, RFC 8200, RFC 768). */
const headers = (address: string): number => (address.includes(':') ? 48 : 28);

export class Network {
  readonly schedule: Schedule;
  readonly #random: Random;
  readonly #onDrop: (drop: Drop) => void;
  #packets = 0;

  constructor(schedule: Schedule, random: Random, onDrop: (drop: Drop) => void) {
    this.schedule = schedule;
    this.#random = random;
    this.#onDrop = onDrop;
  }

  nextId(): number {
    return this.#packets++;
  }

  /** From one attachment of a realm to whoever is at the packet's destination, or out of the realm. */
  carry(from: Attachment, packet: Packet): void {
    const to = from.realm.at(packet.destination.address);
    if (to) return this.#travel(packet, from.realm.name, [from.link, to.link], () => to.receive(packet));
    const { gateway } = from.realm;
    if (gateway) return this.#travel(packet, from.realm.name, [from.link], () => gateway.outbound(packet));
    const { address } = packet.destination;
    this.drop(packet, from.realm.name, isPrivate(address) ? 'private address' : 'no such address');
  }

  drop(packet: Packet, where: string, reason: DropReason): void {
    this.#onDrop({ packet, where, reason });
  }

  #travel(packet: Packet, where: string, links: readonly LinkQuality[], arrive: () => void): void {
    let delay = 0;
    let isLost = false;
    let mtu = Infinity;
    for (const link of links) {
      delay += link.delay + (link.jitter > 0 ? this.#random.next() * link.jitter : 0);
      isLost = this.#random.chance(link.loss) || isLost;
      mtu = Math.min(mtu, link.mtu);
    }
    if (sizeOf(packet.wire) + headers(packet.destination.address) > mtu) {
      this.schedule.after(delay / 2, () => this.drop(packet, where, 'too large'));
    } else if (isLost) {
      this.schedule.after(delay / 2, () => this.drop(packet, where, 'lost'));
    } else this.schedule.after(delay, arrive);
  }
}
