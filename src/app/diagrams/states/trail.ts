/** Under the graph of a machine, where there is room: the way that each peer took through it, with times. */
import { ms } from '../../format/words.ts';
import { firstFit } from '../parts/fitting.ts';
import type { Label } from '../parts/labels.ts';

import type { Place } from './machine-facts.ts';

const GAP = 8;
const LINE = 17;
/** Where the words begin, right of the peer's letter. */
const INDENT = 16;

/** What the trails of `peers` peers take, in pixels. */
export const trailHeight = (peers: number): number => (peers === 0 ? 0 : GAP + peers * LINE);

export interface TrailGround {
  readonly left: number;
  readonly inner: number;
  /** Where the graph ends. */
  readonly bottom: number;
}

export function trailLabels(
  places: readonly Place[],
  { left, inner, bottom }: TrailGround,
): readonly Label[] {
  const style = { size: 12, mono: true } as const;
  return places.flatMap((place, at): Label[] => {
    const y = bottom + GAP + (at + 1) * LINE - 4;
    const text = firstFit(forms(place), inner - INDENT, style);
    return [
      { text: place.label, x: left, y, size: 12, bold: true },
      { ...style, text, x: left + INDENT, y, tone: 'ink-2' },
    ];
  });
}

/** `new 15.3 → checking 97.2 → connected 101.4 ms`; where that is too long the oldest give way. */
function forms({ facts }: Place): readonly string[] {
  const steps = facts.history.map(({ state, at }) => `${state} ${ms(at)}`);
  return steps.map((_, from) => `${from > 0 ? '… → ' : ''}${steps.slice(from).join(' → ')} ms`);
}
