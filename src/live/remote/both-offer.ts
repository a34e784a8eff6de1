/** Two ends in one page that run perfect negotiation (W3C WebRTC, section 10.7), and both offer in the same moment. */
import type { Clock } from '../../core/base/clock.ts';
import type { Emit } from '../../core/session/event.ts';
import { type Between, type LoopbackOptions, createEnds } from '../loopback.ts';
import { negotiate } from './negotiation.ts';

interface BothOffer {
  readonly options: LoopbackOptions;
  readonly emit: Emit;
  readonly now: Clock;
  /** Who gives way; it connects where one does, and only one. */
  readonly polite: Readonly<Record<'A' | 'B', boolean>>;
  readonly between?: Between | undefined;
}

export function createBothOffer({ options, emit, now, polite, between }: BothOffer): { close(): void } {
  const { a, b } = createEnds(options, emit, now, between);
  const code = () => 'perfect' as const;
  negotiate(a, { polite: polite.A, code });
  negotiate(b, { polite: polite.B, code });
  // What is to be negotiated makes either offer, by “negotiationneeded”.
  for (const end of [a, b]) end.channel = end.pc.createDataChannel(`from ${end.id}`);
  return {
    close() {
      a.close();
      b.close();
    },
  };
}
