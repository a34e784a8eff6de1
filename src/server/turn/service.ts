/**
 * The server's mind (RFC 8489 §6.3, RFC 8656 §5): takes messages from listeners, answers requests, and relays data.
 * It opens the sockets that face the peers; the sockets that face the clients belong to the listeners.
 */
import { randomBytes } from 'node:crypto';
import type { RemoteInfo } from 'node:dgram';
import type { TransportAddress } from '../../core/base/address.ts';
import { attr } from '../../core/stun/attribute.ts';
import {
  messageIntegrity,
  messageIntegritySha256,
  nonce,
  realm,
  username,
} from '../../core/stun/attributes/credentials.ts';
import { unknownAttributes } from '../../core/stun/attributes/message.ts';
import { data, xorPeerAddress } from '../../core/stun/attributes/relaying.ts';
import { decodeChannelData, encodeChannelData } from '../../core/stun/channel-data.ts';
import { checkFingerprint, type Integrity } from '../../core/stun/integrity.ts';
import {
  decodeMessage,
  encodeMessage,
  firstMalformed,
  get,
  type StunMessage,
  unknownRequired,
} from '../../core/stun/message.ts';
import { methods } from '../../core/stun/methods.ts';
import type { Allocation } from './allocation.ts';
import { AllocationTable } from './allocation-table.ts';
import type { Authenticator } from './authenticate.ts';
import { type Client, type DropReason, plainAddress, type Receiver } from './client.ts';
import { isReachable } from './datagram.ts';
import type { Limits } from './limits.ts';
import { PacketTap } from './packet-tap.ts';
import type { PeerPolicy } from './peer-policy.ts';
import { refuse, type Reply, type Way } from './reply.ts';
import type { RequestHandler, TurnRequest } from './requests/handler.ts';
import { handlerOf } from './requests/index.ts';

export interface ServiceOptions {
  readonly authenticator: Authenticator;
  readonly policy: PeerPolicy;
  readonly limits: Limits;
  readonly now: () => number;
  readonly mayAnswer: (remote: TransportAddress) => boolean;
  readonly relayAddress: (client: Client, family: 'IPv4' | 'IPv6') => string | undefined;
  readonly otherAddress: (client: Client) => TransportAddress | undefined;
  /** A client that is answered another way than it asked, over UDP. */
  readonly clientAt: (way: Way) => Client | undefined;
}

/** What the server did, in messages. */
export interface Counters {
  received: number;
  answered: number;
  relayed: number;
  readonly dropped: Partial<Record<DropReason, number>>;
}

const authenticationTypes = [username, realm, nonce, messageIntegrity, messageIntegritySha256].map(
  (def) => def.type,
);
const sendIndicationTypes = new Set([xorPeerAddress.type, data.type]);

export class TurnService implements Receiver {
  readonly tap = new PacketTap();
  readonly counters: Counters = { received: 0, answered: 0, relayed: 0, dropped: {} };
  readonly allocations: AllocationTable;
  readonly #options: ServiceOptions;
  readonly #sweeper: NodeJS.Timeout;

  constructor(options: ServiceOptions) {
    this.#options = options;
    this.allocations = new AllocationTable(options.limits, options.now, (allocation) =>
      this.#listenToPeers(allocation),
    );
    this.#sweeper = setInterval(() => this.allocations.sweep(), 1000).unref();
  }

  close(): void {
    clearInterval(this.#sweeper);
    this.allocations.closeAll();
  }

  drop(reason: DropReason): void {
    this.counters.dropped[reason] = (this.counters.dropped[reason] ?? 0) + 1;
  }

  mayAnswer(remote: TransportAddress): boolean {
    return this.#options.mayAnswer(remote);
  }

  hasAllocation(client: Client): boolean {
    return this.allocations.get(client) !== undefined;
  }

  gone(client: Client): void {
    this.allocations.removeOf(client);
  }

  /** What this user has allocated ends, as its account does. */
  removeUser(username: string): void {
    this.allocations.removeOfUser(username);
  }

  receive(bytes: Uint8Array, client: Client): void {
    this.counters.received++;
    this.#guarded(() => this.#take(bytes, client));
  }

  /** Whatever one packet leads to, the server goes on to the next; the counter says that there is a mistake to mend. */
  #guarded(work: () => void): void {
    try {
      work();
    } catch {
      this.drop('internal error');
    }
  }

  #take(bytes: Uint8Array, client: Client): void {
    if (!this.mayAnswer(client.remote)) return this.drop('foreign machine');
    if (client.transport === 'udp' && this.allocations.isRelay(client.remote)) return this.drop('loop');
    if (this.tap.isOpen) this.#observe('received', client, bytes, this.allocations.get(client));
    if ((bytes[0] ?? 0) >= 0x40) return this.#relayChannelData(bytes, client);
    const message = decodeMessage(bytes);
    if (!message.ok) return this.drop('malformed');
    if (checkFingerprint(message.value) === 'bad') return this.drop('bad fingerprint');
    if (message.value.class === 'request') return this.#answer(message.value, client);
    const isSend = message.value.class === 'indication' && message.value.method === methods.send.number;
    return isSend ? this.#relayIndication(message.value, client) : this.drop('not a request');
  }

  // Requests

  #answer(message: StunMessage, client: Client): void {
    const otherAddress = this.#options.otherAddress(client);
    const handler = handlerOf(message.method, otherAddress !== undefined);
    if (handler === undefined) return this.#reply(message, client, refuse(400));
    const understood = new Set([...authenticationTypes, ...handler.understands.map((def) => def.type)]);
    if (firstMalformed(message, understood)) return this.#reply(message, client, refuse(400));
    const authentication = handler.authenticated
      ? this.#options.authenticator.check(message, client)
      : undefined;
    if (authentication && 'refusal' in authentication)
      return this.#reply(message, client, authentication.refusal);
    const user = authentication?.user;
    const unknown = unknownRequired(message, understood);
    const reply = unknown.length > 0 ? refuse(420, attr(unknownAttributes, unknown)) : undefined;
    if (reply) return this.#reply(message, client, reply, user?.integrity);
    const request = { ...this.#request(message, client), username: user?.username ?? '', otherAddress };
    return this.#handle(handler, request, user?.integrity);
  }

  #request(message: StunMessage, client: Client): Omit<TurnRequest, 'username' | 'otherAddress'> {
    const { policy, limits, now, relayAddress } = this.#options;
    return {
      message,
      client,
      allocations: this.allocations,
      policy,
      limits,
      now: now(),
      relayAddress: (family) => relayAddress(client, family),
    };
  }

  #handle(handler: RequestHandler, request: TurnRequest, integrity?: Integrity): void {
    const { message, client } = request;
    const outcome = handler.handle(request);
    if (!(outcome instanceof Promise)) return this.#reply(message, client, outcome, integrity);
    const answer = (reply: Reply | undefined) =>
      this.#guarded(() => (reply ? this.#reply(message, client, reply, integrity) : this.drop('busy')));
    outcome.then(answer, () => answer(refuse(500)));
  }

  /** FINGERPRINT comes back when it came in; nothing else is added, so that an answer stays small. */
  #reply(message: StunMessage, client: Client, reply: Reply, integrity?: Integrity): void {
    const bytes = encodeMessage({
      class: reply.class,
      method: message.method,
      transactionId: message.transactionId,
      attributes: reply.attributes,
      fingerprint: checkFingerprint(message) === 'good',
      ...(integrity && { integrity: [integrity] }),
    });
    this.counters.answered++;
    const to = (reply.way && this.#options.clientAt(reply.way)) ?? client;
    this.#send(to, bytes, this.allocations.get(client));
  }

  #send(client: Client, bytes: Uint8Array, allocation: Allocation | undefined): void {
    const left = client.send(bytes);
    if (left && this.tap.isOpen) this.#observe('sent', client, bytes, allocation);
  }

  // Data from the client

  #relayChannelData(bytes: Uint8Array, client: Client): void {
    const allocation = this.allocations.get(client);
    if (allocation === undefined) return this.drop('no allocation');
    const decoded = decodeChannelData(bytes, this.#options.limits.lastChannel);
    if (!decoded.ok) return this.drop('malformed');
    const channel = allocation.channel(decoded.value.channel, this.#options.now());
    if (channel === undefined) return this.drop('no channel');
    return this.#toPeer(allocation, channel.peer, decoded.value.data);
  }

  /** RFC 8656 §11.2. */
  #relayIndication(message: StunMessage, client: Client): void {
    const allocation = this.allocations.get(client);
    if (allocation === undefined) return this.drop('no allocation');
    const [peer, payload] = [get(message, xorPeerAddress), get(message, data)];
    const unknown = unknownRequired(message, sendIndicationTypes).length > 0;
    if (peer === undefined || payload === undefined || unknown) return this.drop('malformed');
    if (!isReachable(peer)) return this.drop('no port');
    if (this.#options.policy.isOwnService(peer) || allocation.isOwnRelay(peer))
      return this.drop('refused peer');
    return this.#toPeer(allocation, peer, payload);
  }

  #toPeer(allocation: Allocation, peer: TransportAddress, payload: Uint8Array): void {
    if (!allocation.isPermitted(peer.address, this.#options.now())) return this.drop('no permission');
    if (!allocation.sendToPeer(peer, payload)) return this.drop('send failed');
    this.counters.relayed++;
    if (this.tap.isOpen) this.#observePeer('sent', allocation, peer, payload);
  }

  // Data from peers

  #listenToPeers(allocation: Allocation): void {
    allocation.relay.socket.on('message', (bytes, from) =>
      this.#guarded(() => this.#fromPeer(allocation, bytes, from)),
    );
  }

  /** RFC 8656 §11.3, §12.7. */
  #fromPeer(allocation: Allocation, payload: Uint8Array, { address, port }: RemoteInfo): void {
    const now = this.#options.now();
    const peer = { address: plainAddress(address), port };
    if (!allocation.isPermitted(peer.address, now) || allocation.expiresAt <= now)
      return this.drop('no permission');
    this.counters.relayed++;
    if (this.tap.isOpen) this.#observePeer('received', allocation, peer, payload);
    const channel = allocation.channelOf(peer, now);
    const bytes = channel
      ? encodeChannelData({ channel: channel.number, data: payload })
      : encodeMessage({
          class: 'indication',
          method: methods.data.number,
          transactionId: randomBytes(12),
          attributes: [attr(xorPeerAddress, peer), attr(data, payload)],
        });
    this.#send(allocation.client, bytes, allocation);
  }

  // Observation

  #observe(
    direction: 'received' | 'sent',
    client: Client,
    bytes: Uint8Array,
    allocation: Allocation | undefined,
  ): void {
    const { key, transport, local, remote } = client;
    const owner = allocation?.username;
    this.tap.emit({
      direction,
      leg: 'client',
      transport,
      local,
      remote,
      bytes,
      client: key,
      username: owner,
    });
  }

  #observePeer(
    direction: 'received' | 'sent',
    allocation: Allocation,
    remote: TransportAddress,
    bytes: Uint8Array,
  ): void {
    const { relay, client, username: owner } = allocation;
    const [local, transport] = [relay.address, 'udp' as const];
    this.tap.emit({
      direction,
      leg: 'peer',
      transport,
      local,
      remote,
      bytes,
      client: client.key,
      username: owner,
    });
  }
}
