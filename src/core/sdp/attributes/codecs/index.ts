/** The codecs whose parameters are known. */
import { defineRegistry } from '../../../base/registry.ts';
import { av1 } from './av1.ts';
import { h264 } from './h264.ts';
import { h265 } from './h265.ts';
import { opus } from './opus.ts';
import { h263, h266, mpeg4, rawVideo, vc1 } from './old-video.ts';
import { whole, type CodecDoc, type Parameter } from './parameter.ts';
import { flexfec, rtx } from './repair.ts';
import { amr, evs, liveText, sound, telephony } from './voice.ts';
import { vp8, vp9 } from './vpx.ts';

export const codecDocs = defineRegistry<CodecDoc>([
  h264,
  opus,
  vp8,
  vp9,
  av1,
  rtx,
  flexfec,
  h265,
  h266,
  h263,
  mpeg4,
  vc1,
  rawVideo,
  amr,
  evs,
  telephony,
  sound,
  liveText,
]);

const byName = new Map(codecDocs.all.flatMap((codec) => codec.names.map((name) => [name, codec] as const)));

/** Parameters whose name alone says what they mean, for an fmtp line whose codec is not known. */
const common = new Map(
  [h264, opus, vp8, av1, rtx, flexfec].toReversed().flatMap((codec) => [...codec.parameters]),
);

/** What libwebrtc reads of any codec: media/base/media_constants.cc. Who gets the line sends so. */
const GOOGLE: ReadonlyMap<string, Parameter> = new Map([
  ['x-google-start-bitrate', kilobits('sending begins with')],
  ['x-google-min-bitrate', kilobits('sending never falls below')],
  ['x-google-max-bitrate', kilobits('sending never exceeds')],
  [
    'x-google-max-quantization',
    whole(0, 63, (value) => `pictures are coarsened to step ${value} at most (libwebrtc)`),
  ],
]);

function kilobits(what: string): Parameter {
  return whole(0, 2147483647, (value) => `${what} ${value} kbit/s (libwebrtc; others ignore it)`);
}

/** How a parameter is read; without a codec, by its name alone. */
export const findParameter = (codec: string | undefined, name: string): Parameter | undefined =>
  (codec === undefined ? common.get(name) : findCodec(codec)?.parameters.get(name)) ?? GOOGLE.get(name);

/** What is known about a codec, by its name in lower case. */
export const findCodec = (name: string): CodecDoc | undefined => byName.get(name);
