import type { Clock } from '../../core/base/clock.ts';
import type { Emit, PeerId } from '../../core/session/event.ts';
import type { Channel } from './channel.ts';

/** Whose channel it is. A message that came is levered at its arrival, one that goes before it leaves. */
export interface Side {
  readonly self: PeerId;
  readonly other: PeerId;
  /** Whether `self` is the session's A, whatever its id is. */
  readonly isA: boolean;
  /** `both` where only this page has impairments, so that what comes in passes them too. */
  readonly passes: 'outgoing' | 'both';
  readonly emit: Emit;
  readonly now: Clock;
}

/** What impairments do to messages; see `impaired.ts`, which loads when they are opened. */
export interface LateImpairments {
  pass(text: string, way: 'out' | 'in', side: Side, hand: (text: string) => void): void;
  forget(side: Side): void;
}

/** A channel that passes the impairments there are at the time of each message, so that they may be opened at any time. */
export function lateImpairments(
  channel: Channel,
  side: Side,
  impairments: () => LateImpairments | null,
): Channel {
  const pass = (text: string, way: 'out' | 'in', hand: (text: string) => void): void => {
    const now = impairments();
    if (now) now.pass(text, way, side, hand);
    else hand(text);
  };
  return {
    id: channel.id,
    send: (text) => pass(text, 'out', (passed) => channel.send(passed)),
    listen: (listener) => channel.listen((text) => pass(text, 'in', listener)),
    close() {
      impairments()?.forget(side);
      channel.close();
    },
  };
}
