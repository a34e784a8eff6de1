/** Ends that have nothing to offer: why no way begins there. */
import type { View } from '../../../core/projections/view.ts';
import { whyNothing } from '../parts/nothing-found.ts';
import type { Frame, Side } from './frame.ts';
import type { End, PathsModel } from './model.ts';
import { type Group, RANK } from './slots.ts';

export interface Stuck {
  readonly side: Side;
  readonly x: number;
  readonly y: number;
  readonly reason: string;
}

export function stuckEnds(view: View, frame: Frame, { ends }: PathsModel): Stuck[] {
  return ends.flatMap((end) => {
    const reason = reasonOf(view, end);
    if (reason === null) return [];
    const edge = end.side === 0 ? frame.devices[0].right : frame.devices[1].left;
    return [{ side: end.side, x: edge, y: frame.rows[0]!, reason }];
  });
}

/** Null while it may still find an address, or has one. */
function reasonOf({ facts }: View, end: End): string | null {
  const { peer } = end;
  if (!peer || end.hosts.length + end.reflexive.length + end.relays.length + end.idle.length > 0) return null;
  const isDone = (facts.candidates[peer.id]?.gathering.completedAt ?? null) !== null;
  const gaveUp = facts.states[peer.id]?.ice.current === 'failed';
  if (!isDone && !gaveUp) return null;
  return whyNothing(peer);
}

export function stuckGroups(stuck: readonly Stuck[], form: Frame['form']): Group[] {
  return stuck.map(({ side, x, y, reason }) => {
    const at = {
      x: x + (side === 0 ? 18 : -18),
      anchor: side === 0 ? 'start' : 'end',
      halo: 'paper',
    } as const;
    const first = {
      ...at,
      y: y + 4.5,
      size: 12,
      bold: true,
      tone: 'fail',
      text: 'nothing to offer',
    } as const;
    const words = form === 'phone' ? (reason.split(',')[0] ?? reason) : reason;
    return {
      rank: RANK.failure,
      slots: [[first, { ...at, y: y + 21, size: 12, tone: 'ink-2', text: words }]],
    };
  });
}
