/** A TURN server (RFC 8656): allocations, permissions, channels, and what it passes on. */
import { type TransportAddress, familyOf } from '../base/address.ts';
import type { Host } from './host.ts';
import { type Packet, type Segment, type Side, isPrivate } from './packet.ts';
import type { Timer } from './schedule.ts';
import {
  ALLOCATE,
  BINDING,
  CHANNEL_BIND,
  CREATE_PERMISSION,
  type Credential,
  DATA,
  REFRESH,
  SEND,
  type StunContent,
} from './stun-content.ts';
import { TcpEnd, tlsWire } from './tcp.ts';
import { type Reader, type StunWire, type Wire, channelWire, stunWire } from './wire.ts';

export interface TurnServerSpec {
  readonly username: string;
  readonly password: string;
  readonly realm: string;
  /** Milliseconds after which the account is refused, as time-limited ones are. */
  readonly expiresAt?: number;
  /** How many allocations it gives at once. */
  readonly quota?: number;
  /** Seconds; the default of section 7.2. */
  readonly lifetime?: number;
  /** What it calls its address, where it does not know its own. */
  readonly announces?: string;
  /** It refuses peers with private addresses (section 21.2.2). */
  readonly deniesPrivatePeers?: boolean;
}

/** Section 9: a permission lasts five minutes. */
const PERMISSION = 300_000;
/** Section 12: a channel lasts ten. */
const CHANNEL = 600_000;
const LEASE = 600;

interface Client {
  readonly key: string;
  readonly side: Side;
  readonly address: TransportAddress;
  reply(wire: Wire): void;
}

interface Allocation {
  readonly client: Client;
  readonly relay: TransportAddress;
  readonly permissions: Map<string, number>;
  readonly channels: Map<number, { readonly peer: TransportAddress; until: number }>;
  timer: Timer;
}

export class TurnServer {
  readonly #host: Host;
  readonly #spec: TurnServerSpec;
  readonly #reader: Reader;
  readonly #relayAddress: string;
  readonly #nonce: string;
  readonly #allocations = new Map<string, Allocation>();
  readonly #streams = new Map<string, TcpEnd>();

  constructor(host: Host, spec: TurnServerSpec, relayAddress: string, nonce: string, reader: Reader) {
    this.#host = host;
    this.#spec = spec;
    this.#reader = reader;
    this.#relayAddress = relayAddress;
    this.#nonce = nonce;
  }

  listenUdp(at: TransportAddress): void {
    this.#host.listen('udp', at.address, (packet) => this.#fromUdp(packet), at.port);
  }

  listenTcp(at: TransportAddress): void {
    this.#host.listen('tcp', at.address, (packet) => this.#fromTcp(packet), at.port);
  }

  #fromUdp({ source, destination, side, wire }: Packet): void {
    this.#take(wire, {
      key: `udp ${source.address}|${source.port} ${destination.port}`,
      side,
      address: source,
      reply: (answer) =>
        this.#host.send({ transport: 'udp', source: destination, destination: source, side, wire: answer }),
    });
  }

  #fromTcp({ source, destination, side, segment, wire }: Packet): void {
    const key = `tcp ${source.address}|${source.port} ${destination.port}`;
    const transmit = (one: Segment, answer: Wire): void =>
      this.#host.send({
        transport: 'tcp',
        source: destination,
        destination: source,
        segment: one,
        wire: answer,
        side,
      });
    const stream =
      this.#streams.get(key) ??
      new TcpEnd(this.#host.network.schedule, transmit, {
        opened: () => undefined,
        failed: () => this.#streams.delete(key),
        received: (received) =>
          this.#take(received, { key, side, address: source, reply: (answer) => stream.send(answer) }),
      });
    this.#streams.set(key, stream);
    if (segment) stream.receive(segment, wire);
  }

  #take(wire: Wire, client: Client): void {
    if (wire.kind === 'tcp') return client.reply(SERVER_HELLO);
    if (wire.kind === 'channel') return this.#toChannel(wire.channel, wire.inner, client);
    if (wire.kind !== 'stun') return;
    const content = this.#reader.read(wire);
    if (content.class === 'indication') return this.#send(content, wire, client);
    if (content.class !== 'request') return;
    if (content.method === BINDING)
      return client.reply(
        stunWire({ class: 'success', method: BINDING, id: content.id, mapped: client.address }),
      );
    const refusal = this.#refusalOf(content, wire);
    if (refusal) return client.reply(refusal);
    this.#serve(content, client);
  }

  /** Long-term credentials (RFC 8489, section 9.2.4): the first request of each client is answered 401 with realm and nonce. */
  #refusalOf(content: StunContent, wire: StunWire): StunWire | null {
    const { realm, expiresAt } = this.#spec;
    const isExpired = expiresAt !== undefined && this.#host.network.schedule.now >= expiresAt;
    const isGood =
      content.username === this.#spec.username &&
      this.#reader.isProtectedBy(wire, this.#credential) &&
      !isExpired;
    if (isGood) return null;
    return stunWire({
      class: 'error',
      method: content.method,
      id: content.id,
      error: { code: 401, reason: 'Unauthorized' },
      realm,
      nonce: this.#nonce,
    });
  }

  get #credential(): Credential {
    const { username, password, realm } = this.#spec;
    return { username, password, realm };
  }

  #serve(content: StunContent, client: Client): void {
    const { method, id } = content;
    const allocation = this.#allocations.get(client.key);
    if (method === ALLOCATE) return this.#allocate(content, client);
    if (!allocation) return this.#fail(client, content, 437, 'Allocation Mismatch');
    if (method === REFRESH) {
      const lifetime = Math.min(content.lifetime ?? LEASE, this.#spec.lifetime ?? LEASE);
      this.#extend(allocation, lifetime);
      return this.#succeed(client, { class: 'success', method, id, lifetime });
    }
    const { peer } = content;
    if (!peer) return this.#fail(client, content, 400, 'Bad Request');
    if (this.#spec.deniesPrivatePeers === true && isPrivate(peer.address))
      return this.#fail(client, content, 403, 'Forbidden');
    if (familyOf(peer.address) !== familyOf(allocation.relay.address))
      return this.#fail(client, content, 443, 'Peer Address Family Mismatch');
    const { now } = this.#host.network.schedule;
    allocation.permissions.set(peer.address, now + PERMISSION);
    if (method === CHANNEL_BIND && content.channel !== undefined)
      allocation.channels.set(content.channel, { peer, until: now + CHANNEL });
    if (method === CREATE_PERMISSION || method === CHANNEL_BIND)
      this.#succeed(client, { class: 'success', method, id });
  }

  /** Section 7.2. */
  #allocate(content: StunContent, client: Client): void {
    if (this.#allocations.has(client.key)) return this.#fail(client, content, 437, 'Allocation Mismatch');
    if (this.#allocations.size >= (this.#spec.quota ?? Infinity))
      return this.#fail(client, content, 486, 'Allocation Quota Reached');
    const lifetime = this.#spec.lifetime ?? LEASE;
    const address = this.#relayAddress;
    const port = this.#host.listen('udp', address, (packet) => this.#fromPeer(allocation, packet));
    const allocation: Allocation = {
      client,
      relay: { address, port },
      permissions: new Map(),
      channels: new Map(),
      timer: this.#expiry(() => allocation, lifetime),
    };
    this.#allocations.set(client.key, allocation);
    this.#succeed(client, {
      class: 'success',
      method: ALLOCATE,
      id: content.id,
      relayed: { address: this.#spec.announces ?? address, port },
      mapped: client.address,
      lifetime,
    });
  }

  #expiry(of: () => Allocation, seconds: number): Timer {
    return this.#host.network.schedule.after(seconds * 1000, () => {
      const { client, relay } = of();
      this.#allocations.delete(client.key);
      this.#host.close('udp', relay.address, relay.port);
    });
  }

  #extend(allocation: Allocation, seconds: number): void {
    this.#host.network.schedule.cancel(allocation.timer);
    allocation.timer = this.#expiry(() => allocation, seconds);
  }

  /** Section 11.2: without a permission nothing goes to the peer. */
  #send(content: StunContent, { inner }: StunWire, client: Client): void {
    const allocation = this.#allocations.get(client.key);
    if (content.method !== SEND || !allocation || !content.peer || !inner) return;
    this.#toPeer(allocation, content.peer, inner);
  }

  #toChannel(channel: number, inner: Wire, client: Client): void {
    const allocation = this.#allocations.get(client.key);
    const bound = allocation?.channels.get(channel);
    if (allocation && bound) this.#toPeer(allocation, bound.peer, inner);
  }

  #toPeer(allocation: Allocation, peer: TransportAddress, wire: Wire): void {
    if (!this.#isPermitted(allocation, peer)) return;
    this.#host.send({
      transport: 'udp',
      source: allocation.relay,
      destination: peer,
      side: allocation.client.side,
      wire,
    });
  }

  /** Sections 11.3 and 12.7. */
  #fromPeer(allocation: Allocation, { source, wire }: Packet): void {
    if (!this.#isPermitted(allocation, source)) return;
    const channel = [...allocation.channels].find(
      ([, { peer }]) => peer.address === source.address && peer.port === source.port,
    );
    const id = `${this.#host.network.nextId()}`.padStart(24, '0');
    const content: StunContent = { class: 'indication', method: DATA, id, peer: source };
    allocation.client.reply(channel ? channelWire(channel[0], wire) : stunWire(content, wire));
  }

  #isPermitted({ permissions }: Allocation, { address }: TransportAddress): boolean {
    return (permissions.get(address) ?? -1) > this.#host.network.schedule.now;
  }

  #succeed(client: Client, content: StunContent): void {
    client.reply(stunWire({ ...content, credential: this.#credential }));
  }

  #fail(client: Client, { method, id }: StunContent, code: number, reason: string): void {
    client.reply(
      stunWire({ class: 'error', method, id, error: { code, reason }, credential: this.#credential }),
    );
  }
}

/** TLS answers with its certificate (RFC 8446, section 2). */
const SERVER_HELLO: Wire = tlsWire(1200);
