import { recordingClock } from '../../core/base/clock.ts';
import { descriptionId, writeCode } from '../../core/signalling/code.ts';
import { type PasteProblem, type Pasted, ago, judge, readPasted } from '../../core/signalling/paste.ts';
import { CopyPasteRecords, type CopyPasteRecordsNews } from '../../live/remote/copy-paste-records.ts';
import { type CopyPasteEndpoint, copyPasteEndpoint } from '../../live/copy-paste.ts';
import { readServers } from '../../core/ice/read-servers.ts';
import { sentence } from '../../core/base/result.ts';
import { copyText } from '../format/clipboard.ts';
import { contentsOf } from './contents.ts';
import { answererTimeout } from './answerer-timeout.ts';
import { type ConnectOptions, DEFAULTS, configurationOf } from '../connect/connect-options.ts';
import type { Sharing } from '../connect/remote/words.ts';
import { Session } from '../stage/session.svelte.ts';
import type { StageState } from '../stage/stage.svelte.ts';

/**
 * `give`: the letter is written, the other one is awaited; `trying`: both descriptions are set here; `over`: what was
 * connected is not any more.
 */
export type CopyPastePhase = 'begin' | 'writing' | 'give' | 'trying' | 'connected' | 'failed' | 'over';

/** A letter that is older than this answers nobody any more, in ms. */
const STALE = 10 * 60_000;
const TICK = 500;

const NOTHING_SHARED: CopyPasteRecordsNews = {
  mine: false,
  theirs: null,
  records: { way: null, refusal: null },
  clock: null,
};

/** Two letters carried by hand: this side's end, the letter that it wrote, and what somebody pasted. */
export class CopyPasteState {
  readonly stage: StageState;
  phase: CopyPastePhase = $state('begin');
  /** A wrote the offer, B answers it. */
  role: 'A' | 'B' | null = $state(null);
  /** This side's letter as one word, and its description. */
  word = $state('');
  sdp = $state('');
  pasted = $state('');
  form: ConnectOptions = $state({ ...DEFAULTS });
  notice = $state('');
  /** Milliseconds since 1970. */
  copiedAt: number | null = $state(null);
  /** Milliseconds since 1970; moves while somebody waits. */
  now = $state(Date.now());
  /** When the answer was written. */
  answeredAt: number | null = $state(null);
  ice = $state('new');
  readonly link: string = $derived(`${location.origin}${location.pathname}#/j/${this.word}`);
  readonly contents = $derived(contentsOf(this.sdp));
  readonly checked: { readonly letter: Pasted | null; readonly problem: PasteProblem | null } = $derived.by(
    () => this.#check(),
  );
  /** Who waits for whom and how long yet; null while nobody does. */
  readonly patience = $derived.by(() => this.#patience());
  #shared: CopyPasteRecordsNews = $state.raw(NOTHING_SHARED);
  readonly sharing: Sharing = $derived.by(() => ({
    ...this.#shared,
    kind: 'devices',
    other: this.role === 'A' ? 'B' : 'A',
  }));
  #records: CopyPasteRecords | null = null;
  #letter: CopyPasteEndpoint | null = null;
  /** What B answers. */
  #offer: Pasted | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(stage: StageState) {
    this.stage = stage;
  }

  /** Writes the first letter. */
  async write(): Promise<void> {
    await this.#try(async () => {
      const letter = this.#begin('A');
      this.#written(await letter.writeOffer(), null);
    });
  }

  /** Answers the same offer once more, with the clock at its beginning: it holds until an answer is set. */
  async answerAgain(): Promise<void> {
    if (this.#offer) await this.#answer(this.#offer);
  }

  /** A letter in the address, followed, scanned or typed there: it waits in the box until the reader says so. */
  bring(address: string): void {
    const mayEnd = this.role === 'B' || ['trying', 'connected', 'failed', 'over'].includes(this.phase);
    if (!mayEnd) return void (this.pasted = address);
    const { letter, problem } = this.#read(address, 'offer');
    if (problem) return void (this.notice = `${problem.message} ${problem.advice}`);
    // B’s own address holds the offer that it has answered.
    if (letter?.sdp === this.#offer?.sdp) return;
    this.restart();
    this.pasted = address;
    this.notice = 'This address brought another letter: what was before has ended.';
  }

  /** Takes what was pasted, if it is what is awaited; `force` takes one that is too old all the same. */
  async accept(force = false): Promise<void> {
    const { letter, problem } = this.checked;
    if (!letter || (problem && !(force && problem.fault === 'stale'))) return;
    if (letter.kind === 'offer') await this.#answer(letter);
    else {
      this.phase = 'trying';
      await this.#try(async () => this.#letter?.setAnswer(letter.sdp));
    }
  }

  async copy(): Promise<void> {
    this.notice = await copyText(this.link);
    if (this.notice === '') this.copiedAt = Date.now();
  }

  send(text: string): void {
    this.stage.player.followLive = true;
    this.#letter?.send(text);
  }

  share(on: boolean): void {
    this.#shared = { ...this.#shared, mine: on };
    this.#records?.share(on);
  }

  /** Ends what was; nothing is written yet. */
  restart(): void {
    this.close();
    this.phase = 'begin';
    this.role = null;
    this.word = '';
    this.sdp = '';
    this.pasted = '';
    this.notice = '';
    this.copiedAt = null;
    this.answeredAt = null;
    this.ice = 'new';
    this.#offer = null;
    this.stage.shown = ['letter'];
  }

  close(): void {
    clearInterval(this.#timer);
    this.#letter?.close();
    this.#records?.close();
    this.#letter = this.#records = null;
    this.#shared = { ...NOTHING_SHARED, mine: this.#shared.mine };
    this.stage.session.live = false;
  }

  async #answer(offer: Pasted): Promise<void> {
    await this.#try(async () => {
      const letter = this.#begin('B');
      this.#offer = offer;
      const answer = await letter.writeAnswer(offer.sdp);
      this.answeredAt = Date.now();
      this.#written(answer, descriptionId(offer.sdp));
    });
  }

  /** Throws where the browser, or this page, can not read what the form says. */
  #begin(role: 'A' | 'B'): CopyPasteEndpoint {
    const session = new Session();
    let origin = performance.now();
    const now = recordingClock(() => performance.now() - origin);
    const records: CopyPasteRecords = new CopyPasteRecords({
      role,
      began: performance.timeOrigin + origin,
      emit: session.emit,
      beginEarlier: (ms) => {
        origin -= ms;
        this.#beginEarlier(session, ms);
      },
      changed: (news) => void (this.#records === records && (this.#shared = news)),
    });
    const letter = copyPasteEndpoint({
      role,
      configuration: this.#configuration(),
      emit: (event) => {
        records.record(event);
        session.emit(event);
      },
      now,
      found: (channel) => this.#found(letter, records, channel),
    });
    this.restart();
    session.live = true;
    this.stage.open(session, 'live · two devices');
    this.#records = records;
    records.attach(letter.end.pc);
    records.share(this.#shared.mine);
    this.#letter = letter;
    this.role = role;
    this.phase = 'writing';
    this.#watch(letter);
    this.#timer = setInterval(() => (this.now = Date.now()), TICK);
    return letter;
  }

  #configuration(): RTCConfiguration {
    const servers = readServers(this.form.servers);
    if (!servers.ok) throw new Error(sentence(servers.error));
    return configurationOf($state.snapshot(this.form), servers.value);
  }

  #written({ sdp }: { readonly sdp: string }, answers: number | null): void {
    this.sdp = sdp;
    this.word = writeCode({
      kind: this.role === 'A' ? 'offer' : 'answer',
      sdp,
      writtenAt: Date.now(),
      answers,
    });
    this.now = Date.now();
    this.phase = 'give';
  }

  #watch(letter: CopyPasteEndpoint): void {
    const { pc } = letter.end;
    const isMine = (): boolean => this.#letter === letter;
    pc.addEventListener('iceconnectionstatechange', () => isMine() && (this.ice = pc.iceConnectionState));
    pc.addEventListener('connectionstatechange', () => {
      if (!isMine() || pc.connectionState !== 'failed') return;
      if (this.phase === 'connected') this.#over();
      else this.#failed();
    });
  }

  #found(letter: CopyPasteEndpoint, records: CopyPasteRecords, channel: RTCDataChannel): void {
    records.follow(channel);
    channel.addEventListener('open', () => this.#letter === letter && this.#connected());
    channel.addEventListener('close', () => this.#letter === letter && this.#over());
  }

  /** The reader stays at the moment that they look at. */
  #beginEarlier(session: Session, ms: number): void {
    const { player } = this.stage;
    session.log.beginEarlier(ms);
    if (!player.followLive) player.seek(player.time + ms);
  }

  #connected(): void {
    if (this.phase === 'connected') return;
    this.phase = 'connected';
    clearInterval(this.#timer);
    this.stage.shown = ['paths'];
  }

  #over(): void {
    if (this.phase !== 'connected') return;
    this.phase = 'over';
    this.stage.session.live = false;
  }

  #failed(): void {
    this.phase = 'failed';
    clearInterval(this.#timer);
    this.stage.shown = ['paths'];
  }

  #check(): { letter: Pasted | null; problem: PasteProblem | null } {
    if (this.pasted.trim() === '') return { letter: null, problem: null };
    return this.#read(this.pasted, this.role === 'A' ? 'answer' : 'offer');
  }

  #read(text: string, kind: Pasted['kind']): { letter: Pasted | null; problem: PasteProblem | null } {
    const read = readPasted(text);
    if (!read.ok) return { letter: null, problem: read.error };
    const awaited = { kind, own: this.sdp || null, now: this.now, timeout: STALE } as const;
    return { letter: read.value, problem: judge(read.value, awaited) };
  }

  #patience() {
    const { letter } = this.checked;
    const answer = this.role === 'B' ? this.sdp : letter?.kind === 'answer' ? letter.sdp : null;
    const since = this.role === 'B' ? this.answeredAt : (letter?.writtenAt ?? null);
    if (!answer || since === null || (this.phase !== 'give' && this.phase !== 'failed')) return null;
    const patience = answererTimeout(answer);
    const age = Math.max(0, this.now - since);
    return { ...patience, left: patience.lasts - age, ago: ago(age) };
  }

  async #try(step: () => Promise<unknown>): Promise<void> {
    this.notice = '';
    try {
      await step();
    } catch (error) {
      this.notice = (error as Error).message;
      if (this.phase === 'writing' || this.phase === 'trying') this.phase = this.word ? 'give' : 'begin';
    }
  }
}
