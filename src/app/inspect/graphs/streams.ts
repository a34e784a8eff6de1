/** Streams: simulcast layers and SSRC groups, by section; and header extensions, one row each. */
import { extensionsOf, streamsOf } from '../../../core/sdp/graphs/streams.ts';
import type { Description } from '../../../core/sdp/structure.ts';
import { fit, type Label } from '../../diagrams/parts/labels.ts';
import { drawn, linkBetween, type Box, type Drawing, type Link } from './drawing.ts';
import { extensionName, sectionName } from './names.ts';

const ROW = 32;
const HEIGHT = 26;
/** Groups, members and rows that are drawn. */
const MOST = 40;

export function layoutStreams(description: Description, width: number): Drawing {
  const boxes: Box[] = [];
  const links: Link[] = [];
  const labels: Label[] = [];
  const group = Math.min(170, width * 0.42);
  let y = 0;
  let last = -1;
  for (const [index, { section, name, lines, members }] of streamsOf(description).slice(0, MOST).entries()) {
    if (section.index !== last)
      labels.push({ text: sectionName(section), x: 1, y: y + 14, size: 13, tone: 'ink-2' });
    if (section.index !== last) y += 22;
    last = section.index;
    const root: Box = {
      id: `g${index}`,
      x: 1,
      y,
      width: group,
      height: HEIGHT,
      lines,
      title: name,
      tone: 'strong',
    };
    boxes.push(root);
    for (const [at, { rid, paused, restrictions, lines: own }] of members.slice(0, MOST).entries()) {
      const box: Box = {
        id: `g${index}m${at}`,
        x: group + 29,
        y,
        width: width - group - 30,
        height: HEIGHT,
        lines: own,
        title: rid,
        note: [paused ? 'paused' : '', restrictions].filter(Boolean).join(', '),
        ...(paused ? { tone: 'quiet' as const } : {}),
      };
      boxes.push(box);
      links.push(linkBetween(root, box));
      y += ROW;
    }
    if (members.length === 0) y += ROW;
    y += 6;
  }
  return drawn({ width, height: y, boxes, links, labels });
}

export const describeStreams = (description: Description): string =>
  streamsOf(description)
    .slice(0, MOST)
    .map(
      ({ section, name, members }) =>
        `${sectionName(section)}, ${name}: ${members.map(({ rid, paused }) => (paused ? `${rid} (paused)` : rid)).join(', ')}.`,
    )
    .join(' ');

const CELL = 44;

export function layoutExtensions(description: Description, width: number): Drawing {
  const sections = [description.session, ...description.media].filter(({ attributes }) =>
    attributes.has('extmap'),
  );
  const columns = sections.slice(0, Math.max(1, Math.floor((width * 0.5) / CELL)));
  const name = width - columns.length * CELL - 8;
  const media = new Map(description.media.map(({ index, mid }) => [index, mid ?? `${index}`]));
  const labels: Label[] = columns.map(({ index }, at) => ({
    text: fit(index < 0 ? 'all' : media.get(index)!, CELL - 8, { size: 12 }),
    x: name + 8 + at * CELL + CELL / 2,
    y: 12,
    size: 12,
    anchor: 'middle',
    tone: 'ink-3',
  }));
  const boxes: Box[] = [];
  const rows = extensionsOf(description).slice(0, MOST);
  rows.forEach(({ uri, uses }, row) => {
    const y = 20 + row * ROW;
    const lines = uses.map(({ line }) => line);
    boxes.push({
      id: `e${row}`,
      x: 1,
      y,
      width: name,
      height: HEIGHT,
      lines,
      title: extensionName(uri),
      tone: 'quiet',
    });
    columns.forEach(({ index }, at) => {
      const use = uses.find(({ section }) => section === index);
      if (use === undefined) return;
      const x = name + 8 + at * CELL;
      boxes.push({
        id: `e${row}s${at}`,
        x,
        y,
        width: CELL - 6,
        height: HEIGHT,
        lines: [use.line],
        title: use.id,
      });
    });
  });
  return drawn({ width, height: 20 + rows.length * ROW, boxes, links: [], labels });
}

export const describeExtensions = (description: Description): string =>
  extensionsOf(description)
    .slice(0, MOST)
    .map(
      ({ uri, uses }) =>
        `${extensionName(uri)}: id ${[...new Set(uses.map(({ id }) => id))].join(' and ')} in ${uses.length} ${uses.length === 1 ? 'section' : 'sections'}.`,
    )
    .join(' ');
