/** One connection, whatever its transport: what it may say, how much, and whether it still lives. */
import type { Socket } from 'node:net';
import { TokenBucket } from '../../core/base/token-bucket.ts';
import type { ClientMessage, Join, Said, ServerMessage } from '../../core/signalling/room-messages.ts';
import type { Addresses } from './addresses.ts';
import { type Hub, type Place, placeOf } from './hub.ts';
import type { Member } from './hub-room.ts';
import type { RoomLimits } from './limits.ts';
import type { Log } from './log.ts';
import { readClientMessage } from './schema.ts';

/** What a transport does for its connection. */
export interface Line {
  readonly transport: 'websocket' | 'sse' | 'socket-io';
  /** As counted by `Addresses`. */
  readonly address: string;
  /** Below it all, for what waits to be written. */
  readonly socket: Socket;
  send(message: ServerMessage, json?: string): void;
  /** Ends it after what was sent; `code` as in RFC 6455 §7.4.1, where the transport has such a thing. */
  end(code: number): void;
  /** Ends it at once. */
  destroy(): void;
}

export interface House {
  readonly hub: Hub;
  readonly addresses: Addresses;
  readonly limits: RoomLimits;
  readonly log: Log;
  readonly now: () => number;
  readonly participants: Set<Participant>;
}

const closeCodes = { normal: 1000, goingAway: 1001, policy: 1008 };

export class Participant implements Member {
  readonly #line: Line;
  readonly #house: House;
  readonly #bucket: TokenBucket;
  readonly #since: number;
  #place: Place | undefined;
  #heardAt: number;
  #beatAt: number;
  #faults = 0;
  #excess = 0;
  #ended = false;

  constructor(line: Line, house: House) {
    this.#line = line;
    this.#house = house;
    const now = house.now();
    this.#since = this.#heardAt = now;
    // Many who came at once are not all told at once.
    this.#beatAt = now - Math.random() * house.limits.beatEvery;
    this.#bucket = new TokenBucket(house.limits.messageBurst, house.limits.messagesPerSecond, now);
    house.participants.add(this);
  }

  /** Takes one message: JSON text, or an object that a library parsed. */
  receive(data: unknown): void {
    if (this.#ended || !this.#mayGoOn()) return;
    const message = readClientMessage(data);
    if (message.ok) this.#take(message.value, typeof data === 'string' ? data : undefined);
    else this.fault(message.error);
  }

  /** Takes what was posted for this connection. */
  receiveSaid(said: readonly Said[]): void {
    for (const message of said) if (!this.#ended && this.#mayGoOn()) this.#take(message);
  }

  isOf(stream: string): boolean {
    return this.#place?.stream === stream;
  }

  heard(): void {
    this.#heardAt = this.#house.now();
  }

  send(message: ServerMessage, json?: string): void {
    if (this.#ended) return;
    // Messages that are dropped here come again: their sender keeps them.
    if (this.#line.socket.writableLength > this.#house.limits.backlog) this.#line.destroy();
    else this.#line.send(message, json);
  }

  end(code = closeCodes.normal): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#line.end(code);
  }

  /** The transport's connection is closed. */
  lost(): void {
    this.#ended = true;
    this.#house.participants.delete(this);
    if (this.#place) this.#house.hub.gone(this, this.#place);
  }

  /** Something that is no message of a room: told, and after some of them the connection is closed. */
  fault(detail: string): void {
    const final = ++this.#faults > this.#house.limits.faults;
    this.send({ type: 'refused', code: 'malformed', detail, final });
    if (!final) return;
    this.#house.log('closed for malformed messages', { transport: this.#line.transport });
    this.end(closeCodes.policy);
  }

  /** To be called about once a second. */
  sweep(): void {
    const now = this.#house.now();
    const { joinWithin, silence, beatEvery } = this.#house.limits;
    if (!this.#place && now - this.#since > joinWithin) return this.end(closeCodes.policy);
    if (now - this.#heardAt > silence) return this.#line.destroy();
    if (now - this.#beatAt < beatEvery) return;
    this.#beatAt = now;
    this.send({ type: 'beat' });
  }

  stop(): void {
    this.send({ type: 'closing' });
    this.end(closeCodes.goingAway);
  }

  destroy(): void {
    this.#line.destroy();
  }

  /** Excess is dropped and comes again later; who never pauses is closed. */
  #mayGoOn(): boolean {
    const now = (this.#heardAt = this.#house.now());
    if (this.#bucket.take(now)) return true;
    const { messageBurst, messagesPerSecond } = this.#house.limits;
    const final = ++this.#excess > messageBurst;
    if (this.#excess % messagesPerSecond === 1 || final)
      this.send({
        type: 'refused',
        code: 'rate',
        detail: `At most ${messagesPerSecond} messages a second.`,
        final,
      });
    if (final) this.end(closeCodes.policy);
    return false;
  }

  #take(message: ClientMessage, json?: string): void {
    if (message.type === 'join') this.#join(message);
    else if (!this.#place) this.fault('The first message has to be "join".');
    else this.#house.hub.say(this.#place, message, json);
  }

  #join(join: Join): void {
    const { hub, addresses, log } = this.#house;
    if (this.#place) return this.fault('This connection has joined already: one room a connection.');
    if (!addresses.mayJoin(this.#line.address)) {
      log('join refused: rate', { transport: this.#line.transport });
      this.send({
        type: 'refused',
        code: 'busy',
        detail: 'Too many joined from your address just now.',
        final: true,
      });
      return this.end(closeCodes.policy);
    }
    this.#place = placeOf(join);
    log('joined', { transport: this.#line.transport });
    hub.join(this, join);
  }
}
