/**
 * The marks of a very long session as a few strokes, one for each way of drawing: a thousand marks of their own would
 * hold the page up each time they are drawn.
 */
import type { Mark, Shape } from './marks/mark.ts';

/** Everything of one colour and weight as one path. */
export interface Stroke {
  readonly key: string;
  /** Classes of a group whose path takes its colours from them. */
  readonly group: string;
  readonly path: string;
  /** Of the group: an icon's strokes shrink with it. */
  readonly scale: number;
  /** Null where the class says it. */
  readonly weight: number | null;
  readonly d: string;
}

type Style = Omit<Stroke, 'd'>;

export function strokesOf(marks: readonly Mark[]): readonly Stroke[] {
  const paths = new Map<string, { readonly style: Style; readonly parts: string[] }>();
  for (const shape of marks.flatMap(({ shapes }) => shapes)) {
    const style = styleOf(shape);
    const known = paths.get(style.key) ?? { style, parts: [] };
    known.parts.push(outline(shape));
    paths.set(style.key, known);
  }
  return [...paths.values()].map(({ style, parts }) => ({ ...style, d: parts.join('') }));
}

function styleOf(shape: Shape): Style {
  const plain = { group: '', path: '', scale: 1, weight: null };
  switch (shape.shape) {
    case 'line': {
      const { kind, weight } = shape;
      return { ...plain, key: `line ${kind} ${weight}`, path: `line kind-${kind}`, weight };
    }
    case 'bar':
      return shape.refused
        ? { ...plain, key: 'refused', path: 'bar refused' }
        : { ...plain, key: 'bar', path: 'bar' };
    case 'span':
      return { ...plain, key: 'span', path: 'span' };
    case 'flag':
      return { ...plain, key: 'flag', path: 'flag' };
    case 'icon':
      return shape.icon === 'envelope'
        ? { ...plain, key: 'envelope', group: 'envelope' }
        : {
            ...plain,
            key: `${shape.icon} ${shape.scale}`,
            group: `mark mark-${shape.icon}`,
            scale: shape.scale,
          };
  }
}

function outline(shape: Shape): string {
  switch (shape.shape) {
    case 'line':
      return `M${shape.x1} ${shape.y1}L${shape.x2} ${shape.y2}`;
    case 'bar':
      return box(shape.x, shape.y, shape.width, shape.height);
    case 'span':
      return `M${shape.x1} ${shape.y}H${shape.x2}`;
    case 'flag':
      return `M${shape.x} ${shape.y}v-7h7l-2 2.5 2 2.5h-7`;
    case 'icon': {
      const { icon, x, y, scale } = shape;
      if (icon === 'envelope') return envelope(x - scale / 2, y - scale * 0.36, scale);
      return `M${x / scale} ${y / scale}${OUTLINES[icon]}`;
    }
  }
}

const box = (x: number, y: number, width: number, height: number): string =>
  `M${x} ${y}h${width}v${height}h${-width}z`;

const envelope = (x: number, y: number, width: number): string =>
  `${box(x, y, width, width * 0.72)}M${x} ${y + 0.5}l${width / 2} ${width * 0.4} ${width / 2} ${-width * 0.4}`;

/** From its middle, in a box of 20 × 20, as `parts/Mark.svelte` draws it. */
const OUTLINES = {
  host: 'm-6.4 0a6.4 6.4 0 1 0 12.8 0a6.4 6.4 0 1 0-12.8 0z',
  srflx: 'm0-8l8 8-8 8-8-8z',
  prflx: 'm0-8.4l8.6 14.9h-17.2z',
  relay: 'm-5.7-5.7h11.4v11.4h-11.4z',
  fail: 'm-5-5l10 10m0-10l-10 10',
} as const;

/** Pixels around a mark that a pointer may miss it by. */
export const HIT = { across: 4, along: 7.5 };

/** What a pointer can hit, as one path. */
export const areaOf = (marks: readonly Mark[]): string =>
  marks
    .map((mark) => Object.values(boxOf(mark)))
    .map(([x, y, w, h]) => box(x!, y!, w!, h!))
    .join('');

export const boxOf = ({ left, right, y }: Mark) => ({
  x: left - HIT.across,
  y: y - HIT.along,
  width: right - left + 2 * HIT.across,
  height: 2 * HIT.along,
});

/** The place of the mark nearest to a point; -1 where there is none at all. */
export function nearest(marks: readonly Mark[], x: number, y: number): number {
  let best = -1;
  let least = Infinity;
  marks.forEach((mark, place) => {
    const away = Math.max(mark.left - x, x - mark.right, 0) + Math.abs(mark.y - y) / 2;
    if (away < least) [best, least] = [place, away];
  });
  return best;
}
