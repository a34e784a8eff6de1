/** Size: the sections and what they are made of, as tall as the bytes they take. */
import { hierarchy, partition } from 'd3';
import { sizesOf, type Share } from '../../../core/sdp/graphs/sizes.ts';
import type { Description } from '../../../core/sdp/structure.ts';
import { drawn, type Box, type Drawing } from './drawing.ts';

interface Node extends Partial<Share> {
  readonly children?: readonly Node[];
}

const LEAST = 300;
/** Pixels for a section, so that a small one can still be hit. */
const ROOM = 30;

export function layoutSizes(description: Description, width: number): Drawing {
  const sections = sizesOf(description);
  const height = Math.max(LEAST, sections.length * ROOM);
  const root = hierarchy<Node>({
    children: sections.map((section) => ({
      ...section,
      children: section.parts.map((part) => ({ ...part })),
    })),
  }).sum(({ children, bytes = 0 }) => (children === undefined ? bytes : 0));
  const placed = partition<Node>().size([height, 1])(root);
  const total = root.value ?? 0;
  const first = Math.min(220, width * 0.4);
  const boxes = placed
    .descendants()
    .filter(({ depth, x0, x1 }) => depth > 0 && x1 - x0 >= 0.5)
    .map(({ depth, x0, x1, data, value = 0 }, index): Box => {
      const bytes = `${value.toLocaleString('en')} bytes`;
      return {
        id: `z${index}`,
        x: depth === 1 ? 1 : first + 2,
        y: x0,
        width: depth === 1 ? first : width - first - 3,
        height: Math.max(0.5, x1 - x0 - 1),
        lines: data.lines ?? [],
        title: data.name ?? '',
        note: depth === 1 ? `${Math.round((100 * value) / total)} %` : `${times(data)}${bytes}`,
        ...(depth === 1 ? {} : { tone: 'quiet' as const }),
      };
    });
  return drawn({ width, height, boxes, links: [] });
}

const times = ({ lines = [] }: Node): string => (lines.length > 1 ? `${lines.length} lines, ` : '');

export function describeSizes(description: Description): string {
  const sections = sizesOf(description);
  const total = sections.reduce((sum, { bytes }) => sum + bytes, 0);
  const words = sections.slice(0, 20).map(({ name, bytes, parts }) => {
    const most = parts.slice(0, 3).map((part) => `${part.name} ${part.bytes}`);
    return `${name} ${bytes} (most: ${most.join(', ')})`;
  });
  return `${total} bytes in all: ${words.join('; ')}.`;
}
