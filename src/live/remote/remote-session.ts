/**
 * One real end here, the other in another tab or on another device, and a room between them. The two agree which peer
 * connection of one belongs to which of the other, so that a reload begins a new one at both; each tells the other what
 * it records, where both agreed to that.
 */
import type { Clock } from '../../core/base/clock.ts';
import type { ClockEstimate } from '../../core/session/clock-offset.ts';
import type { Emit } from '../../core/session/event.ts';
import { browserName } from '../endpoint.ts';
import type { Channel } from '../signalling/channel.ts';
import type { Room, RoomStatus } from '../signalling/room.ts';
import type { Xray } from '../xray.ts';
import { type Connection, type ConnectionOptions, createConnection } from './connection.ts';
import { Exchange, type ExchangeStatus } from './exchange.ts';
import type { Code } from './negotiation.ts';
import { type Note, type NoteBody, type WireMessage, readMessage } from './note.ts';
import { Stamps, absolute } from './stamps.ts';

export interface RemoteSessionOptions {
  readonly room: Room;
  readonly kind: 'tabs' | 'devices';
  readonly configuration: RTCConfiguration;
  readonly emit: Emit;
  /** Whether this side's recording may go to the other side. */
  readonly share: boolean;
  /** Shows the packets of the end here, where our own STUN/TURN server is asked. */
  readonly xray?: Xray | null;
  /** Wraps the way of the messages, and of nothing else: where the impairments are. */
  readonly letters?: (channel: Channel, side: SignallingSide) => Channel;
}

/** Whose messages they are, and where to tell what becomes of them. */
export interface SignallingSide {
  readonly self: 'A' | 'B';
  readonly other: 'A' | 'B';
  readonly emit: Emit;
  readonly now: Clock;
}

/** What the other side says of itself. */
export interface OtherSide {
  readonly browser: string;
  /** The id of its channel. */
  readonly carrier: string;
  readonly share: boolean;
}

export interface RemoteSessionStatus {
  readonly room: RoomStatus;
  /** `alone` until the two have agreed; after that, how the newest connection is. */
  readonly phase: 'alone' | 'connecting' | 'connected' | 'failed' | 'lost' | 'closed';
  readonly other: OtherSide | null;
  readonly share: boolean;
  /** Of the other side's clock; null until messages went both ways. */
  readonly clock: ClockEstimate | null;
  readonly records: ExchangeStatus;
  /** Milliseconds from the agreement to the open data channel. */
  readonly took: number | null;
  /** 1, and one more with each new peer connection. */
  readonly connections: number;
}

const PLACES = {
  tabs: ['this tab', 'the other tab'],
  devices: ['this device', 'the other device'],
} as const;

export class RemoteSession {
  code: Code = 'perfect';
  #news: RemoteSessionStatus = {
    room: { link: 'joining', seat: null, other: false },
    phase: 'alone',
    other: null,
    share: false,
    clock: null,
    records: { way: null, refusal: null },
    took: null,
    connections: 0,
  };
  readonly #options: RemoteSessionOptions;
  readonly #stamps = new Stamps();
  #watcher: (news: RemoteSessionStatus) => void = () => {};
  #connection: Connection | null = null;
  #exchange: Exchange | null = null;
  #readSignal: (text: string) => void = () => {};
  /** This peer connection, that of the other side, and the one that the other side was last told this is for. */
  #me = '';
  #since = 0;
  #you: string | null = null;
  #told: string | null = null;
  /** `#record`, with which the server learns which ports are this page's. */
  #watched: Emit | null = null;
  /** When the session began. */
  #zero: number | null = null;

  constructor(options: RemoteSessionOptions) {
    this.#options = options;
    this.#news = { ...this.#news, share: options.share };
    options.room.listen((text) => this.#read(text));
    options.room.watch((news) => this.#roomNews(news));
    // Before the room hears of it, so that the last event still gets out.
    addEventListener('pagehide', this.#leavePage, { capture: true });
  }

  /** One watcher; told at once, then of each change. */
  watch(watcher: (news: RemoteSessionStatus) => void): void {
    this.#watcher = watcher;
    watcher(this.#news);
  }

  get connection(): Connection | null {
    return this.#connection;
  }

  share(on: boolean): void {
    this.#tell({ share: on });
    this.#say({ meet: 'share', on });
    this.#arrange();
  }

  /** Both sides restart ICE and offer at the same time. */
  collide(): void {
    this.#say({ meet: 'collide' });
    this.#connection?.collide();
  }

  disconnect(): void {
    this.#connection?.close();
    this.#tell({ phase: 'closed' });
  }

  /** A new peer connection at both sides. */
  connectAgain(): void {
    this.#drop();
    this.#renew();
    this.#hello();
  }

  leave(): void {
    removeEventListener('pagehide', this.#leavePage, { capture: true });
    this.#drop();
    this.#watcher = () => {};
    this.#options.room.close();
    this.#options.xray?.close();
  }

  #leavePage = (): void => {
    if (!this.#connection) return;
    this.#drop();
    this.#renew();
    this.#tell({ phase: 'closed' });
  };

  #tell(change: Partial<RemoteSessionStatus>): void {
    this.#news = { ...this.#news, ...change };
    this.#watcher(this.#news);
  }

  #say(body: NoteBody): void {
    this.#options.room.send(this.#stamps.write(body));
  }

  #roomNews(room: RoomStatus): void {
    const before = this.#news.room;
    const isThere = room.link === 'open' && room.other;
    if (before.other && !room.other) this.#gone();
    this.#tell({ room });
    if (!this.#me && room.seat) this.#renew();
    if (isThere && !(before.link === 'open' && before.other)) this.#hello();
    else this.#arrange();
  }

  /**
   * A tab lets its seat go only when it goes itself, and what it recorded last may not come any more. A device that the
   * room does not see may still be there.
   */
  #gone(): void {
    if (this.#options.kind !== 'tabs' || !this.#exchange || this.#exchange.isOver) return;
    const peer = this.#news.room.seat === 'A' ? 'B' : 'A';
    this.#options.emit({ type: ':peer.gone', peer, at: this.#now(), value: null });
  }

  #renew(): void {
    const { seat } = this.#news.room;
    this.#me = `${seat}${Math.floor((1 + Math.random()) * 36 ** 5)
      .toString(36)
      .slice(-5)}`;
    this.#since = absolute();
    this.#told = null;
  }

  #hello(): void {
    this.#told = this.#you;
    this.#say({
      meet: 'hello',
      me: this.#me,
      you: this.#you,
      since: this.#since,
      browser: browserName(),
      carrier: this.#options.room.id,
      share: this.#news.share,
    });
  }

  #read(text: string): void {
    const message = readMessage(text);
    if (!message || !this.#me) return;
    if ('meet' in message) this.#hear(message, text.length);
    else this.#letter(message, text);
  }

  /** Messages of an earlier connection, kept by the room while somebody was away, are for nobody. */
  #letter({ id }: WireMessage, text: string): void {
    if (this.#connection && id.startsWith(`${this.#you}>${this.#me}#`)) this.#readSignal(text);
  }

  #hear(note: Note, characters: number): void {
    this.#stamps.read(note);
    switch (note.meet) {
      case 'hello':
        return this.#meet(note);
      case 'share':
        if (this.#news.other) this.#tell({ other: { ...this.#news.other, share: note.on } });
        return this.#arrange();
      case 'collide':
        return this.#connection?.collide();
      default:
        return this.#exchange?.hear(note, characters);
    }
  }

  /** Both know both names before either makes its connection. */
  #meet({ me, you, since, browser, carrier, share }: Note & { readonly meet: 'hello' }): void {
    this.#tell({ other: { browser, carrier, share } });
    if (me !== this.#you && this.#connection) {
      this.#drop();
      this.#renew();
    }
    this.#you = me;
    const isAgreed = you === this.#me;
    if (!isAgreed || this.#told !== me) this.#hello();
    if (isAgreed && !this.#connection) this.#begin(since);
    this.#arrange();
  }

  #begin(since: number): void {
    const seat = this.#news.room.seat!;
    const other = seat === 'A' ? 'B' : 'A';
    const started = absolute();
    if (this.#zero === null) this.#open(since);
    this.#introduce(this.#news.connections === 0 ? 0 : this.#now());
    this.#exchange = this.#newExchange(seat, other);
    this.#tell({ phase: 'connecting', took: null, connections: this.#news.connections + 1 });
    this.#connection = this.#connect(seat, other, started);
    this.#exchange.tick();
  }

  #newExchange(seat: 'A' | 'B', other: 'A' | 'B'): Exchange {
    const { room, kind, emit } = this.#options;
    return new Exchange({
      me: this.#me,
      you: this.#you!,
      other,
      stamps: this.#stamps,
      here: (at) => at + this.#offset() - this.#zero!,
      emit,
      room: (text) => room.send(text),
      openChannel: seat === 'A' && kind === 'devices' ? () => this.#connection!.openRecord() : null,
      changed: (records) => this.#tell({ records, clock: this.#stamps.estimate() }),
    });
  }

  /** The session begins at the same moment at both sides: each knows when both connections were planned. */
  #open(since: number): void {
    const { kind, emit } = this.#options;
    this.#zero = Math.floor(Math.max(this.#since, since + this.#offset()));
    const value = { kind, startedAt: this.#zero, userAgent: navigator.userAgent };
    emit({ type: ':session', peer: '', at: 0, value });
    this.#watched = this.#options.xray?.record(this.#record, this.#zero - performance.timeOrigin) ?? null;
  }

  /** Into the session here, and for the other side if it may have it. */
  #record: Emit = (event) => {
    this.#exchange?.record({ ...event, at: event.at + this.#zero! });
    this.#options.emit(event);
  };

  /** Before anything that they do, however far their clocks are apart: whoever sits at A is the first. */
  #introduce(at: number): void {
    const { kind, emit } = this.#options;
    const { seat } = this.#news.room;
    const [here, there] = PLACES[kind];
    for (const peer of ['A', 'B']) {
      const own = { place: here, browser: browserName() };
      const value = peer === seat ? own : { place: there, browser: this.#news.other?.browser ?? '' };
      emit({ type: ':peer', peer, at, value });
    }
  }

  #connect(seat: 'A' | 'B', other: 'A' | 'B', started: number): Connection {
    const { configuration, xray, letters = (channel: Channel) => channel } = this.#options;
    const tell = this.#watched ?? this.#record;
    const signalling = letters(this.#way(), { self: seat, other, emit: tell, now: this.#now });
    return createConnection({
      id: seat,
      other,
      configuration: xray ? withServers(configuration, seat, xray) : configuration,
      signalling,
      now: this.#now,
      isIntroduced: true,
      thread: `${this.#me}>${this.#you}`,
      code: () => this.code,
      emit: tell,
      changed: (change) => this.#changed(change, started),
      recordOffered: (channel) => this.#exchange?.offered(channel),
    });
  }

  #changed(change: Parameters<ConnectionOptions['changed']>[0], started: number): void {
    this.#exchange?.arrange({ connected: change === 'open' || change === 'recovered' });
    if (change === 'open') this.#tell({ phase: 'connected', took: absolute() - started });
    else if (change === 'recovered') this.#tell({ phase: 'connected' });
    else if (change !== 'stalled' && this.#news.phase !== 'closed')
      this.#tell({ phase: change === 'failed' ? 'failed' : 'lost' });
  }

  /** The messages of this connection alone, in the room that stays. */
  #way(): Channel {
    const { room } = this.#options;
    return {
      id: room.id,
      send: (text) => room.send(text),
      listen: (listener) => (this.#readSignal = listener),
      close: () => (this.#readSignal = () => {}),
    };
  }

  #now = (): number => absolute() - this.#zero!;

  /** Tabs share a clock; where messages prove that they do not quite, as little is added as fits. */
  #offset(): number {
    const known = this.#stamps.estimate();
    if (!known) return 0;
    const { offset, uncertainty } = known;
    if (this.#options.kind === 'devices') return offset;
    return Math.min(Math.max(0, offset - uncertainty), offset + uncertainty);
  }

  #arrange(): void {
    const { share, other, room } = this.#news;
    this.#exchange?.arrange({ mine: share, theirs: other?.share ?? false, inRoom: room.other });
  }

  #drop(): void {
    this.#connection?.close();
    this.#exchange?.finish();
    this.#connection = this.#exchange = null;
  }
}

const withServers = (
  configuration: RTCConfiguration,
  peer: 'A' | 'B',
  { serversOf }: Xray,
): RTCConfiguration => ({ ...configuration, iceServers: serversOf(peer, configuration.iceServers ?? []) });
