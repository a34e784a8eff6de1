import { type Clock, recordingClock } from '../../core/base/clock.ts';
import { sentence } from '../../core/base/result.ts';
import type { Emit } from '../../core/session/event.ts';
import { readServers } from '../../core/ice/read-servers.ts';
import type { IceServer } from '../../core/ice/server-url.ts';
import type { Hand, ManualStep } from '../../core/diagnosis/legal-steps.ts';
import type { ManualSignalling, Side } from '../../live/manual-signalling.ts';
import type { Between, Loopback, LoopbackOptions } from '../../live/loopback.ts';
import type { ImpairmentsState } from '../impairments/impairments.svelte.ts';
import type { Xray } from '../../live/xray.ts';
import { DIAGRAMS } from '../diagrams/index.ts';
import { type ConnectOptions, DEFAULTS, configurationOf, connectionOptions } from './connect-options.ts';
import { takeOver } from '../stage/hand-over.ts';
import { type Invite, route } from '../state/route.svelte.ts';
import { server } from './server.svelte.ts';
import { Session } from '../stage/session.svelte.ts';
import { StageState } from '../stage/stage.svelte.ts';

export type Phase =
  'idle' | 'connecting' | 'connected' | 'failed' | 'closed' | 'recorded' | 'hand' | 'meet' | 'asked';

const loadLoopback = () => import('../../live/loopback.ts');
/** Connecting is asked for after the first picture: its code comes while the reader looks at that. */
const loadNext = () => Promise.all([loadLoopback(), DIAGRAMS.get('paths')?.load()]);
/** Milliseconds until then: what is needed after a press may load from here on. */
export const FIRST_LOOK = 400;
export type OtherEnd = 'page' | 'tabs' | 'devices';

/** What a connection is made with. */
interface Start {
  readonly options: LoopbackOptions;
  readonly emit: Emit;
  readonly now: Clock;
}

/** The Connect page: one connection at a time between two ends in this page, or a recorded one. */
export class ConnectState {
  readonly stage = new StageState();
  phase: Phase = $state('idle');
  options: ConnectOptions = $state({ ...DEFAULTS });
  /** Milliseconds from the press of the button to both data channels open. */
  took: number | null = $state(null);
  echo: number | null = $state(null);
  /** Something that the reader must know, and what to do about it. */
  notice = $state('');
  hint = $state('');
  /** Levers on the signalling, once they were opened: the next connection has them. */
  impairments: ImpairmentsState | null = $state.raw(null);
  /** What stands between the two ends of the next connection, where there are no impairments. */
  between: Between | null = null;
  /** What B of the next connection says to sound and picture. */
  answers: LoopbackOptions['answers'];
  /** Where the other end is: the address says so. */
  readonly otherEnd: OtherEnd = $derived(
    route.invite === null ? 'page' : route.invite.by === 'tabs' ? 'tabs' : 'devices',
  );
  /** What each side has in its hands while calls are made by hand. */
  readonly hands: Readonly<Record<Side, Hand>> | null = $derived.by(() => {
    const hand = this.#hand;
    if (!hand || this.stage.session.events.length === 0) return null;
    return { A: hand.hand('A'), B: hand.hand('B') };
  });
  #loopback: Loopback | null = null;
  #xray: Xray | null = null;
  #bothOffer: { close(): void } | null = null;
  #answer = $state('');
  /** How many times a connection was begun: only the newest goes on. */
  #asked = 0;
  #hand: ManualSignalling | null = $state.raw(null);
  #left = false;
  readonly headline: string = $derived.by(() => this.#headline());

  constructor() {
    setTimeout(() => void loadNext().catch(() => {}), FIRST_LOOK);
    const handed = takeOver();
    if (!handed) return;
    this.stage.open(handed.session, `recorded · ${handed.source}`);
    this.#recorded();
    this.stage.shown = [handed.diagram];
  }

  async connect(): Promise<void> {
    const live = await this.#loaded(loadLoopback());
    const start = live && (await this.#start());
    if (!start) return;
    const { createLoopback } = live;
    const loopback = this.#make(() => {
      const { options, emit, now } = start;
      const between = this.impairments?.between(emit, now) ?? this.between ?? undefined;
      return createLoopback(options, emit, now, between);
    });
    if (!loopback) return;
    this.#loopback = loopback;
    this.phase = 'connecting';
    this.hint = 'The two ends are looking for a way to each other.';
    try {
      await loopback.connect();
      if (this.#loopback === loopback) this.#connected();
    } catch (error) {
      if (this.#loopback === loopback && this.phase === 'connecting') this.#failed(error as Error);
    }
  }

  async openImpairments(): Promise<void> {
    const { ImpairmentsState } = await import('../impairments/impairments.svelte.ts');
    this.impairments ??= new ImpairmentsState();
    this.stage.shown = ['ladder'];
  }

  closeImpairments(): void {
    this.impairments?.impairments.letAllGo();
    this.impairments = null;
  }

  /** The same two ends, and nothing done yet: each call is the reader's. */
  async signalManually(): Promise<void> {
    const live = await this.#loaded(import('../../live/manual-signalling.ts'));
    const start = live && (await this.#start());
    if (!start) return;
    const { createManualSignalling } = live;
    const hand = this.#make(() => {
      const { options, emit, now } = start;
      return createManualSignalling(options, emit, now, this.impairments?.between(emit, now));
    });
    if (!hand) return;
    this.#hand = hand;
    this.phase = 'hand';
    this.stage.shown = ['ladder', 'states'];
  }

  async runStep(side: Side, step: ManualStep): Promise<void> {
    this.notice = '';
    this.stage.player.followLive = true;
    const calls = this.stage.whole.calls.length;
    try {
      await this.#hand?.run(side, step);
    } catch (error) {
      // A refusal of the browser is a recorded call and explained from it; what never reached the browser is said here.
      if (this.stage.session.projector.at(this.stage.session.log.events.length).calls.length === calls)
        this.notice = (error as Error).message;
    }
  }

  /** New ends that run perfect negotiation, and both offer in the same moment; some may be polite. */
  async offerBoth(polite: Readonly<Record<Side, boolean>>): Promise<void> {
    const live = await this.#loaded(import('../../live/remote/both-offer.ts'));
    const { shown } = this.stage;
    const start = live && (await this.#start());
    if (!start) return;
    const { createBothOffer } = live;
    const { options, emit, now } = start;
    this.#bothOffer = this.#make(() =>
      createBothOffer({ options, emit, now, polite, between: this.impairments?.between(emit, now) }),
    );
    if (!this.#bothOffer) return;
    this.phase = 'hand';
    this.stage.shown = shown;
    this.stage.player.followLive = true;
  }

  /** Hands an offer to a side that is driven by hand, and has it read. */
  giveOffer(side: Side, sdp: string): Promise<void> {
    this.#hand?.give(side, { type: 'offer', sdp });
    return this.runStep(side, 'setRemoteDescription');
  }

  /** The reader chose where the other end is. */
  meet(otherEnd: OtherEnd): void {
    if (otherEnd === 'page') route.home();
    else route.enter(route.invite?.room ?? '', otherEnd === 'tabs' ? 'tabs' : 'websocket');
  }

  /** Goes where the address leads: makes room for an end elsewhere, or is alone again. */
  follow(invite: Invite | null): void {
    if ((this.phase === 'meet') === (invite !== null)) return;
    if (!invite) return this.toStart();
    this.#end();
    this.phase = 'meet';
  }

  /** What the form asks for; null when it can not be read, and then the notice says why. */
  configuration(): RTCConfiguration | null {
    const servers = readServers(this.options.servers);
    this.notice = servers.ok ? '' : sentence(servers.error);
    if (!servers.ok) return null;
    return configurationOf($state.snapshot(this.options), servers.value);
  }

  /** Asks our STUN server where this browser is seen from, and shows the packets. */
  async askStun(): Promise<void> {
    const live = await this.#loaded(import('./stun-question.ts'));
    const start = live && (await this.#start({ watched: true }));
    if (!start) return;
    this.phase = 'asked';
    this.#answer = 'Asking STUN …';
    this.hint = '';
    const { headline, hint } = await live.showStunQuestion(this.stage, start.emit, start.now);
    if (this.phase !== 'asked') return;
    this.#answer = headline;
    this.hint = hint;
    this.stage.session.live = false;
  }

  disconnect(): void {
    this.phase = 'closed';
    this.#end();
    this.hint = 'The recording stays: step through it, or save it.';
  }

  /** Back to the first picture; the connection ends. */
  toStart(): void {
    this.#end();
    this.phase = 'idle';
    this.stage.open(new Session(), 'a drawing; yours comes next');
    this.stage.shown = ['paths'];
  }

  /** Called when the page is left. */
  leave(): void {
    this.#left = true;
    this.#end();
    this.stage.player.destroy();
  }

  send(text: string): void {
    this.stage.player.followLive = true;
    this.#loopback?.send('A', text);
  }

  async measure(): Promise<void> {
    await this.#try(async () => (this.echo = (await this.#loopback?.echo()) ?? null));
  }

  async renegotiate(): Promise<void> {
    const { audio, video } = this.options;
    await this.#try(async () => this.#loopback?.renegotiate({ audio, video }));
  }

  async stopVideo(): Promise<void> {
    await this.#try(async () => this.#loopback?.stopVideo());
  }

  async restartIce(): Promise<void> {
    await this.#try(async () => this.#loopback?.restartIce());
  }

  async rollBack(): Promise<void> {
    await this.#try(async () => this.#loopback?.rollback());
  }

  /** One of the recordings that come with the page, played slowly. */
  async watch(recording: string): Promise<void> {
    const { fetchRecording } = await import('../stage/open.ts');
    const file = await fetchRecording(recording);
    if (!file.ok) return void (this.notice = sentence(file.error));
    await this.openFile(file.value, 'real browsers');
    this.stage.player.replay();
  }

  async openFile(file: File, source = file.name): Promise<void> {
    this.notice = `Reading ${file.name} …`;
    const { openFile } = await import('../stage/open.ts');
    const opened = await openFile(file);
    if (!opened.ok) return void (this.notice = sentence(opened.error));
    this.#end();
    this.stage.open(opened.value.session, `recorded · ${source}`);
    // The diagrams first, what stands beside them in the next task: both in one would hold a long session's page up.
    await new Promise((next) => setTimeout(next));
    this.#recorded();
    route.home();
    this.notice = opened.value.notices.join(' ');
  }

  #recorded(): void {
    this.phase = 'recorded';
    this.hint = `${this.stage.recording.log.events.length} events: play them, step through them, or select what you want to know.`;
  }

  async save(): Promise<void> {
    const { saveSession } = await import('../stage/save.ts');
    saveSession(this.stage.recording.log.events);
    this.stage.saved = true;
  }

  /** The code that connects; null when it did not arrive, which is said, or when the page was left meanwhile. */
  async #loaded<T>(code: Promise<T>): Promise<T | null> {
    try {
      const module = await code;
      return this.#left ? null : module;
    } catch {
      this.notice = 'The code that connects did not arrive.';
      return null;
    }
  }

  /** Ends what was, and puts a new, empty session on the stage; null when the form can not be read. */
  async #start({ watched = false } = {}): Promise<Start | null> {
    const servers = readServers(this.options.servers);
    if (!servers.ok) {
      this.notice = sentence(servers.error);
      return null;
    }
    const asked = ++this.#asked;
    const xray = watched || this.#asksOurs(servers.value) ? await this.#openXray() : null;
    if (asked !== this.#asked) {
      xray?.close();
      return null;
    }
    this.#end();
    this.#xray = xray;
    this.notice = '';
    this.echo = null;
    this.took = null;
    const session = new Session();
    session.live = true;
    this.stage.open(session, 'live · this page');
    const origin = performance.now();
    const { answers } = this;
    const options = { ...connectionOptions($state.snapshot(this.options), servers.value), answers };
    return {
      options: xray ? { ...options, serversOf: xray.serversOf } : options,
      emit: xray?.record(session.emit, origin) ?? session.emit,
      now: recordingClock(() => performance.now() - origin),
    };
  }

  /** For an end whose other end is elsewhere; null where our server has nothing to show of it. */
  async watchEnd(): Promise<Xray | null> {
    const servers = readServers(this.options.servers);
    return servers.ok && this.#asksOurs(servers.value) ? this.#openXray() : null;
  }

  #asksOurs(typed: readonly IceServer[]): boolean {
    return server.xray && typed.length === 0 && this.options.ways !== 'direct';
  }

  async #openXray(): Promise<Xray | null> {
    const { openXray } = await import('../../live/xray.ts');
    return openXray(document.baseURI, ['A', 'B']);
  }

  /** A browser may refuse the configuration itself: a port that it blocks, more servers than it takes. */
  #make<T>(make: () => T): T | null {
    try {
      return make();
    } catch (error) {
      this.toStart();
      this.notice = `The browser refuses to make this connection: ${(error as Error).message}`;
      return null;
    }
  }

  #end(): void {
    this.#loopback?.close();
    this.#hand?.close();
    this.#bothOffer?.close();
    this.#xray?.close();
    this.#xray = null;
    this.#asked++;
    this.#loopback = null;
    this.#hand = null;
    this.#bothOffer = null;
    this.stage.session.live = false;
  }

  #connected(): void {
    this.took = this.stage.session.log.duration;
    this.phase = 'connected';
    this.hint = 'Step through it, or send something over it.';
    this.stage.player.replay();
  }

  #failed(error: Error): void {
    this.phase = 'failed';
    this.hint = error.message;
    this.stage.player.replay();
    if (this.options.ways !== 'direct' && server.iceServers.length > 0) void this.#nameServer();
  }

  /** Where STUN and TURN went away with our server, that is why. */
  async #nameServer(): Promise<void> {
    if (!(await server.stillAnswers()))
      this.hint = `${this.hint} The server of this page does not answer, and its STUN and TURN with it: start it again (“npm start”).`;
  }

  async #try(change: () => Promise<unknown>): Promise<void> {
    this.notice = '';
    this.stage.player.followLive = true;
    try {
      await change();
    } catch (error) {
      this.notice = (error as Error).message;
    }
  }

  #headline(): string {
    switch (this.phase) {
      case 'connecting':
        return 'Connecting …';
      case 'connected':
        return `Connected in ${Math.round(this.took ?? 0)} ms`;
      case 'failed':
        return 'It did not connect';
      case 'closed':
        return 'Disconnected';
      case 'asked':
        return this.#answer;
      case 'recorded':
        return 'A recorded session';
      default:
        return '';
    }
  }
}
