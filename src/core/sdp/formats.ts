/**
 * What makes two formats the same codec: its name, clock rate and channels, and those settings that make another format
 * (RFC 6184 section 8.2.2, RFC 7798, RFC 9628, "RTP Payload Format For AV1", RFC 4867, RFC 5577, RFC 4588).
 */
import { h264Profile } from './attributes/codecs/h264.ts';
import type { Codec, MediaSection } from './structure.ts';
import { parseParameters } from './values.ts';

export interface AgreedCodec {
  readonly name: string;
  readonly clockRate: number;
  readonly offererPayload: number;
  readonly answererPayload: number;
}

/** A setting that makes another format. */
interface Setting {
  readonly key: string;
  /** The value that holds where it is not written. */
  readonly missing: string;
  /** The part of the value that counts; all of it when not given. */
  readonly counts?: (value: string) => string;
}

const upper = (value: string): string => value.toUpperCase();

/** How packets are built: RFC 4867 section 8.3.1. */
const AMR: readonly Setting[] = ['octet-align', 'crc', 'robust-sorting', 'interleaving'].map((key) => ({
  key,
  missing: '0',
}));

/** A level is no such setting: it says what a side can receive. */
const SETTINGS: ReadonlyMap<string, readonly Setting[]> = new Map([
  [
    'h264',
    [
      { key: 'packetization-mode', missing: '0' },
      { key: 'profile-level-id', missing: '42000a', counts: h264Profile },
    ],
  ],
  ['vp9', [{ key: 'profile-id', missing: '0' }]],
  ['av1', [{ key: 'profile', missing: '0' }]],
  [
    'h265',
    [
      { key: 'profile-space', missing: '0' },
      { key: 'profile-id', missing: '1' },
      { key: 'tier-flag', missing: '0' },
      { key: 'tx-mode', missing: 'SRST', counts: upper },
    ],
  ],
  ['amr', AMR],
  ['amr-wb', AMR],
  ['g7221', [{ key: 'bitrate', missing: '' }]],
]);

type Parameters = ReadonlyMap<string, string>;

const counted = ({ key, missing, counts }: Setting, parameters: Parameters): string => {
  const value = parameters.get(key) ?? missing;
  return counts === undefined ? value : counts(value);
};

/** A codec of each side. */
export interface CodecPair {
  readonly offered: Codec;
  readonly answered: Codec;
}

/** In the answer's order of preference. Of several offered codecs that fit, the one with the same payload type counts. */
export function commonPairs(offered: MediaSection, answered: MediaSection): readonly CodecPair[] {
  const first = new Map<string, Codec>();
  const samePayload = new Map<string, Codec>();
  for (const [codec, format] of formatsOf(offered)) {
    first.set(format, first.get(format) ?? codec);
    samePayload.set(`${codec.payload} ${format}`, codec);
  }
  return [...formatsOf(answered)].flatMap(([codec, format]) => {
    const partner = samePayload.get(`${codec.payload} ${format}`) ?? first.get(format);
    return partner === undefined ? [] : [{ offered: partner, answered: codec }];
  });
}

export const commonCodecs = (offered: MediaSection, answered: MediaSection): readonly AgreedCodec[] =>
  commonPairs(offered, answered).map((pair) => ({
    name: pair.answered.name,
    clockRate: pair.answered.clockRate,
    offererPayload: Number(pair.offered.payload),
    answererPayload: Number(pair.answered.payload),
  }));

/** The codecs of a section that can be told from others, each with what makes it equal to another. */
export function formatsOf({
  codecs,
}: Pick<MediaSection, 'codecs'>): readonly (readonly [codec: Codec, format: string])[] {
  const byPayload = new Map(codecs.map((codec) => [codec.payload, codec]));
  const formats = new Map([...byPayload].map(([payload, codec]) => [payload, formatOf(codec, byPayload)]));
  return codecs.flatMap((codec) => {
    const format = formats.get(codec.payload);
    return format === undefined ? [] : [[codec, format] as const];
  });
}

type ByPayload = ReadonlyMap<string, Codec>;

/** What must be equal for two codecs to be the same one: `h264/90000/1 1 Constrained Baseline`. */
function formatOf(codec: Codec, others: ByPayload): string | undefined {
  const name = codec.name.toLowerCase();
  const variant = name === 'rtx' ? repaired(codec, others) : variantOf(codec);
  return variant === undefined ? undefined : `${name}/${codec.clockRate}/${codec.channels} ${variant}`;
}

function variantOf({ name, fmtp }: Codec): string {
  const settings = SETTINGS.get(name.toLowerCase());
  if (settings === undefined) return '';
  const parameters = parseParameters(fmtp);
  return settings.map((setting) => counted(setting, parameters)).join(' ');
}

/** rtx is the same when what it repairs is the same. */
function repaired({ fmtp }: Codec, others: ByPayload): string | undefined {
  const target = others.get(parseParameters(fmtp).get('apt') ?? '');
  return target === undefined || target.name.toLowerCase() === 'rtx' ? undefined : formatOf(target, others);
}

/** Says what differs, where both sides name the same codec. */
export function whyNoCommon(offered: MediaSection, answered: MediaSection): string {
  for (const codec of answered.codecs) {
    const alike = offered.codecs.find(
      ({ name, clockRate }) =>
        name.toLowerCase() === codec.name.toLowerCase() && clockRate === codec.clockRate,
    );
    const difference = alike && differenceOf(alike, codec);
    if (difference !== undefined)
      return `${codec.name} is on both sides, but not the same: the offer has ${difference[0]}, the answer ${difference[1]}.`;
  }
  return 'No codec of the answer was offered.';
}

/** What two formats of one codec have of the first setting that differs: `packetization-mode=1`. */
function differenceOf(one: Codec, other: Codec): readonly [string, string] | undefined {
  if (one.channels !== other.channels) return [channels(one), channels(other)];
  const [ours, theirs] = [parseParameters(one.fmtp), parseParameters(other.fmtp)];
  const setting = SETTINGS.get(one.name.toLowerCase())?.find(
    (entry) => counted(entry, ours) !== counted(entry, theirs),
  );
  return setting === undefined ? undefined : [written(setting, ours), written(setting, theirs)];
}

const channels = (codec: Codec): string =>
  codec.channels === 1 ? '1 channel' : `${codec.channels} channels`;

const written = ({ key, missing }: Setting, parameters: Parameters): string =>
  parameters.get(key) === undefined
    ? `${missing}, which holds without ${key}`
    : `${key}=${parameters.get(key)}`;
