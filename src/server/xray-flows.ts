/**
 * Whose packet is it? Traffic is kept apart by the client's 5-tuple. A 5-tuple belongs to the stream
 *
 * - whose account made an allocation on it: proven by the credentials. What came on it before (a STUN question, the 401)
 *   waited here, and follows;
 * - or, as a plain STUN question carries no credentials, to the page whose candidates show its port. Such a claim counts
 *   only if page and packet come from the same address, or both from this machine.
 *
 * What nobody is known to own is forgotten: it can not be said whose it was.
 */
import type { ObservedPacket } from './turn/packet-tap.ts';
import type { XrayStream } from './xray-stream.ts';

/** Of 5-tuples: how many are known, how many packets of how many bytes wait for an owner, for how long (ms). */
export const flowLimits = { flows: 256, packets: 32, bytes: 1500, memory: 30_000, claims: 256 } as const;

interface Owner {
  readonly stream: XrayStream;
  readonly peer: string;
}

interface Flow {
  owner: Owner | undefined;
  /** Packets that wait for an owner. */
  waiting: ObservedPacket[];
  touchedAt: number;
}

interface Claim extends Owner {
  readonly ports: ReadonlySet<number>;
  readonly mayBe: (address: string) => boolean;
}

export class XrayFlows {
  readonly #streams = new Set<XrayStream>();
  readonly #flows = new Map<string, Flow>();
  #claims: Claim[] = [];

  add(stream: XrayStream): void {
    this.#streams.add(stream);
  }

  remove(stream: XrayStream): void {
    this.#streams.delete(stream);
    this.#claims = this.#claims.filter((claim) => claim.stream !== stream);
    for (const [key, { owner }] of this.#flows) if (owner?.stream === stream) this.#flows.delete(key);
    if (this.#streams.size === 0) this.#flows.clear();
  }

  take(packet: ObservedPacket): void {
    const flow = this.#flowOf(packet);
    this.#settle(flow, this.#ownerOf(packet, flow));
    flow.touchedAt = packet.at;
    if (flow.owner) return flow.owner.stream.send(flow.owner.peer, packet);
    if (packet.username !== undefined) flow.waiting = [];
    else if (flow.waiting.length < flowLimits.packets && packet.bytes.length <= flowLimits.bytes)
      flow.waiting.push({ ...packet, bytes: Uint8Array.from(packet.bytes) });
  }

  /** The page of this stream has candidates with these ports. */
  claim(
    stream: XrayStream,
    peer: string,
    ports: readonly number[],
    mayBe: (address: string) => boolean,
  ): void {
    const claim: Claim = { stream, peer, ports: new Set(ports), mayBe };
    this.#claims = [...this.#claims, claim].slice(-flowLimits.claims);
    for (const flow of this.#flows.values()) {
      const [first] = flow.waiting;
      if (!flow.owner && first && fits(claim, first)) this.#settle(flow, claim);
    }
  }

  #ownerOf(packet: ObservedPacket, { owner }: Flow): Owner | undefined {
    if (packet.username !== undefined) return this.#byAccount(packet.username);
    return owner ?? this.#claims.find((claim) => fits(claim, packet));
  }

  #byAccount(username: string): Owner | undefined {
    for (const stream of this.#streams) {
      const peer = stream.peerOf(username);
      if (peer !== undefined) return { stream, peer };
    }
    return undefined;
  }

  #settle(flow: Flow, owner: Owner | undefined): void {
    flow.owner = owner;
    if (!owner) return;
    for (const packet of flow.waiting) owner.stream.send(owner.peer, packet);
    flow.waiting = [];
  }

  #flowOf({ client, at }: ObservedPacket): Flow {
    const known = this.#flows.get(client);
    if (known && at - known.touchedAt < flowLimits.memory) return known;
    const flow: Flow = { owner: known?.owner, waiting: [], touchedAt: at };
    this.#flows.delete(client);
    this.#flows.set(client, flow);
    if (this.#flows.size > flowLimits.flows) this.#forgetOne();
    return flow;
  }

  /** The oldest that nobody owns; the oldest of all where everything is owned. */
  #forgetOne(): void {
    const unowned = [...this.#flows].find(([, { owner }]) => !owner)?.[0];
    this.#flows.delete(unowned ?? this.#flows.keys().next().value!);
  }
}

const fits = ({ ports, mayBe }: Claim, { leg, remote }: ObservedPacket): boolean =>
  leg === 'client' && ports.has(remote.port) && mayBe(remote.address);
