/** A description as libwebrtc's parser takes it: other than the RFC, it reads some lines differently, and some not at all. */
import { DIRECTIONS, describe, type Description, type MediaSection } from '../structure.ts';
import type { SdpLine } from '../lines.ts';
import type { Remote } from './refusal.ts';

const ATTRIBUTE = /^a=([^: ]*)(:*)/;

/** A name ends at a colon or a space, and several colons are one. */
function readLine(line: SdpLine): SdpLine {
  if (line.type !== 'a') return line;
  const [all = 'a=', name = '', colons = ''] = ATTRIBUTE.exec(line.raw) ?? [];
  return colons === ''
    ? { ...line, name, value: '', valueStart: line.raw.length }
    : { ...line, name, value: line.raw.slice(all.length), valueStart: all.length };
}

/** A line is a lower-case letter, `=` and at least one character, which only in `s=` is a space. */
export const isLine = (raw: string): boolean => /^(?:[a-z]=[^ ]|s=.)/.test(raw);

/** Whether a transport protocol carries RTP. The letters count as they are written. */
export const isRtpProtocol = (protocol: string): boolean => /(?:^|[^A-Za-z])RTP\//.test(protocol);

export const isSctpProtocol = (protocol: string): boolean => /^(?:(?:UDP|TCP)\/)?DTLS\/SCTP$/.test(protocol);

/** A later `m=` line without the right form ends the description, without an error. */
function readable(lines: readonly SdpLine[]): readonly SdpLine[] {
  const end = lines.findIndex((line) => line.section > 0 && line.type === 'm' && !isLine(line.raw));
  return end < 0 ? lines : lines.slice(0, end);
}

/** A direction in the session part is not read, of several mids the last counts, and what is no audio, video or data is off. */
function readSection(media: MediaSection): MediaSection {
  const [kind = '', port = '', protocol = ''] = media.mLine.value.split(' ');
  const known = kind === 'audio' || kind === 'video' || (kind === 'application' && isSctpProtocol(protocol));
  return {
    ...media,
    kind,
    protocol,
    rtp: isRtpProtocol(protocol),
    sctp: kind === 'application' && isSctpProtocol(protocol),
    mid: media.attributes.get('mid')?.at(-1)?.value,
    direction: lastDirection(media),
    rejected: !known || (port === '0' && !media.bundleOnly),
    codecs: kind === 'audio' ? media.codecs : media.codecs.filter((codec) => codec.line !== undefined),
  };
}

function lastDirection(media: MediaSection): MediaSection['direction'] {
  const last = media.lines.findLast((line) => DIRECTIONS.some((name) => name === line.name));
  return DIRECTIONS.find((name) => name === last?.name) ?? 'sendrecv';
}

function read(description: Description): Description {
  const found = describe(readable(description.lines.map(readLine)));
  return {
    ...found,
    media: found.media.map(readSection),
    groups: found.groups.map((group) => {
      const [semantics = '', ...ids] = group.line.value.split(' ');
      return { ...group, semantics, ids: [...new Set(ids)] };
    }),
  };
}

/** Mids that are missing come from what is negotiated already, else they are numbered, without a look at the others. */
function withMids(description: Description, known: readonly Description[]): Description {
  const taken = new Set(known.flatMap(({ media }) => media.map(({ mid }) => mid)));
  let count = 0;
  const next = (): string => {
    while (taken.has(String(count))) count += 1;
    return String(count++);
  };
  return {
    ...description,
    media: description.media.map((media) => {
      if ((media.mid ?? '') !== '') return media;
      const earlier = known.find(({ media: others }) => others[media.index] !== undefined);
      return { ...media, mid: earlier?.media[media.index]?.mid ?? next() };
    }),
  };
}

/** Everything that is judged, as Chromium reads it. */
export function readAsChromium({ description, offer, inForce, ...rest }: Remote): Remote {
  const offered = offer === undefined ? undefined : withMids(read(offer), []);
  const mine = inForce === undefined ? undefined : withMids(read(inForce.mine), []);
  const theirs = inForce === undefined ? undefined : withMids(read(inForce.theirs), []);
  const known = [offered, mine, theirs].filter((one) => one !== undefined);
  return {
    ...rest,
    description: withMids(read(description), known),
    ...(offered === undefined ? {} : { offer: offered }),
    ...(mine === undefined || theirs === undefined ? {} : { inForce: { mine, theirs } }),
  };
}
