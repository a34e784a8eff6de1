/** A room on a server, whatever carries its messages: takes a seat, keeps it, and brings each message once and in order. */
import {
  type ClientMessage,
  type Join,
  type Refusal,
  type ServerMessage,
  SECRET,
} from '../../core/signalling/room-messages.ts';
import { ReliableSender } from './reliable-sender.ts';
import { readServerMessage } from './read-server-message.ts';
import type { Link, Room, RoomStatus } from './room.ts';
import { newSecret } from './secret.ts';

/** One connection to the server. */
export interface Wire {
  send(message: ClientMessage): void;
  close(): void;
}

export interface WireEvents {
  message(data: unknown): void;
  /** Broken, and mended by the browser itself (EventSource). */
  interrupted(): void;
  /** Over; also when it never opened. */
  closed(): void;
}

/** Opens a connection and says `join` on it. */
export type OpenWire = (join: Join, events: WireEvents) => Wire;

export interface RoomOptions {
  /** Where the page is; the server's paths are relative to it. */
  readonly base?: string;
  /** The secret that a seat is kept by: the same after a reload is the same seat. Left out, a new one. */
  readonly key?: string;
}

/** Milliseconds. The server says something at least every 10 s. */
const SILENCE = 35_000;
const FIRST_RETRY = 250;
const LAST_RETRY = 8000;
const GIVE_UP_AFTER = 10 * 60_000;
/** A server that never answered is asked so often: rooms need one, and a static host has none. */
const FIRST_TRIES = 5;
const RATE_PAUSE = 1000;

const NO_SERVER =
  'No server of rooms answers here. Rooms need one: start it with "icescope serve". Two tabs, and copy and paste, work without.';

export function openServerRoom(id: string, openWire: OpenWire, room: string, key = newSecret()): Room {
  return new ServerRoom(id, openWire, { type: 'join', room, key, stream: newSecret(), seat: null });
}

class ServerRoom implements Room {
  readonly id: string;
  readonly #openWire: OpenWire;
  readonly #sender: ReliableSender;
  #join: Join;
  #wire: Wire | null = null;
  #news: RoomStatus = { link: 'joining', seat: null, other: false };
  #watcher: (news: RoomStatus) => void = () => {};
  #tries = 0;
  #brokenAt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  readonly #retryNow = () => this.#news.link === 'reconnecting' && this.#wire === null && this.#connect();

  constructor(id: string, openWire: OpenWire, join: Join) {
    this.id = id;
    this.#openWire = openWire;
    this.#join = join;
    this.#sender = new ReliableSender((message) => this.#wire?.send(message));
    if (!SECRET.test(join.room)) {
      this.#end(
        'refused',
        'This is not the address of a room: it has 22 letters, digits, "-" or "_". Copy the whole link.',
      );
      return;
    }
    globalThis.addEventListener?.('online', this.#retryNow);
    this.#connect();
  }

  send(text: string): void {
    if (!this.#isOver()) this.#sender.send(text);
  }

  listen(listener: (text: string) => void): void {
    this.#sender.listen(listener);
  }

  watch(watcher: (news: RoomStatus) => void): void {
    this.#watcher = watcher;
    watcher(this.#news);
  }

  close(): void {
    if (this.#isOver()) return;
    this.#wire?.send({ type: 'leave' });
    this.#end('closed');
  }

  #connect(): void {
    clearTimeout(this.#retry);
    // What a connection that was given up still says is not listened to.
    const own = (run: () => void) => (this.#wire === wire ? run() : undefined);
    const wire: Wire = this.#openWire(this.#join, {
      message: (data) => own(() => this.#take(data)),
      interrupted: () =>
        own(() =>
          this.#pause('reconnecting', 'The connection to the server broke; the browser opens it again.'),
        ),
      closed: () => own(() => this.#broken('The connection to the server broke.')),
    });
    this.#wire = wire;
    this.#hear();
  }

  #take(data: unknown): void {
    this.#hear();
    const message = readServerMessage(data);
    if (message) this.#handle(message);
  }

  #handle(message: ServerMessage): void {
    switch (message.type) {
      case 'seated':
        return this.#seated(message);
      case 'other':
        this.#tell({ ...this.#news, other: message.stream !== null });
        return this.#sender.reach(message.stream !== null);
      case 'letter':
        return this.#sender.take(message.stream, message);
      case 'ack':
        return message.stream === this.#join.stream ? this.#sender.acked(message) : undefined;
      case 'refused':
        return this.#refused(message);
      case 'servers':
        return this.#servers(message.joined);
      case 'closing':
        return this.#broken('The server stops.');
      case 'beat':
        return this.#wire?.send({ type: 'beat' });
    }
  }

  #seated({ seat, other }: ServerMessage & { type: 'seated' }): void {
    this.#tries = 0;
    this.#brokenAt = 0;
    this.#join = { ...this.#join, seat };
    this.#tell({ link: 'open', seat, other: other !== null });
    this.#sender.reach(other !== null);
  }

  #servers(joined: boolean): void {
    const { seat, other } = this.#news;
    if (joined) this.#tell({ link: 'open', seat, other });
    else
      this.#tell({
        link: 'reconnecting',
        seat,
        other,
        detail: 'The servers do not reach each other now. Letters are kept.',
      });
    this.#sender.reach(other);
  }

  #refused({ code, detail, final }: Refusal): void {
    if (code === 'rate') this.#sender.rest(RATE_PAUSE);
    if (final && code === 'busy') return this.#broken(detail);
    if (final) this.#end(ENDS[code] ?? 'refused', detail);
    else if (code === 'not-seated') this.#broken('The server does not know this seat any more.');
  }

  /** Waits for the connection to come back; nothing that is kept is lost. */
  #pause(link: Link, detail: string): void {
    this.#sender.reach(false);
    this.#tell({ ...this.#news, link: this.#news.seat === null ? 'joining' : link, detail });
  }

  #broken(why: string): void {
    this.#drop();
    this.#tries++;
    this.#brokenAt ||= Date.now();
    if (this.#news.seat === null && this.#tries >= FIRST_TRIES) return this.#end('lost', NO_SERVER);
    if (Date.now() - this.#brokenAt > GIVE_UP_AFTER)
      return this.#end('lost', `${why} It did not come back in ten minutes; reload the page to try again.`);
    const wait = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** (this.#tries - 1)) * (0.5 + Math.random());
    this.#retry = setTimeout(() => this.#connect(), wait);
    this.#pause('reconnecting', `${why} Trying again in ${(wait / 1000).toFixed(1)} s; letters are kept.`);
  }

  /** The other end of a half-open connection never says that it is gone. */
  #hear(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#broken('The server has been silent for too long.'), SILENCE);
  }

  #drop(): void {
    clearTimeout(this.#silence);
    const wire = this.#wire;
    this.#wire = null;
    wire?.close();
  }

  #end(link: Link, detail?: string): void {
    clearTimeout(this.#retry);
    globalThis.removeEventListener?.('online', this.#retryNow);
    this.#drop();
    this.#sender.close();
    this.#tell({ link, seat: this.#news.seat, other: false, ...(detail !== undefined && { detail }) });
  }

  #isOver(): boolean {
    return ['full', 'refused', 'lost', 'closed'].includes(this.#news.link);
  }

  #tell(news: RoomStatus): void {
    const { link, seat, other, detail } = news;
    const before = this.#news;
    this.#news = news;
    if (link !== before.link || seat !== before.seat || other !== before.other || detail !== before.detail)
      this.#watcher(news);
  }
}

const ENDS: Partial<Record<Refusal['code'], Link>> = { full: 'full', replaced: 'lost', idle: 'lost' };
