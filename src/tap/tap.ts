/**
 * The tap: one script that records the connections of somebody's own page, and shows them to an Icescope page that the
 * reader opened and that agreed. It comes before the page's own scripts, by a script tag or an extension, or later, by the
 * console or a bookmarklet; then connections are met when they are next used. The page notices nothing, and nothing that
 * goes wrong here reaches it. TURN credentials are left out where the calls are read (`live/observe-arguments.ts`).
 */
import { CALLS } from '../core/session/event.ts';
import { disguise, replace, takePage } from './disguise.ts';
import { cover } from './methods.ts';
import { construct } from './natives.ts';
import { Recorder } from './recorder.ts';
import { Stream } from './stream.ts';
import { type Listeners, findListeners } from './listeners.ts';

function tap(): void {
  if (typeof RTCPeerConnection !== 'function') return;
  const listeners = findListeners();
  if (!takePage()) return listeners.open();
  const recorder: Recorder = new Recorder(() => safely(() => stream?.pump()));
  // A listener that is there when the page begins shall see its first connection.
  coverConnections(recorder);
  const stream: Stream | null = streamTo(listeners, recorder);
  listeners.open();
}

function streamTo(listeners: Listeners, recorder: Recorder): Stream | null {
  return new Stream({ recorder, trusts: listeners.trusts, call: listeners.call });
}

function coverConnections(recorder: Recorder): void {
  const Native = RTCPeerConnection;
  const { prototype } = Native;
  const meet = (self: unknown): void =>
    safely(() => {
      if (self instanceof Native && !recorder.isKnown(self) && self !== prototype)
        recorder.watch(self, { late: true });
    });
  for (const name of [...CALLS, 'getStats']) cover(prototype, name, meet);
  cover(RTCDataChannel.prototype, 'send', () => {});
  const layer = new Proxy(Native, {
    construct(target, args: unknown[], newTarget) {
      const pc = construct(target, args, newTarget) as RTCPeerConnection;
      safely(() => recorder.watch(pc));
      return pc;
    },
  });
  disguise(layer, Native);
  replace(prototype, 'constructor', Native, layer);
  replace(window, 'RTCPeerConnection', Native, layer);
  replace(window, 'webkitRTCPeerConnection', Native, layer);
}

/** What fails here is no matter of the page's. */
function safely(run: () => void): void {
  try {
    run();
  } catch {
    // Then this much is not recorded.
  }
}

safely(tap);
