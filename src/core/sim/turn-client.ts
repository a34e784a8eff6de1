/** What an agent does to have a relay (RFC 8656): a lease, permissions, and packets to and from peers through the server. */
import type { TransportAddress } from '../base/address.ts';
import { sameAddress } from './packet.ts';
import type { Random } from './random.ts';
import type { Schedule, Timer } from './schedule.ts';
import {
  ALLOCATE,
  CHANNEL_BIND,
  CREATE_PERMISSION,
  type Credential,
  REFRESH,
  SEND,
  type StunContent,
} from './stun-content.ts';
import type { Transactions } from './transaction.ts';
import { type StunWire, type Wire, channelWire, stunWire } from './wire.ts';

export interface Lease {
  readonly relayed: TransportAddress;
  readonly mapped: TransportAddress;
}

export interface TurnClientOptions {
  readonly schedule: Schedule;
  readonly random: Random;
  readonly transactions: Transactions;
  readonly account: { readonly username: string; readonly password: string };
  /** Null over a stream. */
  readonly rto: number | null;
  readonly giveUp?: number;
  /** To the server. */
  readonly transmit: (wire: Wire) => void;
}

type Permission = { state: 'asked' | 'given' | 'refused'; waiting: ((isGiven: boolean) => void)[] };

/** Sections 8.1, 9 and 12: a minute before they end. */
const MARGIN = 60_000;
const PERMISSION_AGAIN = 300_000 - MARGIN;

export class TurnClient {
  readonly #options: TurnClientOptions;
  readonly #permissions = new Map<string, Permission>();
  readonly #channels = new Map<string, number>();
  /** From when it is asked for: the server may use it before its answer is here. */
  readonly #peers = new Map<number, TransportAddress>();
  readonly #timers: Timer[] = [];
  #challenge: { readonly realm: string; readonly nonce: string } | null = null;
  #isClosed = false;

  constructor(options: TurnClientOptions) {
    this.#options = options;
  }

  /** Section 7.1: the first Allocate learns realm and nonce, the second is the one that counts. */
  allocate(done: (lease: Lease) => void, failed: (code: number, reason: string) => void): void {
    this.#ask({ method: ALLOCATE, transport: 17 }, (answer) => {
      if (answer === null) return failed(701, 'TURN allocate request timed out.');
      if (answer.error) return failed(answer.error.code, answer.error.reason);
      if (!answer.relayed || !answer.mapped) return failed(400, 'Bad Request');
      this.#refreshLater(answer.lifetime ?? 600);
      done({ relayed: answer.relayed, mapped: answer.mapped });
    });
  }

  /** Section 9: whom the relay lets in. Asked once an address; `then` comes when the server said so. */
  permit({ address, port }: TransportAddress, then: (isGiven: boolean) => void): void {
    const known = this.#permissions.get(address);
    if (known && known.state !== 'asked') return then(known.state === 'given');
    if (known) return void known.waiting.push(then);
    const permission: Permission = { state: 'asked', waiting: [then] };
    this.#permissions.set(address, permission);
    this.#askPermission({ address, port }, permission);
  }

  send(peer: TransportAddress, wire: Wire): void {
    const channel = this.#channels.get(textOf(peer));
    if (channel !== undefined) return this.#options.transmit(channelWire(channel, wire));
    const content: StunContent = {
      class: 'indication',
      method: SEND,
      id: this.#options.random.hex(24),
      peer,
    };
    this.#options.transmit(stunWire(content, wire));
  }

  /** Section 12.1: from then on four bytes are enough for a header. */
  bindChannel(peer: TransportAddress): void {
    if ([...this.#peers.values()].some((known) => sameAddress(known, peer))) return;
    const channel = 0x4000 + this.#peers.size;
    this.#peers.set(channel, peer);
    this.#ask({ method: CHANNEL_BIND, channel, peer }, (answer) => {
      if (answer?.class === 'success') this.#channels.set(textOf(peer), channel);
    });
  }

  peerOfChannel(channel: number): TransportAddress | null {
    return this.#peers.get(channel) ?? null;
  }

  close(): void {
    this.#isClosed = true;
    for (const timer of this.#timers) this.#options.schedule.cancel(timer);
  }

  #askPermission(peer: TransportAddress, permission: Permission): void {
    this.#ask({ method: CREATE_PERMISSION, peer }, (answer) => {
      permission.state = answer?.class === 'success' ? 'given' : 'refused';
      for (const then of permission.waiting) then(permission.state === 'given');
      permission.waiting = [];
      if (permission.state === 'given')
        this.#later(PERMISSION_AGAIN, () => this.#askPermission(peer, permission));
    });
  }

  #refreshLater(lifetime: number): void {
    this.#later(Math.max(lifetime * 1000 - MARGIN, lifetime * 500), () =>
      this.#ask({ method: REFRESH, lifetime }, (answer) => {
        if (answer?.class === 'success') this.#refreshLater(answer.lifetime ?? lifetime);
      }),
    );
  }

  #later(delay: number, run: () => void): void {
    if (!this.#isClosed) this.#timers.push(this.#options.schedule.after(delay, run));
  }

  /** Null where nobody answered. A 401 to a request without credentials, and a 438, are answered with another request. */
  #ask(
    what: Omit<StunContent, 'class' | 'id' | 'credential'>,
    done: (answer: StunContent | null) => void,
    isSecond = this.#challenge !== null,
  ): void {
    const { random, transactions, rto, giveUp, transmit } = this.#options;
    const content: StunContent = { ...what, class: 'request', id: random.hex(24), ...this.#signed() };
    const wire: StunWire = stunWire(content);
    transactions.begin({
      content,
      wire,
      rto,
      ...(giveUp === undefined ? {} : { giveUp }),
      send: transmit,
      timedOut: () => done(null),
      answered: (answer) => {
        const isChallenge = answer.error?.code === 438 || (answer.error?.code === 401 && !isSecond);
        if (!isChallenge || answer.realm === undefined || answer.nonce === undefined) return done(answer);
        this.#challenge = { realm: answer.realm, nonce: answer.nonce };
        this.#ask(what, done, true);
      },
    });
  }

  #signed(): Partial<StunContent> {
    if (!this.#challenge) return {};
    const { username, password } = this.#options.account;
    const { realm, nonce } = this.#challenge;
    const credential: Credential = { username, realm, password };
    return { username, realm, nonce, credential };
  }
}

const textOf = ({ address, port }: TransportAddress): string => `${address}|${port}`;
