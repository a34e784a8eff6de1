/**
 * The difference between two descriptions, by meaning: what was added, removed and changed in the session and in each
 * media section, whatever the order of lines that have none. A change that browsers refuse to take from an application
 * (munging) says so, and names what replaces it.
 */
import {
  readDescription,
  type Codec,
  type Description,
  type MediaSection,
  type Section,
} from './structure.ts';
import { parseExtmap, splitFirst } from './values.ts';

export interface Change {
  /** The mid of the section, or its index when it has none; null for the session. */
  readonly section: string | null;
  readonly kind: 'added' | 'removed' | 'changed' | 'moved';
  /** For example `direction`, `codec opus/48000/2`, `a=ice-ufrag`. */
  readonly what: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Line numbers in the first and the second description. */
  readonly lines: { readonly before: number | null; readonly after: number | null };
  readonly meaning: string;
  /** What browsers say to this change when an application makes it between createOffer and setLocalDescription. */
  readonly munging?: string;
}

/** Changes in the order of the sections; none when both say the same. */
export function diff(before: string, after: string): readonly Change[] {
  const a = readDescription(before);
  const b = readDescription(after);
  return [...diffSection(a.session, b.session, null), ...pairSections(a, b).flatMap(diffMedia)];
}

interface Pair {
  readonly a: MediaSection | undefined;
  readonly b: MediaSection | undefined;
}

/** Sections belong together by mid, else by their place. */
function pairSections(a: Description, b: Description): readonly Pair[] {
  const used = new Set<MediaSection>();
  const byMid = new Map(b.media.toReversed().map((media) => [media.mid, media]));
  const pairs: Pair[] = a.media.map((media) => {
    const sameMid = media.mid === undefined ? undefined : byMid.get(media.mid);
    const samePlace = b.media[media.index];
    const partner =
      sameMid ?? (samePlace?.mid === undefined || media.mid === undefined ? samePlace : undefined);
    if (partner === undefined || used.has(partner)) return { a: media, b: undefined };
    used.add(partner);
    return { a: media, b: partner };
  });
  return [
    ...pairs,
    ...b.media.filter((media) => !used.has(media)).map((media) => ({ a: undefined, b: media })),
  ];
}

const nameOf = (media: MediaSection): string => media.mid ?? `#${media.index}`;

function diffMedia({ a, b }: Pair): readonly Change[] {
  if (a === undefined || b === undefined) return [wholeSection(a, b)];
  const section = nameOf(b);
  return [
    ...diffMediaLine(a, b, section),
    ...diffCodecs(a, b, section),
    ...diffExtensions(a, b, section),
    ...diffSection(a, b, section),
  ];
}

function wholeSection(a: MediaSection | undefined, b: MediaSection | undefined): Change {
  const media = (a ?? b)!;
  return change({
    section: nameOf(media),
    what: 'media section',
    before: a?.mLine.raw ?? null,
    after: b?.mLine.raw ?? null,
    lines: [a?.mLine.number, b?.mLine.number],
    meaning:
      a === undefined
        ? `A section for ${media.kind} was added.`
        : `The section for ${media.kind} is gone; a section is never taken out, only rejected with port 0.`,
    munging:
      'Browsers refuse another number of sections; addTransceiver() adds one, transceiver.stop() ends one.',
  });
}

interface Entry {
  readonly section: string | null;
  readonly what: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly lines: readonly [number | undefined, number | undefined];
  readonly meaning: string;
  readonly munging?: string | undefined;
  readonly moved?: boolean;
}

function change({ section, what, before, after, lines, meaning, munging, moved }: Entry): Change {
  const kind = moved === true ? 'moved' : before === null ? 'added' : after === null ? 'removed' : 'changed';
  return {
    section,
    kind,
    what,
    before,
    after,
    lines: { before: lines[0] ?? null, after: lines[1] ?? null },
    meaning,
    ...(munging === undefined ? {} : { munging }),
  };
}

function diffMediaLine(a: MediaSection, b: MediaSection, section: string): readonly Change[] {
  const lines = [a.mLine.number, b.mLine.number] as const;
  const fact = (what: string, before: string, after: string, more: { meaning: string; munging?: string }) =>
    before === after ? [] : [change({ section, what, before, after, lines, ...more })];
  return [
    ...fact('kind', a.kind, b.kind, { meaning: 'Another kind of media stands in this place.' }),
    ...fact('port', String(a.port), String(b.port), { meaning: portMeaning(a, b) }),
    ...fact('protocol', a.protocol, b.protocol, {
      meaning: 'Another transport protocol.',
      munging: 'Browsers accept only their own protocols.',
    }),
    ...fact('direction', a.direction, b.direction, {
      meaning: `The media now goes ${b.direction}.`,
      munging: 'Set transceiver.direction instead.',
    }),
  ];
}

function portMeaning(a: MediaSection, b: MediaSection): string {
  if (b.rejected) return 'The section was rejected or stopped.';
  return a.rejected ? 'The section is used again.' : 'Another default port; ICE candidates matter more.';
}

const codecName = (codec: Codec): string =>
  `${codec.name}/${codec.clockRate}${codec.channels > 1 ? `/${codec.channels}` : ''}`;

function diffCodecs(a: MediaSection, b: MediaSection, section: string): readonly Change[] {
  const after = new Map(b.codecs.map((codec) => [codec.payload, codec]));
  const before = new Map(a.codecs.map((codec) => [codec.payload, codec]));
  const gone = a.codecs.filter((codec) => !sameCodec(codec, after.get(codec.payload)));
  const fresh = b.codecs.filter((codec) => !sameCodec(codec, before.get(codec.payload)));
  return [
    ...gone.map((codec) => codecChange({ section, before: codec, after: undefined })),
    ...fresh.map((codec) => codecChange({ section, before: undefined, after: codec })),
    ...diffOrder(a, b, section),
  ];
}

const sameCodec = (a: Codec, b: Codec | undefined): boolean =>
  b !== undefined && codecName(a).toLowerCase() === codecName(b).toLowerCase();

function codecChange({
  section,
  before,
  after,
}: {
  section: string;
  before: Codec | undefined;
  after: Codec | undefined;
}): Change {
  const codec = (before ?? after)!;
  return change({
    section,
    what: `codec ${codecName(codec)}`,
    before: before === undefined ? null : `payload type ${before.payload}`,
    after: after === undefined ? null : `payload type ${after.payload}`,
    lines: [before?.line?.number, after?.line?.number],
    meaning:
      after === undefined
        ? `${codecName(codec)} is not offered any more.`
        : `${codecName(codec)} can be used now.`,
    munging: 'Use transceiver.setCodecPreferences().',
  });
}

function diffOrder(a: MediaSection, b: MediaSection, section: string): readonly Change[] {
  const ofAfter = new Set(b.formats);
  const common = new Set(a.formats.filter((format) => ofAfter.has(format)));
  const before = a.formats.filter((format) => common.has(format)).join(' ');
  const after = b.formats.filter((format) => common.has(format)).join(' ');
  if (before === after) return [];
  return [
    change({
      section,
      what: 'order of preference',
      before,
      after,
      lines: [a.mLine.number, b.mLine.number],
      meaning: 'Other codecs are preferred.',
      munging: 'Use transceiver.setCodecPreferences().',
      moved: true,
    }),
  ];
}

function diffExtensions(a: MediaSection, b: MediaSection, section: string): readonly Change[] {
  const before = extensions(a);
  const after = extensions(b);
  const uris = [...new Set([...before.keys(), ...after.keys()])];
  return uris.flatMap((uri) => {
    const [x, y] = [before.get(uri), after.get(uri)];
    if (x?.id === y?.id) return [];
    const meaning =
      x === undefined
        ? 'A header extension was added.'
        : y === undefined
          ? 'A header extension is gone.'
          : 'The header extension has another number.';
    return [
      change({
        section,
        what: `header extension ${uri}`,
        before: x?.id ?? null,
        after: y?.id ?? null,
        lines: [x?.line, y?.line],
        meaning,
        munging: 'Use transceiver.setHeaderExtensionsToNegotiate() where there is one.',
      }),
    ];
  });
}

function extensions(
  media: MediaSection,
): ReadonlyMap<string, { readonly id: string; readonly line: number }> {
  const found = new Map<string, { id: string; line: number }>();
  for (const line of media.attributes.get('extmap') ?? []) {
    const entry = parseExtmap(line.value);
    if (entry !== undefined) found.set(entry.uri, { id: entry.id, line: line.number });
  }
  return found;
}

/** What the comparison of structure has said already, or what differs in every description. */
const STRUCTURE = new Set(['rtpmap', 'extmap', 'sendrecv', 'sendonly', 'recvonly', 'inactive']);

interface Fact {
  readonly value: string;
  readonly line: number;
}

/** The other lines, each under what it is about: `a=fmtp:111`, `a=ssrc:1 cname`, `c=`. */
function facts(part: Section): ReadonlyMap<string, Fact> {
  const found = new Map<string, Fact>();
  const copies = new Map<string, number>();
  for (const line of part.lines) {
    if (line.type === '' || line.type === 'm' || (line.type === 'a' && STRUCTURE.has(line.name))) continue;
    const [key, value] =
      line.type === 'a' ? attributeKey(line.name, line.value) : [`${line.type}=`, line.value];
    const copy = (copies.get(key) ?? 0) + 1;
    copies.set(key, copy);
    found.set(copy === 1 ? key : `${key} (${copy})`, { value, line: line.number });
  }
  return found;
}

/** Lines that may come often are told apart by what they are about; their whole value counts when nothing else does. */
function attributeKey(name: string, value: string): readonly [string, string] {
  const [first, rest] = splitFirst(value);
  if (name === 'fmtp') return [`a=fmtp:${first}`, rest];
  if (name === 'rid') return [`a=rid:${first}`, rest];
  if (name === 'ssrc') return [`a=ssrc:${first} ${splitFirst(rest, ':')[0]}`, splitFirst(rest, ':')[1]];
  if (name === 'rtcp-fb' || name === 'candidate' || name === 'ssrc-group' || name === 'crypto')
    return [`a=${name}:${value}`, value];
  return [`a=${name}`, value.trim()];
}

function diffSection(a: Section, b: Section, section: string | null): readonly Change[] {
  const before = facts(a);
  const after = facts(b);
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names.flatMap((what) => {
    const [x, y] = [before.get(what), after.get(what)];
    if (x?.value === y?.value) return [];
    const known = KNOWN.find(([pattern]) => pattern.test(what));
    return [
      change({
        section,
        what,
        before: x?.value ?? null,
        after: y?.value ?? null,
        lines: [x?.line, y?.line],
        meaning: known?.[1] ?? 'This line differs.',
        munging: known?.[2],
      }),
    ];
  });
}

/** What a difference means, and what replaces doing it by hand: RFC 9429 section 5.4 forbids changes to a local description. */
const KNOWN: readonly (readonly [RegExp, string, string?])[] = [
  [/^o=/, 'Another session, or a newer version of it.', 'Browsers write the origin themselves.'],
  [/^c=/, 'Another default address; ICE candidates matter more.'],
  [/^b=/, 'Another limit for the bandwidth.', 'Use RTCRtpSender.setParameters() with maxBitrate.'],
  [
    /^a=ice-(?:ufrag|pwd)$/,
    'New ICE credentials: ICE restarts.',
    'Browsers refuse changed credentials in a local description; use restartIce().',
  ],
  [
    /^a=fingerprint/,
    'Another certificate: a new DTLS association.',
    'Browsers refuse another fingerprint; pass certificates to RTCPeerConnection.',
  ],
  [
    /^a=setup/,
    'Another DTLS role.',
    'Browsers choose the role; it can be changed in a remote description only.',
  ],
  [/^a=candidate/, 'A candidate was added or removed.', 'Use icecandidate events and iceTransportPolicy.'],
  [/^a=end-of-candidates/, 'Whether more candidates may follow.'],
  [/^a=group/, 'Other sections share a transport.', 'Use bundlePolicy.'],
  [/^a=mid/, 'Another name of the section.', 'Browsers refuse a changed mid.'],
  [
    /^a=fmtp/,
    'Other settings of the codec.',
    'Browsers take few of them from a changed local description; use setCodecPreferences() and setParameters().',
  ],
  [/^a=rtcp-fb/, 'Another kind of feedback.', 'Use setCodecPreferences().'],
  [
    /^a=ssrc/,
    'Another RTP source.',
    'Browsers refuse or ignore changed sources; for simulcast use addTransceiver() with sendEncodings.',
  ],
  [/^a=msid/, 'Another MediaStream or track.', 'Use sender.setStreams().'],
  [/^a=(?:rid|simulcast)/, 'Other simulcast encodings.', 'Use addTransceiver() with sendEncodings.'],
  [/^a=rtcp-mux/, 'RTCP has or has not its own port.', 'Use rtcpMuxPolicy.'],
  [/^a=max-message-size/, 'Another largest message.'],
];
