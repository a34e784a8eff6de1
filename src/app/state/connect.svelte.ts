import { recordingClock } from '../../core/base/clock.ts';
import type { Problem } from '../../core/base/result.ts';
import { readServers } from '../../core/ice/read-servers.ts';
import { writeSession } from '../../core/session/codec.ts';
import { type Loopback, type LoopbackOptions, createLoopback } from '../../live/loopback.ts';
import { isFailure, openFile } from './open.ts';
import { server } from './server.svelte.ts';
import { Session } from './session.svelte.ts';
import { StageState } from './stage.svelte.ts';

export type Phase = 'idle' | 'connecting' | 'connected' | 'failed' | 'closed' | 'recorded' | 'hand';

/** What the form holds. */
export interface ConnectOptions {
  audio: boolean;
  video: boolean;
  trickle: boolean;
  iceTransportPolicy: 'all' | 'relay';
  bundlePolicy: 'balanced' | 'max-compat' | 'max-bundle';
  iceCandidatePoolSize: number;
  /** As typed, one URL a line. */
  servers: string;
}

const DEFAULTS: ConnectOptions = {
  audio: false,
  video: false,
  trickle: true,
  iceTransportPolicy: 'all',
  bundlePolicy: 'balanced',
  iceCandidatePoolSize: 0,
  servers: '',
};

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
  loopback: Loopback | null = $state.raw(null);
  readonly headline: string = $derived.by(() => this.#headline());

  async connect(): Promise<void> {
    const loopback = this.#start();
    if (!loopback) return;
    this.phase = 'connecting';
    this.hint = 'The two ends are looking for a way to each other.';
    try {
      await loopback.connect();
      this.#connected(loopback);
    } catch (error) {
      if (this.loopback === loopback) this.#failed(error as Error);
    }
  }

  /** The same two ends, and nothing done yet: each call is the reader's. */
  byHand(): void {
    if (!this.#start()) return;
    this.phase = 'hand';
    this.stage.shown = ['ladder', 'states'];
  }

  disconnect(): void {
    this.loopback?.close();
    this.phase = 'closed';
    this.hint = 'The recording stays: step through it, or save it.';
    this.stage.session.live = false;
  }

  /** Called when the page is left. */
  leave(): void {
    this.loopback?.close();
    this.stage.player.destroy();
  }

  send(text: string): void {
    this.loopback?.send('A', text);
  }

  async measure(): Promise<void> {
    await this.#try(async () => (this.echo = (await this.loopback?.echo()) ?? null));
  }

  async renegotiate(): Promise<void> {
    const { audio, video } = this.options;
    await this.#try(async () => this.loopback?.renegotiate({ audio, video }));
  }

  async restartIce(): Promise<void> {
    await this.#try(async () => this.loopback?.restartIce());
  }

  async rollBack(): Promise<void> {
    await this.#try(async () => this.loopback?.rollback());
  }

  async openFile(file: File): Promise<void> {
    this.notice = `Reading ${file.name} …`;
    const opened = await openFile(file);
    if (isFailure(opened)) return void (this.notice = sentence(opened));
    this.loopback?.close();
    this.loopback = null;
    this.stage.open(opened.session, `recorded · ${file.name}`);
    this.phase = 'recorded';
    this.hint = `${opened.session.log.events.length} events. Play it, step through it, or select what you want to know.`;
    this.notice = opened.notices.join(' ');
  }

  save(): void {
    const text = writeSession(this.stage.session.log.events);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    link.download = 'icescope-session.txt';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  #start(): Loopback | null {
    const servers = readServers(this.options.servers);
    if (!servers.ok) {
      this.notice = sentence(servers.error);
      return null;
    }
    this.loopback?.close();
    this.notice = '';
    this.echo = null;
    this.took = null;
    const session = new Session();
    session.live = true;
    this.stage.open(session, 'live · this page');
    const origin = performance.now();
    const { servers: _typed, ...options } = this.options;
    const iceServers = servers.value.length > 0 ? servers.value : server.iceServers;
    this.loopback = createLoopback(
      { ...options, iceServers } as LoopbackOptions,
      session.emit,
      recordingClock(() => performance.now() - origin),
    );
    return this.loopback;
  }

  #connected(loopback: Loopback): void {
    if (this.loopback !== loopback) return;
    this.took = this.stage.session.log.duration;
    this.phase = 'connected';
    this.hint = 'Step through it, or send something over it.';
    this.stage.player.replay();
  }

  #failed(error: Error): void {
    this.phase = 'failed';
    this.hint = error.message;
    this.stage.player.replay();
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
      case 'recorded':
        return 'A recorded session';
      default:
        return '';
    }
  }
}

function sentence({ message, where, found, expected }: Problem): string {
  const place = where ? ` (${where})` : '';
  const seen = found ? ` Found: ${found}.` : '';
  return `${message}${place}${seen}${expected ? ` Expected: ${expected}.` : ''}`;
}
