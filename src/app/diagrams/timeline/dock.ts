import type { View } from '../../../core/projections/view.ts';
import type { Mark, Shape } from './marks/mark.ts';
import { pictureOf } from './picture.ts';
import type { TimeScale } from './time-scale.ts';

type Icon = Extract<Shape, { readonly shape: 'icon' }>;

/** The scrubber of a phone: 40 px high, what was said and found above its track, what was tried below. */
export interface DockLayout {
  readonly scale: TimeScale;
  readonly left: number;
  readonly width: number;
  /** Pixels of the cursor from the left edge of the dock. */
  readonly x: number;
  readonly marks: readonly Icon[];
  /** Where checks went on, below the track. */
  readonly tries: readonly { readonly x: number; readonly width: number }[];
}

export const DOCK = { height: 40, track: 19, above: 9, below: 33, margin: 16 } as const;

export function dockLayout(view: View, width: number, squeeze: boolean): DockLayout {
  // The lanes are drawn for this width, then moved to their place: a lane's plot is narrower than a phone's track.
  const track = Math.max(1, width - 2 * DOCK.margin);
  const picture = pictureOf(view.whole, view.events, track, { squeeze, lanes: 'few', bare: true });
  const [signalling, checks] = picture.lanes;
  const icons = (marks: readonly Mark[], y: number, shrink: number): Icon[] =>
    marks.flatMap(({ shapes }) => shapes.flatMap((shape) => moved(shape, y, shrink)));
  return {
    scale: picture.scale,
    left: DOCK.margin,
    width: track,
    x: DOCK.margin + picture.scale.x(view.time),
    marks: [
      ...apart(icons(signalling?.marks ?? [], DOCK.above, 0.82)),
      ...apart(icons(checks?.marks ?? [], DOCK.below, 0.82)),
    ],
    tries: checks?.marks.flatMap(triesOf) ?? [],
  };
}

/** Of marks that would lie upon each other the first is drawn. */
function apart(icons: readonly Icon[]): Icon[] {
  const taken = new Set<number>();
  return icons.filter(({ x }) => {
    const place = Math.round(x / APART);
    return !taken.has(place) && taken.add(place);
  });
}

const APART = 5;

function moved(shape: Shape, y: number, shrink: number): Icon[] {
  return shape.shape === 'icon'
    ? [{ ...shape, x: shape.x + DOCK.margin, y, scale: shape.scale * shrink }]
    : [];
}

function triesOf({ shapes }: Mark): DockLayout['tries'][number][] {
  const lines = shapes.filter((shape) => shape.shape === 'line');
  if (lines.length === 0) return [];
  const x = Math.min(...lines.map(({ x1 }) => x1));
  const end = Math.max(...lines.map(({ x2 }) => x2));
  return [{ x: x + DOCK.margin, width: Math.max(2, end - x) }];
}
