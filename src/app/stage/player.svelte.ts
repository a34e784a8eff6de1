import type { SessionEvent } from '../../core/session/event.ts';
import type { SessionLog } from '../../core/session/log.ts';
import {
  type Cursor,
  type Gap,
  type Move,
  START,
  advance,
  idleGaps,
  nextMoment,
  pageOf,
  previousMoment,
  replaySpeed,
} from '../../core/session/playback.ts';

/** Asks to be called at the next picture, with the wall time in ms; gives back how to take that back. */
export type Frames = (run: (now: number) => void) => () => void;

const pageFrames: Frames = (run) => {
  const id = requestAnimationFrame(run);
  return () => cancelAnimationFrame(id);
};

/** The cursor of one session and how it moves. All diagrams draw what was known at `index`, as of `time`. */
export class Player {
  #cursor = $state.raw<Cursor>(START);
  #duration = $state(0);
  #playing = $state(false);
  #following = $state(true);
  /** Milliseconds of the session per millisecond of the watcher: 1, 1/200, … */
  speed = $state(1 / 200);
  /** Idle stretches are drawn short and passed quickly. */
  squeeze = $state(true);

  readonly #log: SessionLog;
  readonly #frames: Frames;
  readonly #unsubscribe: () => void;
  #cancel: () => void = () => {};
  #last: SessionEvent | undefined;
  #gaps: { readonly count: number; readonly list: readonly Gap[] } = { count: 0, list: [] };
  #followAfter = false;

  constructor(log: SessionLog, frames: Frames = pageFrames) {
    this.#log = log;
    this.#frames = frames;
    this.#unsubscribe = log.subscribe((from) => this.#grown(from));
    this.#duration = log.duration;
    this.#go(this.#end());
  }

  /** Milliseconds since the session began: at or after event `index - 1`. */
  get time(): number {
    return this.#cursor.time;
  }

  /** How many events have happened at the cursor. */
  get index(): number {
    return this.#cursor.index;
  }

  /** Milliseconds to the last event so far. */
  get duration(): number {
    return this.#duration;
  }

  get playing(): boolean {
    return this.#playing;
  }

  /** Whether the cursor stays at the newest event. Any other move of the cursor ends it. */
  get followLive(): boolean {
    return this.#following;
  }

  set followLive(on: boolean) {
    this.#stop();
    this.#following = on;
    if (on) this.#go(this.#end());
  }

  /** From the cursor on; from the start when the cursor stands at the end. */
  play(): void {
    if (this.#playing || this.#log.events.length === 0) return;
    if (this.time >= this.#duration) this.#go(START);
    this.#followAfter = false;
    this.#following = false;
    this.#run();
  }

  pause(): void {
    this.#stop();
  }

  toggle(): void {
    if (this.#playing) this.pause();
    else this.play();
  }

  /** Plays again from `from`, in slow motion that takes about nine seconds; then follows the session if it did before. */
  replay(from = 0): void {
    if (this.#log.events.length === 0) return;
    const after = this.#following || this.#followAfter;
    // The log tells of its growth now and then; what it holds counts.
    this.#duration = this.#log.duration;
    this.seek(from);
    this.speed = replaySpeed(from, this.#duration, this.#idle());
    this.#followAfter = after;
    this.#run();
  }

  stepForward(): void {
    this.move('next');
  }

  stepBack(): void {
    this.move('previous');
  }

  seek(time: number): void {
    this.move({ time });
  }

  /** To just after the first `index` events. */
  seekIndex(index: number): void {
    const { events } = this.#log;
    const place = Math.max(0, Math.min(Math.round(index), events.length));
    this.#leave();
    this.#go({ time: events[place - 1]?.at ?? 0, index: place });
  }

  move(move: Move): void {
    this.#leave();
    this.#go(this.#target(move));
  }

  /** Ends playing and lets go of the log. */
  destroy(): void {
    this.#stop();
    this.#unsubscribe();
  }

  #target(move: Move): Cursor {
    const { events } = this.#log;
    if (typeof move === 'object') return this.#atTime(move.time);
    switch (move) {
      case 'next':
        return nextMoment(events, this.#cursor);
      case 'previous':
        return previousMoment(events, this.#cursor);
      case 'page forward':
        return nextMoment(events, this.#cursor, pageOf(events));
      case 'page back':
        return previousMoment(events, this.#cursor, pageOf(events));
      case 'start':
        return START;
      case 'end':
        return this.#end();
    }
  }

  #atTime(time: number): Cursor {
    const within = Math.max(0, Math.min(time, this.#log.duration));
    return { time: within, index: this.#log.indexAt(within) };
  }

  #end(): Cursor {
    return { time: this.#log.duration, index: this.#log.events.length };
  }

  #go(cursor: Cursor): void {
    this.#cursor = cursor;
    this.#last = this.#log.events[cursor.index - 1];
  }

  #leave(): void {
    this.#stop();
    this.#following = false;
  }

  #stop(): void {
    this.#cancel();
    this.#playing = false;
    this.#followAfter = false;
  }

  #run(): void {
    this.#playing = true;
    this.#cancel = this.#frames((start) => this.#frame(start, start));
  }

  #frame(before: number, now: number): void {
    const gaps = this.squeeze ? this.#idle() : [];
    const time = advance(this.time, Math.max(0, now - before), { speed: this.speed, gaps });
    this.#go(this.#atTime(time));
    if (time >= this.#log.duration) this.#finish();
    else this.#cancel = this.#frames((next) => this.#frame(now, next));
  }

  #finish(): void {
    const follow = this.#followAfter;
    this.#stop();
    this.#following = follow;
    this.#go(this.#end());
  }

  /** New events at the end, or late ones before the cursor: it then stays at the event that it stood at. */
  #grown(from: number): void {
    const { events } = this.#log;
    this.#duration = this.#log.duration;
    this.#gaps = { count: 0, list: [] };
    if (this.#following) this.#go(this.#end());
    else if (from < this.index) this.#go({ time: this.time, index: events.lastIndexOf(this.#last!) + 1 });
  }

  #idle(): readonly Gap[] {
    const { events } = this.#log;
    if (this.#gaps.count !== events.length) this.#gaps = { count: events.length, list: idleGaps(events) };
    return this.#gaps.list;
  }
}
