/**
 * What a description says, as plain data on top of its lines. Every fact keeps the line it comes from.
 * Values are decoded from the lines themselves: a general decoder would lose duplicates, big numbers and spelling.
 */
import { finish } from '../base/finish.ts';
import { pushTo } from '../base/push-to.ts';
import { integerIn, isDigits } from './grammar.ts';
import { readLines, type SdpLine } from './lines.ts';
import type { LineContext } from './reader.ts';
import { staticPayloadTypes } from './attributes/payload-types.ts';
import { isRtp, isSctp, parseGroup, splitFirst } from './values.ts';

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
export type DescriptionType = 'offer' | 'answer' | 'pranswer' | 'rollback';

export interface Codec {
  readonly payload: string;
  /** As written: `VP8`, `opus`. */
  readonly name: string;
  readonly clockRate: number;
  readonly channels: number;
  /** The text of the fmtp line after the payload type, or ''; see `parseParameters`. */
  readonly fmtp: string;
  /** The rtpmap line; undefined for a static payload type without one. */
  readonly line: SdpLine | undefined;
}

/** The session part (index -1) or a media section. */
export interface Section {
  readonly index: number;
  readonly lines: readonly SdpLine[];
  /** Attribute lines by name. */
  readonly attributes: ReadonlyMap<string, readonly SdpLine[]>;
}

export interface MediaSection extends Section {
  readonly mLine: SdpLine;
  /** `audio`, `video`, `application`, … */
  readonly kind: string;
  /** Undefined when it is not a port number. */
  readonly port: number | undefined;
  readonly protocol: string;
  readonly formats: readonly string[];
  readonly mid: string | undefined;
  readonly direction: Direction;
  readonly rtp: boolean;
  readonly sctp: boolean;
  readonly bundleOnly: boolean;
  /** Port 0 and not bundle-only. */
  readonly rejected: boolean;
  readonly codecs: readonly Codec[];
}

export interface Group {
  readonly line: SdpLine;
  readonly semantics: string;
  readonly ids: readonly string[];
}

export interface Description {
  readonly lines: readonly SdpLine[];
  readonly session: Section;
  readonly media: readonly MediaSection[];
  readonly groups: readonly Group[];
}

export const DIRECTIONS: readonly Direction[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];

/** Reads the structure of a description. Never fails; what is malformed is missing from the facts. */
export const readDescription = (text: string): Description => describe(readLines(text));

export const describe = (lines: readonly SdpLine[]): Description => finish(describeInSlices(lines));

/** The same section by section: `media` grows. */
export function* describeInSlices(lines: readonly SdpLine[]): Generator<Description, Description, void> {
  const parts = splitSections(lines);
  const session = section(-1, parts[0] ?? []);
  const groups = (session.attributes.get('group') ?? []).map((line) => ({ line, ...parseGroup(line.value) }));
  const media: MediaSection[] = [];
  const description = { lines, session, media, groups };
  const direction = directionOf(session) ?? 'sendrecv';
  for (const part of parts.slice(1)) {
    yield description;
    media.push(mediaSection(section(media.length, part), direction));
  }
  return description;
}

function splitSections(lines: readonly SdpLine[]): readonly (readonly SdpLine[])[] {
  const parts: SdpLine[][] = [[]];
  for (const line of lines) {
    if (line.type === 'm') parts.push([]);
    parts.at(-1)!.push(line);
  }
  return parts;
}

/** What has none shares one: a text may be nothing but sections. */
const NO_ATTRIBUTES: Section['attributes'] = new Map();

function section(index: number, lines: readonly SdpLine[]): Section {
  if (!lines.some(({ type }) => type === 'a')) return { index, lines, attributes: NO_ATTRIBUTES };
  const attributes = new Map<string, SdpLine[]>();
  for (const line of lines) {
    if (line.type !== 'a') continue;
    pushTo(attributes, line.name, line);
  }
  return { index, lines, attributes };
}

/** `inherited`: the direction of a section that says none (RFC 8866, section 6.7). */
function mediaSection(base: Section, inherited: Direction): MediaSection {
  const mLine = base.lines[0]!;
  const [kind = '', port = '', protocol = '', ...formats] = mLine.value
    .split(' ')
    .filter((word) => word !== '');
  const number = integerIn(port.split('/', 1)[0]!, 0, 65535);
  const bundleOnly = base.attributes.has('bundle-only');
  return {
    index: base.index,
    lines: base.lines,
    attributes: base.attributes,
    mLine,
    kind,
    port: number,
    protocol,
    formats,
    mid: firstValue(base, 'mid'),
    direction: directionOf(base) ?? inherited,
    rtp: isRtp(protocol),
    sctp: isSctp(protocol),
    bundleOnly,
    rejected: number === 0 && !bundleOnly,
    codecs: isRtp(protocol) ? readCodecs(base, formats) : [],
  };
}

/** Of several the last one, as libwebrtc takes them. RFC 8866, section 6.7 allows one at most. */
function directionOf({ attributes }: Section): Direction | undefined {
  if (attributes.size === 0) return undefined;
  const lastLine = (name: Direction): number => attributes.get(name)?.at(-1)?.number ?? -1;
  const last = DIRECTIONS.reduce((one, other) => (lastLine(other) > lastLine(one) ? other : one));
  return attributes.has(last) ? last : undefined;
}

/** The sections of some mids, in their order in the description. */
export function sectionsOf(description: Description, mids: readonly string[]): readonly MediaSection[] {
  const byMid = sectionsByMid(description);
  return [...new Set(mids)].flatMap((mid) => byMid.get(mid) ?? []).sort((a, b) => a.index - b.index);
}

const known = new WeakMap<readonly MediaSection[], ReadonlyMap<string, readonly MediaSection[]>>();

/** Several sections may claim one mid. Made once for a description. */
function sectionsByMid({ media }: Description): ReadonlyMap<string, readonly MediaSection[]> {
  const made = known.get(media);
  if (made !== undefined) return made;
  const byMid = new Map<string, MediaSection[]>();
  for (const section of media) {
    if (section.mid === undefined) continue;
    pushTo(byMid, section.mid, section);
  }
  known.set(media, byMid);
  return byMid;
}

/** The value of the first attribute of a name, without the spaces around it. */
export const firstValue = (part: Section, name: string): string | undefined =>
  part.attributes.get(name)?.[0]?.value.trim();

/** The value of an attribute of a media section, else that of the session. */
export const inherited = (media: Section, session: Section, name: string): string | undefined =>
  firstValue(media, name) ?? firstValue(session, name);

/** rtpmap says `opus/48000/2`. */
function readCodecs(part: Section, formats: readonly string[]): readonly Codec[] {
  const maps = new Map<string, { readonly line: SdpLine; readonly encoding: string }>();
  for (const line of part.attributes.get('rtpmap') ?? []) {
    const [payload, encoding] = splitFirst(line.value);
    maps.set(payload, { line, encoding });
  }
  const fmtps = new Map((part.attributes.get('fmtp') ?? []).map((line) => splitFirst(line.value)));
  const codecs: Codec[] = [];
  // One line may name a hundred thousand, and most of them nothing else does.
  for (const payload of formats) {
    const map = maps.size > 0 ? maps.get(payload) : undefined;
    const encoding = map?.encoding ?? (payload.length > 2 ? undefined : staticPayloadTypes.get(payload));
    if (encoding === undefined) continue;
    codecs.push(...readCodec({ payload, encoding, line: map?.line, fmtp: fmtps.get(payload) ?? '' }));
  }
  return codecs;
}

/** `opus/48000/2` */
function readCodec({
  encoding,
  ...rest
}: Pick<Codec, 'payload' | 'line' | 'fmtp'> & { encoding: string }): readonly Codec[] {
  const [name = '', rate = '', channels = '1'] = encoding.split('/');
  if (name === '' || !isDigits(rate)) return [];
  return [{ ...rest, name, clockRate: Number(rate), channels: integerIn(channels, 1, 255) ?? 1 }];
}

/** What the lines of a section are read against. */
export function contextOf(media: MediaSection, browser: boolean): LineContext {
  const codecs = new Map(
    media.codecs.map(({ payload, line, name, clockRate }) => [
      payload,
      line === undefined ? `${name}/${clockRate}` : splitFirst(line.value)[1],
    ]),
  );
  const settings = new Map(media.codecs.map(({ payload, fmtp }) => [payload, fmtp]));
  return { kind: media.kind, proto: media.protocol, codecs, settings, browser };
}

/** `offer` for actpass, `answer` for active or passive everywhere; undefined when the text does not tell. */
export function guessType(description: Description): DescriptionType | undefined {
  const roles = [description.session, ...description.media].flatMap(
    (part) => firstValue(part, 'setup') ?? [],
  );
  if (roles.includes('actpass')) return 'offer';
  return roles.some((role) => role === 'active' || role === 'passive') ? 'answer' : undefined;
}

const WEBRTC_ATTRIBUTES = ['fingerprint', 'ice-ufrag', 'ice-pwd', 'msid', 'rtcp-mux'];

/** Whether a description is meant for WebRTC: it uses ICE, DTLS or its profile, or has no media section at all. */
export const isForBrowsers = ({ session, media }: Description): boolean =>
  media.length === 0 ||
  media.some((section) => /(?:TLS\/|SAVPF|SCTP)/i.test(section.protocol)) ||
  [session, ...media].some((part) => WEBRTC_ATTRIBUTES.some((name) => part.attributes.has(name)));
