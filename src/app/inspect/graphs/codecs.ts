/** Codecs: each format and what serves it, RTX, RED and FEC, by section. */
import { formatsOf, type Format } from '../../../core/sdp/graphs/formats.ts';
import type { Description, MediaSection } from '../../../core/sdp/structure.ts';
import type { Label } from '../../diagrams/parts/labels.ts';
import { sectionName } from './names.ts';
import { drawn, linkBetween, type Box, type Drawing, type Link } from './drawing.ts';

const ROW = 32;
const HEIGHT = 26;
const GAP = 22;
/** Formats of a section that are drawn. */
const MOST = 60;

interface Tree {
  readonly format: Format;
  readonly depth: number;
  readonly children: readonly Tree[];
}

/** Formats that stand for themselves, each with what serves it beneath. A circle is cut. */
function forest(formats: readonly Format[]): readonly Tree[] {
  const seen = new Set<Format>();
  const grow = (format: Format, depth: number): Tree => {
    seen.add(format);
    const children = formats
      .filter((other) => other.serves === format.id && !seen.has(other))
      .map((other) => grow(other, depth + 1));
    return { format, depth, children };
  };
  const roots = formats.filter(({ serves }) => serves === undefined).map((format) => grow(format, 0));
  return [...roots, ...formats.filter((format) => !seen.has(format)).map((format) => grow(format, 0))];
}

const DEEPEST = 2;

const depthOf = ({ depth, children }: Tree): number =>
  Math.min(DEEPEST, Math.max(depth, ...children.map(depthOf)));

export function layoutCodecs({ media }: Description, width: number): Drawing {
  const boxes: Box[] = [];
  const links: Link[] = [];
  const labels: Label[] = [];
  let y = 0;
  const trees = new Map(
    media.filter(({ rtp }) => rtp).map((section) => [section, forest(formatsOf(section).slice(0, MOST))]),
  );
  const depth = Math.max(0, ...[...trees.values()].flat().map(depthOf));
  const column = Math.min(230, (width - 2 - depth * 24) / (depth + 1));
  for (const [section, grown] of trees) {
    labels.push({ text: sectionName(section), x: 1, y: y + 14, size: 13, tone: 'ink-2' });
    y += GAP;
    const draw = (tree: Tree, parent: Box | undefined): void => {
      const box = boxAt(tree, {
        section,
        x: 1 + Math.min(tree.depth, DEEPEST) * (column + 24),
        y,
        width: column,
      });
      boxes.push(box);
      if (parent !== undefined) links.push(linkBetween(parent, box));
      tree.children.forEach((child, index) => {
        if (index > 0) y += ROW;
        draw(child, box);
      });
    };
    for (const tree of grown) {
      draw(tree, undefined);
      y += ROW;
    }
    y += GAP / 2;
  }
  return drawn({ width, height: y, boxes, links, labels });
}

function boxAt(
  { format }: Tree,
  { section, ...at }: { section: MediaSection; x: number; y: number; width: number },
): Box {
  const { id, name, detail, lines } = format;
  return {
    ...at,
    id: `c${section.index}-${id}-${at.y}`,
    height: HEIGHT,
    lines,
    title: name === undefined ? id : `${id} ${name}`,
    note: name === undefined ? 'has no name' : detail,
    tone: name === undefined ? 'fail' : undefined,
  };
}

export function describeCodecs({ media }: Description): string {
  const told = media.filter(({ rtp }) => rtp).slice(0, 20);
  return told
    .map((section) => {
      const formats = formatsOf(section).slice(0, MOST);
      const words = formats.map(({ id, name = 'without a name', serves }) =>
        serves === undefined ? `${id} ${name}` : `${id} ${name} for ${serves}`,
      );
      return `${sectionName(section)}: ${words.join(', ')}.`;
    })
    .join(' ');
}
