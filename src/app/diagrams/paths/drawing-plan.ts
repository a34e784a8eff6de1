/** Measures of the front drawing, in pixels. */
import type { Size } from '../diagram.ts';
import type { Box } from '../parts/labels.ts';
import { type Form, type Side, formOf } from './frame.ts';

export interface Plan {
  readonly form: Form;
  readonly width: number;
  readonly height: number;
  readonly signalY: number;
  readonly top: number;
  readonly bottom: number;
  readonly direct: number;
  /** Left edges of the two walls, and their width. */
  readonly walls: readonly [number, number];
  readonly wall: number;
  readonly device: {
    readonly edge: number;
    readonly width: number;
    readonly top: number;
    readonly bottom: number;
  };
  readonly servers: readonly [Box, Box];
  readonly radius: number;
}

export function planOf(given: Size): Plan {
  const width = Math.max(320, given.width);
  const height = Math.max(220, given.height);
  const form = formOf(width);
  // Places go with the height; what has a size of its own grows less.
  const k = Math.max(0.55, height / 520);
  const size = Math.min(k, 1.3);
  const direct = Math.round(330 * k);
  const wall = form === 'phone' ? 10 : 14;
  const left = Math.round(width * (form === 'phone' ? 0.246 : 0.256));
  const device =
    form === 'phone'
      ? { edge: 12, width: 46 }
      : {
          edge: form === 'wide' ? 36 : 20,
          width: form === 'wide' ? Math.round(136 * Math.max(1, size)) : 120,
        };
  const half = Math.max(46, 62 * size);
  return {
    form,
    width,
    height,
    signalY: Math.round(36 * k),
    top: Math.round(86 * k),
    bottom: height - Math.round(22 * k),
    direct,
    walls: [left, width - left - wall],
    wall,
    device: {
      ...device,
      top: direct - (form === 'phone' ? 32 : half + 16 * size),
      bottom: direct + (form === 'phone' ? 44 : half - 16 * size),
    },
    servers: serverBoxes(form, width, k, size),
    radius: form === 'phone' ? 12 : 16,
  };
}

function serverBoxes(form: Form, width: number, k: number, size: number): [Box, Box] {
  const [w, h] =
    form === 'phone'
      ? [60, 28]
      : [width < 760 ? 88 : Math.round(116 * Math.max(1, size)), Math.round(Math.max(30, 40 * size))];
  const gap = form === 'phone' ? 22 : form === 'wide' ? 116 : 40;
  const top = Math.round(116 * k);
  const box = (left: number): Box => ({ left, right: left + w, top, bottom: top + h });
  return [box(width / 2 - gap / 2 - w), box(width / 2 + gap / 2)];
}

export const mirrored = ({ width }: Plan, x: number, side: Side): number => (side === 0 ? x : width - x);

export function deviceBox({ width, device }: Plan, side: Side): Box {
  const left = side === 0 ? device.edge : width - device.edge - device.width;
  return { left, right: left + device.width, top: device.top, bottom: device.bottom };
}

export const doorMark = ({ walls, wall, form }: Plan): number =>
  walls[0] + wall + (form === 'phone' ? 12 : 16);
