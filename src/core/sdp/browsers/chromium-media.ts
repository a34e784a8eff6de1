/** What Chromium refuses in the codecs, sources and encodings of a description. */
import { integerIn } from '../grammar.ts';
import type { SdpLine } from '../lines.ts';
import { sectionsOf, type Codec, type Description, type MediaSection } from '../structure.ts';
import { parseExtmap, parseParameters, parseSimulcast, parseRid } from '../values.ts';
import {
  accessError,
  bundleGroups,
  firstOf,
  groupsInForce,
  isAudioOrVideo,
  refuse,
  type Refusal,
  type Remote,
  type Rule,
} from './refusal.ts';

const RID_URI = 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id';

const active = (description: Description): readonly MediaSection[] =>
  description.media.filter((media) => isAudioOrVideo(media) && !media.rejected);

/** With rtcp-mux, 64 to 95 would be taken for RTCP: RFC 5761 section 4. */
const payloadTypes: Rule = ({ description }) =>
  firstOf(description.media.filter(isAudioOrVideo), (media) =>
    firstOf(media.attributes.has('rtcp-mux') ? media.codecs : [], ({ payload, line }) =>
      integerIn(payload, 64, 95) === undefined
        ? undefined
        : accessError(`payload type ${payload} would be taken for RTCP`, line ?? media.mLine),
    ),
  );

const sourceOf = (line: SdpLine): string => line.value.split(' ', 1)[0] ?? '';

/** A track for a=msid, else one for each that a=ssrc lines name, and one for the sources that name none. */
const oneTrack: Rule = ({ description }) =>
  firstOf(description.media.filter(isAudioOrVideo), (media) => {
    if (media.attributes.has('msid')) return undefined;
    const byTrack = new Set<string>();
    const named = new Map<string, string>();
    const lines = media.attributes.get('ssrc') ?? [];
    for (const line of lines) {
      const track = / msid:[^ ]* ([^ ]+)/.exec(line.value)?.[1];
      if (track !== undefined) named.set(sourceOf(line), track);
    }
    return firstOf(lines, (line) => {
      byTrack.add(named.get(sourceOf(line)) ?? '');
      return byTrack.size > 1
        ? accessError('a=ssrc lines name a second track in one section (Plan B)', line)
        : undefined;
    });
  });

/** Encodings are told apart by a header extension: RFC 8853 section 5.5. */
const ridExtension: Rule = ({ description }) =>
  firstOf(description.media, (media) => {
    if (!media.rtp) return undefined;
    const line = media.attributes.get('simulcast')?.find((one) => hasEncodings(one, media));
    if (line === undefined) return undefined;
    const known = [
      ...(media.attributes.get('extmap') ?? []),
      ...(description.session.attributes.get('extmap') ?? []),
    ];
    return known.some((one) => parseExtmap(one.value)?.uri === RID_URI)
      ? undefined
      : accessError('simulcast needs the header extension rtp-stream-id', line);
  });

/** Encodings without an a=rid line of their direction are forgotten. */
function hasEncodings(line: SdpLine, media: MediaSection): boolean {
  const rids = (media.attributes.get('rid') ?? []).flatMap((one) => parseRid(one.value) ?? []);
  return parseSimulcast(line.value).some(({ direction, streams }) =>
    streams
      .flat()
      .some((id) => rids.some((rid) => rid.id === id.replace('~', '') && rid.direction === direction)),
  );
}

/** Groups count whose first source is described. FID and FEC-FR have two sources. */
const sourceGroups: Rule = ({ description, inForce }) =>
  firstOf(description.media.filter(isAudioOrVideo), (media) => {
    const before = new Set((inForce?.theirs.media[media.index]?.attributes.get('ssrc') ?? []).map(sourceOf));
    const known = new Set((media.attributes.get('ssrc') ?? []).map(sourceOf));
    return firstOf(media.attributes.get('ssrc-group') ?? [], (line) => {
      const [semantics = '', ...sources] = line.value.split(' ');
      // A stream whose first source is there already is not added again.
      if (!known.has(sources[0] ?? '') || before.has(sources[0] ?? '')) return undefined;
      const pair = semantics === 'FID' || semantics === 'FEC-FR';
      if (pair && sources.length !== 2) return accessError(`a group ${semantics} has two sources`, line);
      const stranger = sources.find((source) => !known.has(source));
      return stranger === undefined
        ? undefined
        : accessError(`the group names a source ${stranger} without a=ssrc`, line);
    });
  });

const VIDEO_CODECS = new Set(['vp8', 'vp9', 'h264', 'h265', 'av1']);
const REPAIRS = new Set(['rtx', 'red', 'ulpfec', 'flexfec-03']);

const isCodec = ({ name }: Codec): boolean => VIDEO_CODECS.has(name.toLowerCase());

/** What would be sent back: video that is known, and rtx that repairs it. */
const sendParameters: Rule = ({ description, type }) =>
  firstOf(active(description), (media) => {
    if (media.kind !== 'video') return undefined;
    if (type === 'answer' ? !media.codecs.some(isCodec) : media.codecs.length === 0)
      return accessError('no video codec is known', media.mLine);
    return firstOf(media.codecs, (codec) => brokenRepair(codec, media));
  });

function brokenRepair(codec: Codec, media: MediaSection): Refusal | undefined {
  if (codec.name.toLowerCase() !== 'rtx') return undefined;
  const apt = parameterOf(codec, 'apt');
  if (apt === undefined) return accessError(`rtx ${codec.payload} does not say what it repairs`, codec.line);
  const target = media.codecs.find(({ payload }) => Number(payload) === Number(apt));
  if (target === undefined)
    return accessError(`rtx repairs payload type ${apt}, which is not there`, codec.line);
  const repaired = target.name.toLowerCase();
  return REPAIRS.has(repaired) && repaired !== 'red'
    ? accessError(`rtx repairs payload type ${apt}, which is no codec`, codec.line)
    : undefined;
}

/** The names of parameters count as they are written. */
const parameterOf = (codec: Codec, name: string): string | undefined =>
  new RegExp(`(?:^|;) *${name}=([^;]*)`).exec(codec.fmtp)?.[1]?.trim();

/** Sections that no earlier negotiation has set up. */
const fresh = ({ description, inForce }: Remote): readonly MediaSection[] =>
  active(description).filter(({ index }) => inForce?.theirs.media[index] === undefined);

/** A pair of sources is grouped once. */
const repeatedGroups: Rule = (remote) =>
  firstOf(fresh(remote), (media) => {
    const known = new Set((media.attributes.get('ssrc') ?? []).map(sourceOf));
    const seen = new Set<string>();
    return firstOf(media.attributes.get('ssrc-group') ?? [], (line) => {
      if (!line.value.startsWith('FID ') || !known.has(line.value.split(' ')[1] ?? '')) return undefined;
      if (seen.has(line.value)) return accessError('the same sources are grouped twice', line);
      seen.add(line.value);
      return undefined;
    });
  });

/** A track of audio has one source. */
const audioSources: Rule = (remote) =>
  firstOf(fresh(remote), (media) => {
    if (media.kind !== 'audio') return undefined;
    const lines = media.attributes.get('ssrc') ?? [];
    const second = lines.find((line) => sourceOf(line) !== sourceOf(lines[0]!));
    return second === undefined ? undefined : accessError('an audio track has a second source', second);
  });

/** Where sections share a transport, as in an answer or by what is in force, a source belongs to one of them. */
const sharedSources: Rule = (remote) => {
  const { description, type } = remote;
  const inForce = groupsInForce(remote);
  const kept = new Set(inForce.flat());
  const offered = bundleGroups(description).map(({ ids }) => ids);
  const groups =
    type === 'answer' ? offered : [...inForce, ...offered.filter((ids) => ids.some((id) => kept.has(id)))];
  return firstOf(groups, (ids) => {
    const owners = new Map<string, number>();
    const members = sectionsOf(description, ids).filter((media) => isAudioOrVideo(media) && !media.rejected);
    return firstOf(members, (media) =>
      firstOf(media.attributes.get('ssrc') ?? [], (line) => {
        const owner = owners.get(sourceOf(line)) ?? media.index;
        owners.set(sourceOf(line), owner);
        return owner === media.index
          ? undefined
          : accessError(`the source ${sourceOf(line)} is in two sections`, line);
      }),
    );
  });
};

/** The SCTP association that runs keeps its port. */
const sctpPort: Rule = ({ description, inForce }) =>
  firstOf(
    description.media.filter(({ sctp, rejected }) => sctp && !rejected),
    (media) => {
      const before = inForce?.theirs.media[media.index];
      if (before === undefined || before.rejected) return undefined;
      return portOf(before) === portOf(media)
        ? undefined
        : refuse(
            'InvalidModificationError',
            'the SCTP port can not change',
            media.attributes.get('sctp-port')?.[0] ?? media.mLine,
          );
    },
  );

const portOf = (media: MediaSection): string => media.attributes.get('sctp-port')?.at(-1)?.value ?? '5000';

export const chromiumMedia = {
  /** Of the description as such. */
  description: [payloadTypes, sourceGroups, oneTrack, ridExtension],
  /** When its parts are put to use. */
  channels: [sendParameters, repeatedGroups, audioSources, sharedSources, sctpPort],
} as const satisfies Readonly<Record<string, readonly Rule[]>>;

/** In a section that is rejected, rtx is looked at only when the answer is made. */
export function chromiumAnswerMedia(description: Description): Refusal | undefined {
  return firstOf(
    description.media.filter(({ kind, rejected }) => kind === 'video' && rejected),
    (media) =>
      firstOf(media.codecs, (codec) => {
        const apt = codec.name.toLowerCase() === 'rtx' ? parseParameters(codec.fmtp).get('apt') : undefined;
        return apt === undefined || media.codecs.some(({ payload }) => payload === apt)
          ? undefined
          : accessError(`rtx repairs payload type ${apt}, which is not there`, codec.line);
      }),
  );
}
