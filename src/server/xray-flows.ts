/**
 * Whose packet is it? Traffic is kept apart by the client's 5-tuple.
 *
 * - The account that made an allocation on a 5-tuple owns it: proven by the credentials. What came on it before (a STUN
 *   question, the 401) waited here, and follows.
 * - Where a request named an account (USERNAME) and the page of that account claims the port as well, it is that page's: a
 *   wrong password is to be seen by whoever mistyped it. A name alone, or a port alone, is not enough.
 * - Plain Binding requests and their answers carry no credentials. They go to every page whose candidates show the port,
 *   if page and packet come from the same address, or both from this machine; where a 5-tuple has named an account
 *   (USERNAME), to that account's page only. They say no more than an address and a port, so nothing is to be had by
 *   claiming another page's port, and nothing is taken from it.
 *
 * What nobody is known to own is forgotten: it can not be said whose it was.
 */
import { username } from '../core/stun/attributes/credentials.ts';
import { decodeMessage, get, type StunMessage } from '../core/stun/message.ts';
import { methods } from '../core/stun/methods.ts';
import type { ObservedPacket } from './turn/packet-tap.ts';
import type { XrayStream } from './xray-stream.ts';

/** How many 5-tuples are known, how many packets of how many bytes wait for an owner, for how long (ms), ports a peer. */
export const flowLimits = { flows: 256, packets: 32, bytes: 1500, memory: 30_000, ports: 32 } as const;

interface Owner {
  readonly stream: XrayStream;
  readonly peer: string;
}

interface Flow {
  owner: Owner | undefined;
  /** The account that a request on it named, proven or not. */
  named: Owner | undefined;
  /** Packets that wait for an owner. */
  waiting: ObservedPacket[];
  touchedAt: number;
}

interface Claim extends Owner {
  /** The newest last. */
  readonly ports: readonly number[];
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
    flow.touchedAt = packet.at;
    if (packet.username !== undefined) this.#settle(flow, this.#byAccount(packet.username));
    if (flow.owner) return flow.owner.stream.send(flow.owner.peer, packet);
    if (packet.username !== undefined) return;
    const message = messageOf(packet);
    const name = message && get(message, username);
    if (name !== undefined) flow.named ??= this.#byAccount(name);
    const owner = this.#claimedByName(flow, packet);
    if (owner) {
      this.#settle(flow, owner);
      return owner.stream.send(owner.peer, packet);
    }
    const claims = isPlainBinding(message)
      ? this.#claims.filter((claim) => fits(claim, packet) && mayTake(claim, flow))
      : [];
    for (const { stream, peer } of claims) stream.send(peer, packet);
    if (
      claims.length === 0 &&
      flow.waiting.length < flowLimits.packets &&
      packet.bytes.length <= flowLimits.bytes
    )
      flow.waiting.push({ ...packet, bytes: Uint8Array.from(packet.bytes) });
  }

  /** The page of this stream has candidates with these ports. */
  claim(
    stream: XrayStream,
    peer: string,
    ports: readonly number[],
    mayBe: (address: string) => boolean,
  ): void {
    const own = (claim: Claim) => claim.stream === stream && claim.peer === peer;
    const before = this.#claims.find(own)?.ports ?? [];
    const claim: Claim = {
      stream,
      peer,
      ports: [...new Set([...before, ...ports])].slice(-flowLimits.ports),
      mayBe,
    };
    this.#claims = [...this.#claims.filter((other) => !own(other)), claim];
    for (const flow of this.#flows.values()) {
      const owner = flow.waiting[0] && this.#claimedByName(flow, flow.waiting[0]);
      if (owner) this.#settle(flow, owner);
      else if (mayTake(claim, flow)) this.#handOver(flow, claim);
    }
  }

  /** Plain Bindings that waited go to who claims their port; the rest waits on. */
  #handOver(flow: Flow, claim: Claim): void {
    const isClaimed = (packet: ObservedPacket) => fits(claim, packet) && isPlainBinding(messageOf(packet));
    const claimed = flow.waiting.filter(isClaimed);
    if (claimed.length === 0) return;
    flow.waiting = flow.waiting.filter((packet) => !claimed.includes(packet));
    for (const packet of claimed) claim.stream.send(claim.peer, packet);
  }

  /** The page whose account a request on this 5-tuple named, if it claims the port too. */
  #claimedByName({ owner, named }: Flow, packet: ObservedPacket): Owner | undefined {
    if (owner || !named) return undefined;
    const isItsOwn = ({ stream, peer }: Claim) => stream === named.stream && peer === named.peer;
    return this.#claims.some((claim) => isItsOwn(claim) && fits(claim, packet)) ? named : undefined;
  }

  #byAccount(name: string): Owner | undefined {
    for (const stream of this.#streams) {
      const peer = stream.peerOf(name);
      if (peer !== undefined) return { stream, peer };
    }
    return undefined;
  }

  #settle(flow: Flow, owner: Owner | undefined): void {
    flow.owner = owner;
    if (owner) for (const packet of flow.waiting) owner.stream.send(owner.peer, packet);
    flow.waiting = [];
  }

  #flowOf({ client, at }: ObservedPacket): Flow {
    const known = this.#flows.get(client);
    if (known && at - known.touchedAt < flowLimits.memory) return known;
    const flow: Flow = { owner: known?.owner, named: undefined, waiting: [], touchedAt: at };
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

function messageOf({ leg, bytes }: ObservedPacket): StunMessage | undefined {
  const message = leg === 'client' ? decodeMessage(bytes) : undefined;
  return message?.ok ? message.value : undefined;
}

const isPlainBinding = (message: StunMessage | undefined): boolean =>
  message?.method === methods.binding.number && get(message, username) === undefined;

const fits = ({ ports, mayBe }: Claim, { leg, remote }: ObservedPacket): boolean =>
  leg === 'client' && ports.includes(remote.port) && mayBe(remote.address);

const mayTake = ({ stream }: Claim, { owner, named }: Flow): boolean =>
  owner === undefined && (named === undefined || named.stream === stream);
