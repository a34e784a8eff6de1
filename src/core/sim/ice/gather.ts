/**
 * Gathering (RFC 8445, section 5.1.1): a socket for each address, then STUN and TURN from each, one transaction every Ta
 * (section 14.2). What is found twice is told once (section 5.1.3).
 */
import type { TransportAddress } from '../../base/address.ts';
import { type Host, type Interface, connectTcp } from '../host.ts';
import { toIpv6 } from '../nat.ts';
import { isIpv6, sameAddress } from '../packet.ts';
import type { Random } from '../random.ts';
import { BINDING, DATA, type StunContent } from '../stun-content.ts';
import { tlsWire } from '../tcp.ts';
import type { Transactions } from '../transaction.ts';
import { TurnClient } from '../turn-client.ts';
import { type Reader, type StunWire, type Wire, stunWire } from '../wire.ts';
import { type Base, type LocalCandidate, priorityOf } from './candidate.ts';
import type { Origin, Profile } from './profile.ts';
import type { IceServer } from './servers.ts';

export interface GatherOptions {
  readonly host: Host;
  readonly random: Random;
  readonly reader: Reader;
  readonly profile: Profile;
  readonly transactions: Transactions;
  readonly servers: readonly IceServer[];
  readonly relayOnly: boolean;
  /** Host candidates show a name of multicast DNS in place of their address. */
  readonly hidesHosts: boolean;
  readonly isLite: boolean;
  /** What it calls the addresses of its interfaces, where a server is told what it is seen as. */
  readonly announces: string | null;
  readonly tieBreaker: string;
  readonly name: string;
  readonly found: (candidate: LocalCandidate) => void;
  readonly failed: (error: GatherError) => void;
  readonly completed: () => void;
  readonly received: (base: Base, from: TransportAddress, wire: Wire) => void;
}

export interface GatherError {
  readonly url: string;
  readonly address: string;
  readonly port: number;
  readonly code: number;
  readonly text: string;
}

interface Relay {
  readonly base: Base;
  readonly client: TurnClient;
}

/** Browsers tell of a server that does not answer after about this long (measured in Chromium). */
const SILENT = 9500;

export class Gatherer {
  readonly #options: GatherOptions;
  readonly #foundations = new Map<string, string>();
  readonly #sockets: { readonly at: Interface; readonly base: Base }[] = [];
  /** By server and socket: `198.51.100.20|3478 50124`. */
  readonly #relays = new Map<string, Relay>();
  readonly #candidates: LocalCandidate[] = [];
  #open = 0;
  #isClosed = false;

  constructor(options: GatherOptions) {
    this.#options = options;
  }

  get candidates(): readonly LocalCandidate[] {
    return this.#candidates;
  }

  start(): void {
    const { host, servers, isLite, profile } = this.#options;
    host.interfaces.forEach((at, index) => this.#sockets.push({ at, base: this.#bind(at, index) }));
    for (const { at, base } of this.#sockets) this.#addHost(at, base);
    const tasks = isLite
      ? []
      : servers.flatMap((server) =>
          this.#sockets.map((socket) => () => this.#ask(server, socket.at, socket.base)),
        );
    this.#open = tasks.length;
    const { schedule } = host.network;
    tasks.forEach((task, index) => schedule.after(index * profile.ta, () => !this.#isClosed && task()));
    if (tasks.length === 0) schedule.after(0, () => this.#options.completed());
  }

  close(): void {
    this.#isClosed = true;
    for (const { client } of this.#relays.values()) client.close();
    for (const { base } of this.#sockets) this.#options.host.close('udp', base.at.address, base.at.port);
  }

  /** A check proved an address that nobody had told (section 7.2.5.3.1). */
  addPeerReflexive(at: TransportAddress, of: LocalCandidate, priority: number): LocalCandidate {
    const origin: Origin = { ...of.origin, type: 'prflx', server: 'peer' };
    return this.#keep({
      ...this.#common(origin, of.base),
      type: 'prflx',
      at,
      priority,
      related: of.base.at,
    });
  }

  #bind(at: Interface, index: number): Base {
    const { host } = this.#options;
    const port = host.listen('udp', at.address, ({ source, wire }) => this.#receive(base, source, wire));
    const address = { address: at.address, port };
    const base: Base = {
      kind: 'socket',
      at: address,
      interfaceIndex: index,
      networkType: at.networkType,
      send: (to, wire) =>
        host.send({
          transport: 'udp',
          source: address,
          destination: to,
          wire,
          side: host.side ?? 'A',
        }),
      prepare: (_to, then) => then(true),
      settle: () => undefined,
    };
    return base;
  }

  /** What comes from a TURN server is for its relay (RFC 8656, sections 11.4 and 12.6). */
  #receive(base: Base, source: TransportAddress, wire: Wire): void {
    if (this.#isClosed) return;
    const relay = this.#relays.get(keyOf(source, base));
    if (relay && this.#passOn(relay, wire)) return;
    this.#options.received(base, source, wire);
  }

  #passOn({ base, client }: Relay, wire: Wire): boolean {
    if (wire.kind === 'channel') {
      const peer = client.peerOfChannel(wire.channel);
      if (peer) this.#options.received(base, peer, wire.inner);
      return true;
    }
    if (wire.kind !== 'stun' || !wire.inner) return false;
    const { method, peer } = this.#options.reader.read(wire);
    if (method !== DATA || !peer) return false;
    this.#options.received(base, peer, wire.inner);
    return true;
  }

  #addHost(at: Interface, base: Base): void {
    const { relayOnly, hidesHosts, random, announces } = this.#options;
    const origin = this.#origin('host', base, '', null);
    const name = hidesHosts ? mdnsName(random) : null;
    if (name !== null) at.realm.names.set(name, at.address);
    const told = announces === null ? base.at : { ...base.at, address: announces };
    if (!relayOnly)
      this.#keep({ ...this.#common(origin, base), type: 'host', at: told, name, related: null });
  }

  #ask(server: IceServer, at: Interface, base: Base): void {
    const to = serverFor(server, base.at.address, at.nat64 === true);
    if (!to) return this.#done();
    if (server.kind === 'stun') return this.#askStun(server, to, base);
    if (server.transport === 'udp')
      return this.#leaseOver(server, to, base, (wire) => base.send(to, wire), 500);
    this.#leaseOverTcp(server, to, at, base);
  }

  #askStun(server: IceServer, to: TransportAddress, base: Base): void {
    if (this.#options.relayOnly) return this.#done();
    const content: StunContent = { class: 'request', method: BINDING, id: this.#options.random.hex(24) };
    this.#options.transactions.begin({
      content,
      wire: stunWire(content),
      rto: this.#rto,
      giveUp: SILENT,
      send: (wire: StunWire) => base.send(to, wire),
      timedOut: () => this.#fail(server, to, base, 701, 'STUN binding request timed out.'),
      answered: ({ mapped }) => {
        if (mapped) this.#addReflexive(mapped, server, base);
        this.#done();
      },
    });
  }

  /** RFC 8445, section 14.3. */
  get #rto(): number {
    return Math.max(500, this.#options.profile.ta * this.#open);
  }

  #addReflexive(mapped: TransportAddress, server: IceServer, base: Base): void {
    const origin = this.#origin('srflx', base, server.at.address, null);
    this.#keep({
      ...this.#common(origin, base),
      type: 'srflx',
      at: mapped,
      related: this.#options.hidesHosts ? { address: '0.0.0.0', port: 0 } : base.at,
      url: server.url,
    });
  }

  #leaseOverTcp(server: IceServer, to: TransportAddress, at: Interface, base: Base): void {
    const failed = (): void => this.#fail(server, to, base, 701, 'TURN allocate request timed out.');
    let hasTls = server.transport !== 'tls';
    const begin = (): void => this.#leaseOver(server, to, base, (wire) => end.send(wire), null, local);
    const { local, end } = connectTcp(this.#options.host, at, to, {
      opened: () => (hasTls ? begin() : end.send(CLIENT_HELLO)),
      failed,
      received: (wire) => {
        if (wire.kind === 'tcp' && !hasTls) {
          hasTls = true;
          return begin();
        }
        const relay = this.#relays.get(keyOf(to, { at: local }));
        if (relay && this.#passOn(relay, wire)) return;
        if (wire.kind === 'stun')
          this.#options.transactions.take(this.#options.reader.read(wire), wire, to, local);
      },
    });
  }

  #leaseOver(
    server: IceServer,
    to: TransportAddress,
    base: Base,
    transmit: (wire: Wire) => void,
    rto: number | null,
    from: TransportAddress = base.at,
  ): void {
    const { host, random, transactions } = this.#options;
    const client = new TurnClient({
      schedule: host.network.schedule,
      random,
      transactions,
      account: server.account ?? { username: '', password: '' },
      rto,
      giveUp: SILENT,
      transmit,
    });
    client.allocate(
      ({ relayed, mapped }) => {
        if (this.#isClosed) return;
        const relay = this.#relayBase(relayed, base, client);
        this.#relays.set(keyOf(to, { at: from }), { base: relay, client });
        this.#addRelay(relay, mapped, server);
        this.#done();
      },
      (code, text) => this.#fail(server, to, base, code, text),
    );
  }

  #relayBase(at: TransportAddress, via: Base, client: TurnClient): Base {
    return {
      kind: 'relay',
      at,
      interfaceIndex: via.interfaceIndex,
      networkType: via.networkType,
      send: (to, wire) => client.send(to, wire),
      prepare: (to, then) => client.permit(to, then),
      settle: (to) => client.bindChannel(to),
    };
  }

  #addRelay(base: Base, mapped: TransportAddress, server: IceServer): void {
    const ways = this.#options.servers.filter(({ kind }) => kind === 'turn');
    const place = { turnPlace: ways.indexOf(server), turnCount: ways.length };
    const origin = { ...this.#origin('relay', base, server.at.address, server.transport), ...place };
    this.#keep({
      ...this.#common(origin, base),
      type: 'relay',
      at: base.at,
      related: mapped,
      url: server.url,
      relayProtocol: server.transport,
    });
  }

  #origin(type: Origin['type'], base: Base, server: string, relayProtocol: Origin['relayProtocol']): Origin {
    return {
      type,
      baseAddress: base.at.address,
      server,
      relayProtocol,
      interfaceIndex: base.interfaceIndex,
      isHidden: this.#options.hidesHosts,
      turnPlace: 0,
      turnCount: 0,
    };
  }

  #common(origin: Origin, base: Base) {
    const { profile, tieBreaker, name } = this.#options;
    return {
      id: `${name}L${this.#candidates.length}`,
      name: null,
      base,
      priority: priorityOf(profile, origin),
      foundation: profile.foundation(origin, this.#foundations, tieBreaker),
      url: null,
      relayProtocol: null,
      origin,
    };
  }

  #keep(candidate: LocalCandidate): LocalCandidate {
    const twin = this.#candidates.find(
      ({ at, base, type }) =>
        sameAddress(at, candidate.at) &&
        base === candidate.base &&
        (type !== 'relay' || candidate.type === 'relay'),
    );
    if (twin) return twin;
    this.#candidates.push(candidate);
    if (candidate.type !== 'prflx') this.#options.found(candidate);
    return candidate;
  }

  #fail(server: IceServer, _to: TransportAddress, base: Base, code: number, text: string): void {
    if (this.#isClosed) return;
    this.#options.failed({ url: server.url, address: base.at.address, port: base.at.port, code, text });
    this.#done();
  }

  #done(): void {
    this.#open--;
    if (this.#open === 0 && !this.#isClosed) this.#options.completed();
  }
}

/** Of the family of the base; with NAT64 the address that DNS64 makes of an IPv4 one (RFC 6147, section 5.1.7). */
function serverFor({ at, at6 }: IceServer, from: string, hasNat64: boolean): TransportAddress | null {
  if (!isIpv6(from)) return isIpv6(at.address) ? null : at;
  return at6 ?? (hasNat64 ? { ...at, address: toIpv6(at.address) } : null);
}

const keyOf = (server: TransportAddress, { at }: Pick<Base, 'at'>): string =>
  `${server.address}|${server.port} ${at.port}`;

/** A random name that ends in `.local`, as browsers make it (draft-ietf-mmusic-mdns-ice-candidates, section 3.1.1). */
function mdnsName(random: Random): string {
  const hex = random.hex(32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}.local`;
}

const CLIENT_HELLO: Wire = tlsWire(300);
