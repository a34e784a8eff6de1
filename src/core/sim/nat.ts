/**
 * A NAT by the terms of RFC 4787: how it maps (section 4.1), how it filters (section 5), what becomes of ports
 * (section 4.2), how long it remembers (section 4.3), and whether it turns packets round (section 6).
 */
import { type TransportAddress, canonicalAddress, parseAddress } from '../base/address.ts';
import { type Attachment, type Gateway, LAN, type LinkQuality, type Network, type Realm } from './network.ts';
import { type Packet, isIpv6, isPrivate } from './packet.ts';
import type { Random } from './random.ts';

/** Endpoint-independent, address-dependent, address and port-dependent. */
export type Dependence = 'ei' | 'ad' | 'apd';

export interface NatSpec {
  readonly mapping: Dependence;
  readonly filtering: Dependence;
  /** The port stays as it is inside, where it is free (section 4.2.1). */
  readonly portPreservation?: boolean;
  /** An even port gets an even one (section 4.2.2). */
  readonly portParity?: boolean;
  readonly hairpinning?: boolean;
  /** Milliseconds without a packet after which a mapping of UDP is forgotten. */
  readonly lifetime?: number;
  /** Packets from outside keep a mapping alive too; those from inside always do (section 4.3, REQ-6). */
  readonly refreshInbound?: boolean;
  /** 1:1: one address outside for one inside, ports unchanged, everybody is let in. */
  readonly oneToOne?: boolean;
  /** IPv6 inside, IPv4 outside (RFC 6146). */
  readonly nat64?: boolean;
}

export interface Mapping {
  readonly id: number;
  readonly transport: 'udp' | 'tcp';
  readonly inside: TransportAddress;
  readonly outside: TransportAddress;
  readonly key: string;
  usedAt: number;
  /** Whom it was used for, and when last: `192.0.2.1:3478`. */
  readonly remotes: Map<string, number>;
}

/** What a NAT does that somebody may want to see. */
export interface NatObserver {
  used(mapping: Mapping, remote: TransportAddress, forgottenAt: number): void;
}

/** As picked by pion's vnet; RFC 4787 asks for two minutes at least (section 4.3, REQ-5), and many have less. */
export const LIFETIME = 30_000;
/** RFC 5382, section 5, REQ-5: of an established connection two hours and four minutes at least. */
const TCP_LIFETIME = 7_440_000;

export class Nat implements Gateway {
  readonly name: string;
  readonly #spec: NatSpec;
  readonly #network: Network;
  readonly #random: Random;
  readonly #observer: NatObserver;
  readonly #inside: Attachment;
  readonly #outside: Attachment;
  readonly #byKey = new Map<string, Mapping>();
  readonly #byPort = new Map<string, Mapping>();
  #nextPort: number;
  #count = 0;

  constructor(
    name: string,
    spec: NatSpec,
    place: {
      readonly inside: Realm;
      readonly outside: Realm;
      readonly address: string;
      readonly link: LinkQuality;
    },
    network: Network,
    random: Random,
    observer: NatObserver,
  ) {
    this.name = name;
    this.#spec = spec;
    this.#network = network;
    this.#random = random;
    this.#observer = observer;
    this.#inside = place.inside.attach(`gateway of ${place.inside.name}`, LAN, () => undefined);
    this.#outside = place.outside.attach(place.address, place.link, (packet) => this.#inbound(packet));
    place.inside.gateway = this;
    this.#nextPort = random.between(FIRST_PORT, FIRST_PORT + 9999);
  }

  get address(): string {
    return this.#outside.address;
  }

  /** It was switched off and on: all mappings are gone, and new ones get other ports. */
  forget(): void {
    this.#byKey.clear();
    this.#byPort.clear();
    this.#nextPort = this.#random.between(FIRST_PORT, FIRST_PORT + 9999);
  }

  outbound(packet: Packet): void {
    const destination = this.#translated(packet.destination);
    if (!destination) return this.#network.drop(packet, this.name, 'no such address');
    const isHairpin = destination.address === this.address;
    if (isHairpin && this.#spec.hairpinning !== true)
      return this.#network.drop(packet, this.name, 'no hairpinning');
    // No router of the internet forwards to a private address (RFC 1918, section 3): no mapping is made for it.
    if (isPrivate(destination.address) && !this.#outside.realm.at(destination.address))
      return this.#network.drop(packet, this.name, 'private address');
    const mapping = this.#mappingFor(packet, destination);
    this.#use(mapping, destination);
    const translated: Packet = { ...packet, source: mapping.outside, destination };
    if (isHairpin) return this.#inbound(translated);
    this.#network.carry(this.#outside, translated);
  }

  #inbound(packet: Packet): void {
    const { transport, destination, source } = packet;
    const mapping = this.#alive(this.#byPort.get(`${transport} ${destination.port}`));
    if (!mapping) return this.#network.drop(packet, this.name, 'no mapping');
    if (!this.#letsIn(mapping, source)) return this.#network.drop(packet, this.name, 'filtered');
    if (this.#spec.refreshInbound === true) this.#use(mapping, source);
    this.#network.carry(this.#inside, {
      ...packet,
      destination: mapping.inside,
      source: this.#spec.nat64 === true ? { ...source, address: toIpv6(source.address) } : source,
    });
  }

  /** Filtering (section 5): everybody, addresses that were written to, or these at the same port. */
  #letsIn(mapping: Mapping, source: TransportAddress): boolean {
    if (this.#spec.oneToOne === true || this.#spec.filtering === 'ei') return true;
    const since = this.#network.schedule.now - this.#lifetime(mapping.transport);
    for (const [remote, usedAt] of mapping.remotes) {
      if (usedAt < since) continue;
      if (remote === textOf(source)) return true;
      if (this.#spec.filtering === 'ad' && remote.startsWith(`${source.address}|`)) return true;
    }
    return false;
  }

  #mappingFor(packet: Packet, destination: TransportAddress): Mapping {
    const key = this.#keyOf(packet, destination);
    const known = this.#alive(this.#byKey.get(key));
    if (known) return known;
    const mapping: Mapping = {
      id: this.#count++,
      transport: packet.transport,
      inside: packet.source,
      outside: { address: this.address, port: this.#portFor(packet) },
      key,
      usedAt: this.#network.schedule.now,
      remotes: new Map(),
    };
    this.#byKey.set(key, mapping);
    this.#byPort.set(`${mapping.transport} ${mapping.outside.port}`, mapping);
    return mapping;
  }

  /** Mapping (section 4.1): one for all destinations, one for each address, or one for each address and port. */
  #keyOf({ transport, source }: Packet, destination: TransportAddress): string {
    const { mapping } = this.#spec;
    const of = `${transport} ${textOf(source)}`;
    if (mapping === 'ei') return of;
    return mapping === 'ad' ? `${of} ${destination.address}` : `${of} ${textOf(destination)}`;
  }

  #use(mapping: Mapping, remote: TransportAddress): void {
    const { now } = this.#network.schedule;
    mapping.usedAt = now;
    mapping.remotes.set(textOf(remote), now);
    this.#observer.used(mapping, remote, now + this.#lifetime(mapping.transport));
  }

  /** Forgets one whose time is over. */
  #alive(mapping: Mapping | undefined): Mapping | undefined {
    if (!mapping) return undefined;
    const isOver = this.#network.schedule.now - mapping.usedAt >= this.#lifetime(mapping.transport);
    if (!isOver || this.#spec.oneToOne === true) return mapping;
    this.#byKey.delete(mapping.key);
    this.#byPort.delete(`${mapping.transport} ${mapping.outside.port}`);
    return undefined;
  }

  #lifetime(transport: 'udp' | 'tcp'): number {
    return transport === 'tcp' ? TCP_LIFETIME : (this.#spec.lifetime ?? LIFETIME);
  }

  #portFor({ transport, source }: Packet): number {
    const { portPreservation, portParity, oneToOne } = this.#spec;
    const isFree = (port: number): boolean => !this.#byPort.has(`${transport} ${port}`);
    if (oneToOne === true || (portPreservation === true && isFree(source.port))) return source.port;
    for (;;) {
      this.#nextPort += this.#random.between(1, 60);
      if (this.#nextPort > LAST_PORT) this.#nextPort = FIRST_PORT;
      const port =
        portParity === true && (this.#nextPort - source.port) % 2 !== 0 ? this.#nextPort + 1 : this.#nextPort;
      if (port <= LAST_PORT && isFree(port)) return (this.#nextPort = port);
    }
  }

  /** What a destination is called outside; with NAT64 an IPv4 address that stands in an IPv6 one (RFC 6052, section 2.1). */
  #translated(destination: TransportAddress): TransportAddress | null {
    if (this.#spec.nat64 !== true) return isIpv6(destination.address) ? null : destination;
    const address = fromIpv6(destination.address);
    return address === null ? null : { ...destination, address };
  }
}

const FIRST_PORT = 49_152;
const LAST_PORT = 65_535;

/** The well-known prefix (RFC 6052, section 2.1). */
const NAT64_PREFIX = '64:ff9b::';

/** `192.0.2.1` → `64:ff9b::c000:201`, as hosts that have only IPv6 call it. */
export const toIpv6 = (address: string): string =>
  isIpv6(address) ? address : (canonicalAddress(`${NAT64_PREFIX}${address}`) ?? address);

function fromIpv6(address: string): string | null {
  const bytes = address.startsWith(NAT64_PREFIX) ? parseAddress(address) : undefined;
  return bytes ? bytes.subarray(12).join('.') : null;
}

const textOf = ({ address, port }: TransportAddress): string => `${address}|${port}`;
