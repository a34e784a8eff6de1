/** What Firefox's parser refuses: an OperationError with "Failed to parse SDP", or with what is wrong. */
import { hashLengths } from '../attributes/dtls.ts';
import { isDigits } from '../grammar.ts';
import type { SdpLine } from '../lines.ts';
import type { Description, MediaSection, Section } from '../structure.ts';
import { isRtp, parseExtmap, parseRid, parseSimulcast } from '../values.ts';
import { beginsWithNumber, wordsOf } from './firefox-reading.ts';
import { firstOf, isAudioOrVideo, refuse, syntaxError, type Refusal, type Rule } from './refusal.ts';

const ascii: Rule = ({ text }) =>
  /^[\x00-\x7f]*$/.test(text)
    ? undefined
    : refuse('InvalidParameterError', 'there are characters outside ASCII');

const lineBreaks: Rule = ({ text, description }) =>
  !text.includes('\n') || text.includes('\0')
    ? syntaxError('a line has no end', description.lines[0])
    : undefined;

const emptyAttribute: Rule = ({ description }) => {
  const bad = description.lines.find((line) => line.type === 'a' && line.name === '');
  return bad === undefined ? undefined : syntaxError('the attribute has no name', bad);
};

const ofType = ({ lines }: Section, type: string): SdpLine | undefined =>
  lines.find((line) => line.type === type);

const version: Rule = ({ description }) => {
  const [first] = description.lines;
  const good = first?.type === 'v' && /^\+?0+(?![0-9])/.test(first.value.trim());
  return good ? undefined : syntaxError('the first line is not v=0', first);
};

const origin: Rule = ({ description }) => {
  const all = description.session.lines.filter(({ type }) => type === 'o');
  if (all.length === 0) return syntaxError('o= is missing', description.lines.at(-1));
  return firstOf(all, (line) => {
    const [, session = '', count = '', net = '', type = '', address] = wordsOf(line.value);
    const numbers = [session, count].every((word) => isDigits(word) && BigInt(word.slice(0, 40)) < 2n ** 63n);
    const good = numbers && /^IN$/i.test(net) && /^IP[46]$/i.test(type) && address !== undefined;
    return good ? undefined : syntaxError('o= is malformed', line);
  });
};

const timing: Rule = ({ description }) => {
  const all = description.session.lines.filter(({ type }) => type === 't');
  if (all.length === 0) return syntaxError('t= is missing', description.lines.at(-1));
  return firstOf(all, (line) => {
    const [start, stop] = wordsOf(line.value);
    return beginsWithNumber(start) && beginsWithNumber(stop)
      ? undefined
      : syntaxError('t= is malformed', line);
  });
};

/** Why the reading of a c= line ends the description; a type that is not known only makes the line count for nothing. */
function connectionLine(line: SdpLine): Refusal | undefined {
  const [, type = '', target = ''] = wordsOf(line.value);
  if (target === '') return syntaxError('c= is malformed', line);
  const first = /^[ ]*([0-9]{1,3})/.exec(target.slice(0, 3))?.[1];
  if (/^IP4$/i.test(type) && (first === undefined || Number(first) > 255))
    return syntaxError(
      /^[A-Za-z]/.test(target) ? 'c= names a host, and only an address is taken' : 'c= is malformed',
      line,
    );
  const [, ttl] = target.split('/');
  return ttl !== undefined && !beginsWithNumber(ttl) ? syntaxError('c= is malformed', line) : undefined;
}

const isConnection = (line: SdpLine): boolean => {
  const [net = '', type = ''] = wordsOf(line.value);
  return /^IN$/i.test(net) && /^IP[46]$/i.test(type);
};

const connection: Rule = ({ description }) => {
  const parts = [description.session, ...description.media];
  const bad = firstOf(parts, ({ lines }) => {
    const [first, second] = lines.filter(({ type }) => type === 'c');
    if (first !== undefined && second !== undefined && isConnection(first))
      return syntaxError('c= stands twice', second);
    return firstOf(
      lines.filter(({ type }) => type === 'c'),
      connectionLine,
    );
  });
  if (bad !== undefined) return bad;
  const counts = (part: Section): boolean =>
    part.lines.some((line) => line.type === 'c' && isConnection(line));
  if (counts(description.session)) return undefined;
  const without = description.media.find((media) => !counts(media));
  if (without === undefined) return undefined;
  const line = ofType(without, 'c');
  return syntaxError(line === undefined ? 'c= is missing' : 'c= is malformed', line ?? without.mLine);
};

const bandwidth: Rule = ({ description }) =>
  firstOf(
    description.lines.filter(({ type }) => type === 'b'),
    (line) => {
      const [type = '', amount] = line.value.split(':');
      if (type === '') return syntaxError('b= has no type', line);
      const counts = amount !== undefined && /^(?:AS|CT|TIAS)$/i.test(type);
      return counts && !beginsWithNumber(amount.trim()) ? syntaxError('b= has no number', line) : undefined;
    },
  );

const PROTOCOLS =
  /^(?:RTP\/(?:S?AVP|SAVPF)|(?:UDP\/TLS|TCP\/DTLS)\/RTP\/SAVPF?|(?:(?:UDP|TCP)\/)?DTLS\/SCTP)$/;

const mediaLine: Rule = ({ description }) =>
  firstOf(description.media, (media) => {
    const [, port] = wordsOf(media.mLine.value);
    if (!beginsWithNumber(port)) return syntaxError('the port is not a number', media.mLine);
    if (!PROTOCOLS.test(media.protocol)) return syntaxError('the protocol is not supported', media.mLine);
    const format = media.protocol.endsWith('DTLS/SCTP') ? sctpFormat(media) : undefined;
    if (format !== undefined) return format;
    return ['audio', 'video', 'application', 'image'].includes(media.kind)
      ? undefined
      : syntaxError('this kind of media is not supported', media.mLine);
  });

function sctpFormat(media: MediaSection): Refusal | undefined {
  const [format = ''] = media.formats;
  const old = media.protocol === 'DTLS/SCTP';
  return (old ? beginsWithNumber(format) : format.toLowerCase() === 'webrtc-datachannel')
    ? undefined
    : syntaxError('the format does not go with the protocol', media.mLine);
}

const fingerprints: Rule = ({ description }) =>
  firstOf(
    description.lines.filter((line) => line.type === 'a' && line.name === 'fingerprint'),
    (line) => {
      const digest = /^[^ \t]+[ \t]+([^ \t].*)$/.exec(line.value)?.[1] ?? '';
      return /^[0-9A-F]{2}(?::[0-9A-F]{2})*$/.test(digest)
        ? undefined
        : syntaxError('the fingerprint is malformed', line);
    },
  );

/** Fingerprints with a hash function that is not known are left out. */
export const knownFingerprint = (line: SdpLine): boolean =>
  hashLengths.has((wordsOf(line.value)[0] ?? '').toLowerCase());

const LIMIT = /[ ;](?:pt=(?![0-9])|max-(?:width|height|fps|fs|br|pps)=(?![0-9]+(?:;|$)))/;

const encodings: Rule = ({ description }) =>
  firstOf(description.media, (media) => simulcastLine(media) ?? ridLines(media));

function ridLines(media: MediaSection): Refusal | undefined {
  return firstOf(media.attributes.get('rid') ?? [], (line) => {
    const { id = '', direction = '' } = parseRid(line.value) ?? {};
    if (!/^(?:send|recv)$/.test(direction)) return syntaxError('a rid is sent or received', line);
    if (!/^[A-Za-z0-9]+$/.test(id)) return syntaxError('a rid has letters and digits only', line);
    return LIMIT.test(line.value) ? syntaxError('a limit of a rid is not a number', line) : undefined;
  });
}

/** The first line counts. */
function simulcastLine(media: MediaSection): Refusal | undefined {
  const line = media.attributes.get('simulcast')?.[0];
  if (line === undefined || line.value.trim() === '') return undefined;
  const known = new Set(
    (media.attributes.get('rid') ?? []).flatMap((one) => {
      const rid = parseRid(one.value);
      return rid === undefined ? [] : [`${rid.id} ${rid.direction}`.toLowerCase()];
    }),
  );
  const words = wordsOf(line.value);
  if (words.length % 2 === 1) return syntaxError('the simulcast line is malformed', line);
  const seen = new Set<string>();
  return firstOf(parseSimulcast(words.join(' ')), ({ direction, streams }) => {
    if (direction !== 'send' && direction !== 'recv')
      return syntaxError('simulcast is sent or received', line);
    if (seen.has(direction)) return syntaxError(`the simulcast line has two lists of "${direction}"`, line);
    seen.add(direction);
    const missing = streams
      .flat()
      .find((id) => !known.has(`${id.replace(/^~/, '')} ${direction}`.toLowerCase()));
    return missing === undefined ? undefined : syntaxError(`no rid line for "${missing}"`, line);
  });
}

const imageSizes: Rule = ({ description }) => {
  const bad = description.media
    .flatMap((media) => media.attributes.get('imageattr') ?? [])
    .find((line) => /\[x=[^,[\]]*\](?:\s|$)/.test(line.value));
  return bad === undefined ? undefined : syntaxError('a size has x and y', bad);
};

/** The parser keeps 16 bits, and takes the upper byte of a number that is larger than 255. */
function payloadOf(format: string): number {
  const number = parseInt(format, 10) & 0xffff;
  return number > 255 ? number >> 8 : number;
}

/** RFC 3551 section 6: 1, 2, 19 are reserved; 64 to 95 would be taken for RTCP (RFC 5761 section 4). */
const usable = (payload: number): boolean =>
  payload < 128 && ![1, 2, 19].includes(payload) && !(payload >= 64 && payload <= 95);

const alive = ({ media }: Description): readonly MediaSection[] => media.filter(({ rejected }) => !rejected);

const MOST_MID = 16;

const sections: Rule = ({ description }) =>
  firstOf(alive(description), (media) => {
    if ((media.mid ?? '').length > MOST_MID)
      return syntaxError(`the mid is longer than ${MOST_MID} characters`, media.attributes.get('mid')?.[0]);
    return (
      extensions([
        ...(media.attributes.get('extmap') ?? description.session.attributes.get('extmap') ?? []),
      ]) ?? payloadTypes(media)
    );
  });

function payloadTypes(media: MediaSection): Refusal | undefined {
  if (!isAudioOrVideo(media) || !isRtp(media.protocol)) return undefined;
  return media.formats.some((format) => beginsWithNumber(format) && !usable(payloadOf(format)))
    ? syntaxError('a payload type is reserved or larger than 127', media.mLine)
    : undefined;
}

function extensions(lines: readonly SdpLine[]): Refusal | undefined {
  const seen = new Set<number>();
  return firstOf(lines, (line) => {
    const entry = parseExtmap(line.value);
    if (entry === undefined || !beginsWithNumber(entry.id)) return undefined;
    const id = parseInt(entry.id, 10);
    if (id < 1 || id > 14) return syntaxError('the number of an extension is from 1 to 14', line);
    if (seen.has(id)) return syntaxError(`the number ${id} is used twice`, line);
    seen.add(id);
    return undefined;
  });
}

export const firefoxSyntax: readonly Rule[] = [
  ascii,
  lineBreaks,
  emptyAttribute,
  version,
  origin,
  timing,
  connection,
  bandwidth,
  mediaLine,
  fingerprints,
  imageSizes,
  encodings,
  sections,
];
