import type { Emit } from '../../../core/session/event.ts';
import { RemoteSession, type RemoteSessionStatus } from '../../../live/remote/remote-session.ts';
import type { Code } from '../../../live/remote/negotiation.ts';
import { SECRET } from '../../../core/signalling/room-messages.ts';
import { lateImpairments } from '../../../live/signalling/late-impairments.ts';
import { newSecret } from '../../../live/signalling/secret.ts';
import { type Carrier, OPEN, isCarrier } from './carriers.ts';
import { type Kind, type Sharing, headline, hint, roomName } from './words.ts';
import type { ConnectState } from '../connect.svelte.ts';
import { type Invite, route } from '../../state/route.svelte.ts';
import { server } from '../server.svelte.ts';
import { Session } from '../../stage/session.svelte.ts';

const NOTHING: RemoteSessionStatus = {
  room: { link: 'joining', seat: null, other: false },
  phase: 'alone',
  other: null,
  share: false,
  clock: null,
  records: { way: null, refusal: null },
  took: null,
  connections: 0,
};

const STATIC_HOST =
  'Rooms for two devices need the server of Icescope, and this page came without one: start it with “npm start”, and open the page that it serves. Letters by copy and paste, and another tab, work without.';
const NO_ANSWER =
  'The server that this page came from does not answer: start it again (“npm start”), or see to the network, and try again. Letters by copy and paste, and another tab, work without.';

/** A room, the meeting in it, and the session that it records. */
export class RemoteCallState {
  readonly connect: ConnectState;
  room = $state('');
  carrier: Carrier = $state('websocket');
  news: RemoteSessionStatus = $state.raw(NOTHING);
  echo: number | null = $state(null);
  code: Code = $state('perfect');
  /** How this room came to be, where the reader may wonder. */
  said = $state('');
  readonly kind: Kind = $derived.by(() => (this.connect.otherEnd === 'tabs' ? 'tabs' : 'devices'));
  readonly headline: string = $derived.by(() => headline(this.news, this.kind));
  readonly hint: string = $derived.by(() => hint(this.news, this.kind, roomName(this.room)));
  readonly address: string = $derived.by(() => addressOf(this.room, this.carrier));
  readonly lacksServer: boolean = $derived.by(() => this.kind === 'devices' && server.asked && !server.rooms);
  readonly other: 'A' | 'B' = $derived(this.news.room.seat === 'A' ? 'B' : 'A');
  readonly sharing: Sharing = $derived.by(() => ({
    kind: this.kind,
    mine: this.news.share,
    theirs: this.news.other?.share ?? null,
    records: this.news.records,
    clock: this.news.clock,
    other: this.other,
  }));
  #remoteSession: RemoteSession | null = null;
  /** What the reader last said, perhaps before the room was open. */
  #wantsToShare = false;
  #opening = 0;
  #replay: ReturnType<typeof setTimeout> | undefined;

  constructor(connect: ConnectState) {
    this.connect = connect;
  }

  /** Goes where the address leads: into another room, or by another way into the same. */
  follow({ room, by }: Invite): void {
    const carrier = isCarrier(by) ? by : 'websocket';
    if (!SECRET.test(room)) return this.#makeRoom(carrier, room !== '');
    if (room === this.room && carrier === this.carrier) return;
    if (room !== this.room)
      this.said = this.news.room.seat
        ? `You have left room ${roomName(this.room)}: this is another one.`
        : '';
    if (this.room === '' || (carrier === 'tabs') !== (this.carrier === 'tabs'))
      this.#wantsToShare = carrier === 'tabs';
    this.room = room;
    this.carrier = carrier;
    void this.open();
  }

  /** Enters the room; what was before ends. */
  async open(): Promise<void> {
    this.#end();
    const { carrier } = this;
    const opening = ++this.#opening;
    const configuration = this.connect.configuration();
    if (this.kind === 'devices') await server.ask();
    if (opening === this.#opening && this.kind === 'devices' && !server.rooms) return this.#needsServer();
    const [openRoom, xray] = await Promise.all([OPEN[carrier](), this.connect.watchEnd()]);
    if (opening !== this.#opening || !configuration) return xray?.close();
    const session = new Session();
    session.live = true;
    this.connect.stage.open(session, this.kind === 'tabs' ? 'live · two tabs' : 'live · two devices');
    this.#remoteSession = new RemoteSession({
      room: openRoom(this.room),
      kind: this.kind,
      configuration,
      emit: this.kind === 'devices' ? naming(roomName(this.room), session.emit) : session.emit,
      share: this.#wantsToShare,
      xray,
      letters: (channel, side) =>
        lateImpairments(
          channel,
          { ...side, isA: side.self === 'A', passes: 'both' },
          () => this.connect.impairments?.impairments ?? null,
        ),
    });
    this.#remoteSession.code = this.code;
    this.#remoteSession.watch((news) => this.#follow(news));
  }

  newRoom(): void {
    route.enter(newSecret(), this.carrier);
  }

  setCode(code: Code): void {
    this.code = code;
    if (this.#remoteSession) this.#remoteSession.code = code;
  }

  share(on: boolean): void {
    this.#wantsToShare = on;
    this.#remoteSession?.share(on);
  }

  send(text: string): void {
    this.#live();
    this.#remoteSession?.connection?.send(text);
  }

  async measure(): Promise<void> {
    this.echo = (await this.#remoteSession?.connection?.echo()) ?? null;
  }

  addMedia(): void {
    this.#live();
    const { audio, video } = this.connect.options;
    this.#remoteSession?.connection?.add({ audio, video });
  }

  restartIce(): void {
    this.#live();
    this.#remoteSession?.connection?.restartIce();
  }

  collide(): void {
    this.#live();
    this.#remoteSession?.collide();
  }

  disconnect(): void {
    this.#remoteSession?.disconnect();
  }

  connectAgain(): void {
    this.#live();
    this.#remoteSession?.connectAgain();
  }

  /** Called when the panel goes. */
  leave(): void {
    this.#opening++;
    this.#end();
  }

  #makeRoom(carrier: Carrier, isMistyped: boolean): void {
    const room = newSecret();
    route.enter(room, carrier);
    this.follow({ room, by: carrier });
    if (isMistyped) this.said = `This address names no room, so a new one was made. ${this.said}`;
  }

  #needsServer(): void {
    const detail = server.answers ? STATIC_HOST : NO_ANSWER;
    this.news = { ...NOTHING, room: { link: 'refused', seat: null, other: false, detail } };
  }

  #end(): void {
    clearTimeout(this.#replay);
    this.#remoteSession?.leave();
    this.#remoteSession = null;
    this.news = NOTHING;
    this.echo = null;
    this.connect.stage.session.live = false;
  }

  #live(): void {
    clearTimeout(this.#replay);
    this.connect.stage.player.followLive = true;
  }

  #follow(news: RemoteSessionStatus): void {
    const isFirst = news.phase === 'connected' && this.news.took === null && news.connections === 1;
    this.news = news;
    // What the other side recorded comes a moment later.
    if (isFirst) this.#replay = setTimeout(() => this.connect.stage.player.replay(), 800);
  }
}

/** The recording says in which room it was made. */
const naming =
  (room: string, emit: Emit): Emit =>
  (event) =>
    emit(event.type === ':session' ? { ...event, value: { ...event.value, room } } : event);

const addressOf = (room: string, carrier: Carrier): string =>
  `${location.href.split('#', 1)[0]!}#/?room=${room}&by=${carrier}`;
