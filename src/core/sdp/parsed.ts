/**
 * What sdp-transform makes of a description: most of the world reads and munges SDP with it. This file alone imports it.
 * It keeps one value for most names, drops what its grammar does not match to the end, and writes in an order of its own;
 * what that changes in a text is told line by line.
 */
import sdpTransform, { type SessionDescription } from 'sdp-transform';
import type { SdpLine } from './lines.ts';

/** The tree that `parse` gives for a text; see the README of sdp-transform for its names. */
export const parseTree = (text: string): SessionDescription => sdpTransform.parse(text);

/** A line as the grammar of sdp-transform reads it, alone in its section. */
export interface ParsedLine {
  /** The grammar's name: `rtp`, `fmtp`, `rtcpFb`, `ext`, `candidates`, `iceUfrag`, …; `invalid` when no rule matches. */
  readonly name: string;
  /** Whether the tree holds a list under that name; else the last line of the name overwrites those before. */
  readonly list: boolean;
  readonly value: unknown;
  /** The line as `write` gives it back. */
  readonly written: string;
}

/** A media section for a line to stand in. */
const SECTION = 'm=x 0 x x';

/** Undefined for a line that the parser skips: another form, or a letter that its grammar does not have. */
export function parseLine({ raw, type, section }: SdpLine): ParsedLine | undefined {
  const inSection = section >= 0 && type !== 'm';
  const tree = sdpTransform.parse(inSection ? `${SECTION}\r\n${raw}` : raw);
  const { rtp: _rtp, fmtp: _fmtp, ...media } = tree.media[0] ?? {};
  if (type === 'm')
    return tree.media.length === 0
      ? undefined
      : parsed({ name: 'media', list: true, value: media }, tree, type);
  const part: Readonly<Record<string, unknown>> = { ...(inSection ? tree.media[0] : tree) };
  const name = Object.keys(part).find((key) => !isFrame(key, part[key], inSection));
  if (name === undefined) return undefined;
  const value = part[name];
  const list = Array.isArray(value);
  return parsed({ name, list, value: list ? (value[0] as unknown) : value }, tree, type);
}

const FRAME: ReadonlySet<string> = new Set(['type', 'port', 'protocol', 'payloads']);

const isFrame = (key: string, value: unknown, inSection: boolean): boolean =>
  inSection
    ? FRAME.has(key) || ((key === 'rtp' || key === 'fmtp') && Array.isArray(value) && value.length === 0)
    : key === 'media';

function parsed(own: Omit<ParsedLine, 'written'>, tree: SessionDescription, type: string): ParsedLine {
  const written = sdpTransform
    .write(tree)
    .split('\r\n')
    .findLast((line) => line.startsWith(`${type}=`));
  return { ...own, written: written ?? '' };
}

/** Which line each value of the tree comes from: `media[0].rtp[1]` → the line's number. */
export function linesByPath(lines: readonly SdpLine[]): ReadonlyMap<string, number> {
  const paths = new Map<string, number>();
  const counts = new Map<string, number>();
  for (const line of lines) {
    const own = parseLine(line);
    if (own === undefined) continue;
    const path = line.type === 'm' || line.section < 0 ? own.name : `media[${line.section}].${own.name}`;
    const count = counts.get(path) ?? 0;
    counts.set(path, count + 1);
    paths.set(own.list ? `${path}[${count}]` : path, line.number);
  }
  return paths;
}

/** What the helpers of sdp-transform make of a text value, by the name that it has in the tree. */
const HELPERS: Readonly<Record<string, readonly [name: string, read: (text: string) => unknown]>> = {
  config: ['parseParams', sdpTransform.parseParams],
  params: ['parseParams', sdpTransform.parseParams],
  payloads: ['parsePayloads', sdpTransform.parsePayloads],
  remoteCandidates: ['parseRemoteCandidates', sdpTransform.parseRemoteCandidates],
  attrs1: ['parseImageAttributes', sdpTransform.parseImageAttributes],
  attrs2: ['parseImageAttributes', sdpTransform.parseImageAttributes],
  list1: ['parseSimulcastStreamList', sdpTransform.parseSimulcastStreamList],
  list2: ['parseSimulcastStreamList', sdpTransform.parseSimulcastStreamList],
};

/** `fmtp[0].config` → parseParams and what it gives; undefined for a value that has no helper. */
export function helped(
  name: string,
  value: unknown,
): { readonly helper: string; readonly value: unknown } | undefined {
  const helper = HELPERS[name];
  return helper === undefined || typeof value !== 'string'
    ? undefined
    : { helper: helper[0], value: helper[1](value) };
}

/** A line that `write(parse(text))` does not give back as it is. */
export interface LossyLine {
  /** 1-based. */
  readonly line: number;
  /** What becomes of it, as one sentence. */
  readonly why: string;
}

/** What `write(parse(text))` makes of a text. */
export interface RoundTrip {
  readonly lossy: readonly LossyLine[];
  /** The first line, by number, that is written at another place than after the lines before it. */
  readonly reordered: number | undefined;
  /** Lines that are written and do not stand in the text. */
  readonly added: readonly string[];
}

/** Each line is given back once, in its section; an empty one carries nothing and is not missed. */
export function roundTrip(text: string, lines: readonly SdpLine[]): RoundTrip {
  const places = writtenPlaces(sdpTransform.write(sdpTransform.parse(text)));
  const lossy: SdpLine[] = [];
  let last = -1;
  let reordered: number | undefined;
  for (const line of lines) {
    if (line.raw === '') continue;
    const place = places.get(keyOf(line.section, line.raw))?.pop();
    if (place === undefined) lossy.push(line);
    else if (place < last) reordered ??= line.number;
    last = Math.max(last, place ?? last);
  }
  const reasons = reasonsFor(lines);
  const told = lossy.map((line) => ({ line: line.number, ...reasons(line) }));
  const changed = new Set(told.map(({ section, written }) => keyOf(section, written)));
  const added = [...places].flatMap(([key, left]) => (changed.has(key) ? [] : left.map(() => rawOf(key))));
  return { lossy: told.map(({ line, why }) => ({ line, why })), reordered, added };
}

const keyOf = (section: number, raw: string): string => `${section} ${raw}`;
const rawOf = (key: string): string => key.slice(key.indexOf(' ') + 1);

/** Where each written line stands, by section and text, the first at the end. */
function writtenPlaces(text: string): ReadonlyMap<string, number[]> {
  const places = new Map<string, number[]>();
  let section = -1;
  for (const [index, raw] of text.split('\r\n').entries()) {
    if (raw === '') continue;
    if (raw.startsWith('m=')) section += 1;
    const key = keyOf(section, raw);
    const known = places.get(key);
    if (known === undefined) places.set(key, [index]);
    else known.push(index);
  }
  for (const list of places.values()) list.reverse();
  return places;
}

interface Reason {
  readonly why: string;
  readonly section: number;
  readonly written: string;
}

function reasonsFor(lines: readonly SdpLine[]): (line: SdpLine) => Reason {
  const lastOf = new Map<string, SdpLine>();
  for (const line of lines) {
    const name = parseLineName(line);
    if (name !== undefined) lastOf.set(`${line.section} ${name}`, line);
  }
  return (line) => {
    const own = parseLine(line);
    if (own === undefined) return { why: skipped(line), section: line.section, written: '' };
    const later = lastOf.get(`${line.section} ${own.name}`);
    const why = own.written === line.raw ? repeated(own, line, later) : changed(line, own);
    return { why, section: line.section, written: own.written };
  };
}

const repeated = ({ name }: ParsedLine, line: SdpLine, later: SdpLine | undefined): string =>
  later === undefined || later === line
    ? 'An equal line stands before it: it is written once.'
    : `Line ${later.number} overwrites it: the tree holds one ${name}.`;

const parseLineName = (line: SdpLine): string | undefined =>
  line.type === '' || line.type === 'm' ? undefined : parseLine(line)?.name;

const skipped = ({ type }: SdpLine): string =>
  type === ''
    ? 'It has not the form of a line, and is dropped.'
    : `The grammar has no line ${type}=, and it is dropped.`;

function changed({ raw }: SdpLine, { name, written }: ParsedLine): string {
  if (raw.startsWith(written))
    return `It is read as ${name}, and “${raw.slice(written.length)}” at its end is lost.`;
  if (written.startsWith(raw))
    return `It is read as ${name}, and “${written.slice(raw.length)}” is added at its end.`;
  return `It is read as ${name}, and written back as “${written}”.`;
}
