/** Structure: group → sections → formats, and under it the transports. */
import { formatsOf, type Format } from '../../../core/sdp/graphs/formats.ts';
import { transportsOf, type Transport } from '../../../core/sdp/graphs/transports.ts';
import type { Description, MediaSection } from '../../../core/sdp/structure.ts';
import { drawn, linkBetween, type Box, type Drawing, type Link } from './drawing.ts';

const ROW = 32;
const LEAF = 26;
const SECTION = 40;
const GAP = 12;
/** Formats of a section that are shown one by one. */
const MOST = 6;
/** Sections of a transport that are shown one by one. */
const SECTIONS = 40;

interface Columns {
  readonly group: number;
  readonly section: number;
  readonly format: number;
  readonly wide: readonly [number, number, number];
}

export function layoutStructure(description: Description, width: number): Drawing {
  const columns = columnsOf(width);
  const boxes: Box[] = [];
  const links: Link[] = [];
  let y = 4;
  for (const [index, transport] of transportsOf(description).entries()) {
    const part = drawTransport(transport, { columns, top: y, id: `t${index}`, width });
    boxes.push(...part.boxes);
    links.push(...part.links);
    y = part.bottom + GAP;
  }
  return drawn({ width, height: y, boxes, links });
}

function columnsOf(width: number): Columns {
  const group = Math.min(82, width * 0.22);
  const section = Math.min(122, width * 0.3);
  const gap = Math.min(22, width * 0.06);
  const format = width - group - section - 2 * gap - 2;
  return {
    group: 1,
    section: 1 + group + gap,
    format: 1 + group + section + 2 * gap,
    wide: [group, section, format],
  };
}

interface Spot {
  readonly columns: Columns;
  readonly top: number;
  readonly id: string;
  readonly width: number;
}

function drawTransport(transport: Transport, spot: Spot) {
  const boxes: Box[] = [];
  const links: Link[] = [];
  const children: Box[] = [];
  let y = spot.top;
  for (const section of transport.sections.slice(0, SECTIONS)) {
    const part = drawSection(section, { ...spot, top: y });
    children.push(part.box);
    boxes.push(part.box, ...part.leaves);
    links.push(...part.leaves.map((leaf) => linkBetween(part.box, leaf)));
    y = part.bottom + GAP;
  }
  for (const mid of transport.missing.slice(0, MOST)) {
    children.push(missing(mid, transport, { ...spot, top: y }));
    boxes.push(children.at(-1)!);
    y += ROW;
  }
  if (transport.group !== undefined) {
    const root = groupBox(transport.group, children, spot);
    boxes.push(root);
    links.push(...children.map((child) => linkBetween(root, child)));
  }
  const foot = transportBoxes(transport, { ...spot, top: y + (transport.missing.length > 0 ? GAP / 2 : 0) });
  return { boxes: [...boxes, ...foot.boxes], links, bottom: foot.bottom };
}

function groupBox(line: number, children: readonly Box[], { columns, id, top }: Spot): Box {
  const first = children[0]?.y ?? top;
  const last = children.at(-1);
  const bottom = last === undefined ? top + LEAF : last.y + last.height;
  return {
    id: `${id}g`,
    x: columns.group,
    y: (first + bottom - LEAF) / 2,
    width: columns.wide[0],
    height: LEAF,
    lines: [line],
    title: 'BUNDLE',
    tone: 'strong',
  };
}

function missing(mid: string, { group }: Transport, { columns, top, id }: Spot): Box {
  return {
    id: `${id}x${mid}`,
    x: columns.section,
    y: top,
    width: columns.wide[1] + columns.wide[2],
    height: LEAF,
    lines: group === undefined ? [] : [group],
    title: `mid ${mid}`,
    note: 'does not exist',
    tone: 'fail',
  };
}

function drawSection(section: MediaSection, { columns, top }: Spot) {
  const formats = formatsOf(section);
  const own = formats.filter(({ serves }) => serves === undefined);
  const shownFormats = own.length > MOST + 1 ? own.slice(0, MOST) : own;
  const place = (index: number) => ({
    x: columns.format,
    y: top + index * ROW,
    width: columns.wide[2],
    height: LEAF,
  });
  const leaves: Box[] = shownFormats.map((format, index) => ({
    ...place(index),
    ...formatBox(format, formats),
    id: `s${section.index}f${index}`,
  }));
  const rest = own.slice(shownFormats.length);
  if (rest.length > 0)
    leaves.push({
      ...place(leaves.length),
      id: `s${section.index}more`,
      lines: rest.flatMap(({ lines }) => lines),
      title: `and ${rest.length} more`,
      tone: 'quiet',
    });
  const tall = Math.max(SECTION, leaves.length * ROW - (ROW - LEAF));
  const box: Box = {
    id: `s${section.index}`,
    x: columns.section,
    y: top + (tall - SECTION) / 2,
    width: columns.wide[1],
    height: SECTION,
    lines: section.lines.map(({ number }) => number),
    title: section.kind,
    note: section.rejected ? 'port 0: rejected' : section.mid === undefined ? 'no mid' : `mid ${section.mid}`,
    ...(section.rejected ? { tone: 'quiet' as const } : {}),
  };
  const nudge = leaves.length === 1 ? (tall - LEAF) / 2 : 0;
  return { box, leaves: leaves.map((leaf) => ({ ...leaf, y: leaf.y + nudge })), bottom: top + tall };
}

function formatBox(
  { id, name, detail, lines }: Format,
  all: readonly Format[],
): Pick<Box, 'lines' | 'title' | 'note' | 'tone'> {
  if (name === undefined) return { lines, title: id, note: 'has no name', tone: 'fail' };
  const helpers = all.filter(({ serves }) => serves === id).map((format) => `${format.id} ${format.name}`);
  return {
    lines,
    title: name === 'SCTP' ? name : `${id} ${name}`,
    note: helpers.join(', ') || detail,
  };
}

const KINDS = ['host', 'srflx', 'prflx', 'relay'] as const;

/** One row: whose ufrag, how many candidates of which kind, which fingerprint. */
function transportBoxes(
  transport: Transport,
  { top, id, width }: Spot,
): { boxes: readonly Box[]; bottom: number } {
  const { ufrag, fingerprint, candidates, sections } = transport;
  if (sections.length === 0) return { boxes: [], bottom: top };
  const numbers = (name: string) =>
    sections.flatMap(({ attributes }) => (attributes.get(name) ?? []).map(({ number }) => number));
  const cells = [
    {
      key: 'name',
      wide: 142,
      title: sections.length > 1 ? 'one transport' : 'own transport',
      lines: [...transport.lines],
    },
    ...(ufrag === undefined ? [] : [{ key: 'u', wide: 66, title: ufrag, lines: numbers('ice-ufrag') }]),
    ...KINDS.flatMap((mark) => {
      const lines = candidates.get(mark);
      if (lines === undefined) return [];
      const title = `${lines.length}`;
      return [{ key: mark, wide: 39 + 9 * title.length, title, lines: [...lines], mark }];
    }),
    ...(fingerprint === undefined
      ? []
      : [{ key: 'f', wide: 150, title: fingerprint.slice(0, 13), lines: numbers('fingerprint') }]),
  ];
  const boxes: Box[] = [];
  let x = 1;
  let y = top;
  for (const { key, wide, ...cell } of cells) {
    const across = Math.min(wide, width - 2);
    if (x > 1 && x + across > width) {
      x = 1;
      y += LEAF + 4;
    }
    boxes.push({ ...cell, id: `${id}${key}`, x, y, width: across, height: LEAF, tone: 'quiet' });
    x += across + 4;
  }
  return { boxes, bottom: y + LEAF };
}

export function describeStructure(description: Description): string {
  const transports = transportsOf(description).slice(0, 20);
  if (transports.length === 0) return 'There is no media section, so nothing hangs on anything.';
  return transports
    .map(({ sections, missing, candidates, ufrag }) => {
      const parts = sections.map((section) => {
        const formats = formatsOf(section).map(({ id, name }) =>
          name === undefined ? `${id} without a name` : name,
        );
        const some =
          formats.slice(0, MOST).join(', ') +
          (formats.length > MOST ? ` and ${formats.length - MOST} more` : '');
        return `${section.kind}${section.mid === undefined ? '' : ` (mid ${section.mid})`}: ${some}`;
      });
      const gone = missing.map((mid) => `mid ${mid}, which does not exist`);
      const found = Array.from(candidates, ([type, lines]) => `${lines.length} ${type}`).join(', ') || 'none';
      return `${sections.length > 1 ? 'One transport for' : 'A transport for'} ${[...parts, ...gone].join('; ')}. Its ufrag is ${ufrag ?? 'missing'}; candidates: ${found}.`;
    })
    .join(' ');
}
