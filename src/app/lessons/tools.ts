/** What a step's run needs beside the connection: the two letter boxes, or the ways that are compared. */
import { recordingClock } from '../../core/base/clock.ts';
import type { Carrier } from '../../core/lessons/lesson.ts';
import { Comparing } from '../connect/remote/comparing.svelte.ts';
import type { ConnectState } from '../connect/connect.svelte.ts';
import { Session } from '../stage/session.svelte.ts';
import { CarriedSignallingState } from './carried-signalling.svelte.ts';

export class Tools {
  readonly connect: ConnectState;
  /** Settled once the session is on the stage, where that does not wait for the learner. */
  readonly ready: Promise<void>;
  readonly post: CarriedSignallingState;
  readonly comparing = new Comparing();

  constructor(connect: ConnectState, ready: Promise<void>) {
    this.connect = connect;
    this.ready = ready;
    this.post = new CarriedSignallingState(connect.stage);
  }

  /** What each way carries becomes one session: letters only, one negotiation after the other. */
  async tryEach(carriers: readonly Carrier[]): Promise<void> {
    const { stage } = this.connect;
    const session = new Session();
    session.live = true;
    stage.open(session, 'live · this page');
    const origin = performance.now();
    const now = recordingClock(() => performance.now() - origin);
    const value = { kind: 'loopback', startedAt: Date.now(), userAgent: navigator.userAgent } as const;
    session.emit({ type: ':session', peer: '', at: 0, value });
    for (const peer of ['A', 'B'])
      session.emit({ type: ':peer', peer, at: now(), value: { place: 'in this page' } });
    await this.comparing.tryEach(carriers, (event) => session.emit({ ...event, at: now() }));
    session.live = false;
  }

  leave(): void {
    this.post.close();
    this.connect.leave();
  }
}
