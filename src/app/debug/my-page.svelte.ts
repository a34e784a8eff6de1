import type { Facts } from '../../core/projections/index.ts';
import { CANDIDATE_TYPES, type CandidateType } from '../../core/sdp/priority.ts';
import type { NewEvent, PeerId } from '../../core/session/event.ts';
import { peerPairings } from '../../core/session/peer-pairing.ts';
import { type ShownPage, TappedSession, hostOf } from '../../core/tap/tapped-session.ts';
import type { PageWords, WireEvent } from '../../core/tap/wire.ts';
import { type CallingPage, listenForPages } from '../../live/tap/listen-for-pages.ts';
import { listenForPorts } from '../../live/tap/listen-for-ports.ts';
import { TappedPage } from '../../live/tap/tapped-page.ts';
import { saveSession } from '../stage/save.ts';
import { Session } from '../stage/session.svelte.ts';
import { StageState } from '../stage/stage.svelte.ts';
import { addressOf } from './tap-forms.ts';

/** An origin that wants to show its connections, and the windows of it that called. */
interface Asking {
  readonly origin: string;
  readonly callers: readonly CallingPage[];
}

/** An origin that may, and when the reader said so. */
interface Consent {
  readonly origin: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A page that speaks, and the window that it is in. */
interface Open {
  readonly page: TappedPage;
  readonly origin: string;
  readonly place: unknown;
}

/** One row of the list: a connection, or two that talk to each other. */
export interface Row {
  readonly peers: readonly PeerId[];
  readonly page: ShownPage;
  readonly session: Session;
}

/** Origins that may wait for an answer, windows of each, and pages that are shown at once. */
const ASKING = 4;
const CALLERS = 8;
const PAGES = 24;
/** Among more connections nobody looks for those that talk to each other. */
const PAIRED = 40;
/** Milliseconds between two looks for them. */
const LOOK = 250;

const MARKS: ReadonlySet<string> = new Set([
  'setLocalDescription',
  'setLocalDescriptionOnSuccess',
  'setRemoteDescription',
  'onicecandidate',
  'addIceCandidate',
]);

/** The tap: which pages may show their connections, and what they showed. */
export class MyPageState {
  readonly stage = new StageState();
  /** This page is the one of the browser extension. */
  readonly isExtension: boolean;
  asking: readonly Asking[] = $state.raw([]);
  consents: readonly Consent[] = $state.raw([]);
  rows: readonly Row[] = $state.raw([]);
  /** Pages that are shown now. */
  shown: readonly ShownPage[] = $state.raw([]);
  /** Events that pages did not keep: nobody listened, or they were too many. */
  missed = $state(0);
  /** Why a page is not taken any more. */
  refusal = $state('');
  said = $state('');
  /** The reader chose a row: a newer one does not take its place. */
  chosen = $state(false);
  #all = new Session();
  #marks: NewEvent[] = [];
  #tapped = new TappedSession();
  #pages: readonly Open[] = [];
  #refused: string[] = [];
  #count = 0;
  #isLooking = false;

  constructor() {
    this.stage.source = 'no page yet';
    this.isExtension = listenForPorts((page) => this.#heard(page));
    if (!this.isExtension) listenForPages((page) => this.#heard(page));
  }

  /** The window that the reader's page is in, so that it can speak to this one. */
  openPage(address: string): void {
    this.said = '';
    const url = addressOf(address);
    if (!url) return void (this.said = 'This is no address of a page.');
    if (!window.open(url)) this.said = 'The browser did not let this page open a window.';
  }

  allow({ origin, callers }: Asking): void {
    this.asking = this.asking.filter((one) => one.origin !== origin);
    this.consents = [...this.consents, { origin, at: Date.now() }];
    this.refusal = '';
    for (const caller of callers) this.#show(caller);
  }

  refuse({ origin }: Asking): void {
    this.asking = this.asking.filter((one) => one.origin !== origin);
    this.#refused.push(origin);
  }

  /** Takes back what was allowed; what was shown so far stays. */
  stop(origin: string): void {
    this.consents = this.consents.filter((one) => one.origin !== origin);
    for (const { page, origin: shown } of this.#pages) if (shown === origin) page.stop();
    this.#refused.push(origin);
  }

  choose(row: Row): void {
    this.chosen = true;
    this.#put(row);
  }

  save(): void {
    saveSession(this.#all.log.events);
    this.said =
      'Saved: all connections. Addresses and the ICE user names and passwords of descriptions are in the file; TURN passwords never came here.';
  }

  isChosen = (row: Row): boolean => row.session === this.stage.session;

  #heard(caller: CallingPage): void {
    const { origin } = caller;
    if (this.consents.some((one) => one.origin === origin)) return this.#show(caller);
    if (this.#refused.includes(origin)) return;
    if (caller.isAgreed) return this.allow({ origin, callers: [caller] });
    const known = this.asking.find((one) => one.origin === origin);
    if (!known) {
      if (this.asking.length < ASKING) this.asking = [...this.asking, { origin, callers: [caller] }];
      return;
    }
    const others = known.callers.filter(({ place }) => place !== caller.place);
    const callers = [...others, caller].slice(-CALLERS);
    this.asking = this.asking.map((one) => (one === known ? { origin, callers } : one));
  }

  #show(caller: CallingPage): void {
    this.#pages.find(({ place }) => place === caller.place)?.page.stop();
    if (this.#pages.length >= PAGES) return;
    const id = ++this.#count;
    let shown: ShownPage | null = null;
    let missedBefore = 0;
    const page = new TappedPage(caller.answer(), {
      began: (words: PageWords) => {
        if (shown) return;
        shown = { id, origin: caller.origin, words };
        this.shown = [...this.shown, shown];
      },
      came: (events, missed) => {
        if (!shown) return;
        this.missed += Math.max(0, missed - missedBefore);
        missedBefore = Math.max(missed, missedBefore);
        this.#take(shown, events);
        if (this.#tapped.isFull) page.stop();
      },
      ended: (refusal) => {
        if (refusal) this.refusal = `${caller.origin}: ${refusal}`;
        this.#pages = this.#pages.filter((one) => one.page !== page);
        if (shown) this.#ended(shown, refusal !== null);
      },
    });
    this.#pages = [...this.#pages, { page, origin: caller.origin, place: caller.place }];
  }

  #take(page: ShownPage, events: readonly WireEvent[]): void {
    for (const event of this.#tapped.take(page, events)) this.#add(page, event);
  }

  #ended(page: ShownPage, isRefused: boolean): void {
    this.shown = this.shown.filter((one) => one !== page);
    const now = performance.timeOrigin + performance.now();
    if (!isRefused) for (const event of this.#tapped.gone(page, now)) this.#add(page, event);
    for (const row of this.rows) if (row.page === page) row.session.live = false;
    // A page that comes again shows its new connection.
    this.chosen = false;
  }

  #add(page: ShownPage, event: NewEvent): void {
    this.#all.emit(event);
    if (event.peer === '') return;
    const row = this.rows.find(({ peers }) => peers.includes(event.peer)) ?? this.#newRow(page, event.peer);
    row.session.emit(event);
    if (!MARKS.has(event.type)) return;
    this.#marks.push(event);
    this.#lookSoon();
  }

  #newRow(page: ShownPage, peer: PeerId): Row {
    const session = new Session();
    session.live = true;
    session.emit(this.#all.log.events[0]!);
    const row = { peers: [peer], page, session };
    this.rows = [...this.rows, row];
    if (!this.chosen) this.#put(row);
    return row;
  }

  #put(row: Row): void {
    this.stage.open(row.session, `live · ${hostOf(row.page.origin)}`);
    this.stage.recording = this.#all;
  }

  #lookSoon(): void {
    if (this.#isLooking || this.rows.length < 2 || this.rows.length > PAIRED) return;
    this.#isLooking = true;
    setTimeout(() => {
      this.#isLooking = false;
      this.#join();
    }, LOOK);
  }

  /** Connections that talk to each other become one row. */
  #join(): void {
    const marks = this.#marks.map((event, at) => ({ ...event, id: `${event.peer}:${at}` }));
    for (const pairing of peerPairings(marks)) {
      const [first, second] = pairing.toSorted((a, b) => Number(a) - Number(b));
      const one = this.rows.find(({ peers }) => peers.length === 1 && peers[0] === first);
      const other = this.rows.find(({ peers }) => peers.length === 1 && peers[0] === second);
      if (one && other) this.#merge(one, other);
    }
  }

  #merge(one: Row, other: Row): void {
    const session = new Session();
    session.live = one.session.live || other.session.live;
    const events = [...one.session.log.events, ...other.session.log.events.filter(({ peer }) => peer !== '')];
    for (const event of events.toSorted((a, b) => a.at - b.at)) session.emit(event);
    const row = { peers: [...one.peers, ...other.peers], page: one.page, session };
    const isOnStage = this.isChosen(one) || this.isChosen(other);
    this.rows = this.rows.flatMap((was) => (was === one ? [row] : was === other ? [] : [was]));
    if (isOnStage) this.#put(row);
  }
}

/** What the selected pair is made of: the dearer of its two candidates; null while there is none. */
export function wayOf({ pairs, candidates, peers }: Facts): CandidateType | null {
  for (const { id } of peers) {
    const own = pairs[id];
    const pair = own?.pairs.find((one) => one.id === own.selectedId);
    if (!pair) continue;
    const { local = [], remote = [] } = candidates[id] ?? {};
    const types = [
      local.find(({ statsId }) => statsId === pair.localId)?.type,
      remote.find(({ statsId }) => statsId === pair.remoteId)?.type,
    ];
    return CANDIDATE_TYPES.findLast((type) => types.includes(type)) ?? null;
  }
  return null;
}

/** One for the page's life: a page that is shown goes on while the reader looks at something else. */
export const myPage = new MyPageState();
