import type { Channel } from './channel.ts';
import type { Levers, Side } from './levered.ts';

/** A channel that passes the levers there are at the time of each letter, so that they may be opened at any time. */
export function lateLevers(channel: Channel, side: Side, levers: () => Levers | null): Channel {
  const pass = (text: string, way: 'out' | 'in', hand: (text: string) => void): void => {
    const now = levers();
    if (now) now.pass(text, way, side, hand);
    else hand(text);
  };
  return {
    id: channel.id,
    send: (text) => pass(text, 'out', (passed) => channel.send(passed)),
    listen: (listener) => channel.listen((text) => pass(text, 'in', listener)),
    close() {
      levers()?.forget(side);
      channel.close();
    },
  };
}
