/** What the settings of a codec come to, in a few words: `Constrained Baseline 3.1, non-interleaved`. */
import { visible } from '../../grammar.ts';
import type { LineContext } from '../../reader.ts';
import { parseParameters, splitFirst } from '../../values.ts';
import { av1Level } from './av1.ts';
import { h264LevelName, h264Profile } from './h264.ts';
import { h265Summary } from './h265.ts';
import { findParameter } from './index.ts';

type Parameters = ReadonlyMap<string, string>;

const H264_MODES = ['single NAL unit', 'non-interleaved', 'interleaved'];
const AV1_PROFILES = ['Main', 'High', 'Professional'];

const SUMMARIES: ReadonlyMap<string, (parameters: Parameters) => string> = new Map([
  ['h264', h264],
  ['vp9', (parameters) => `profile ${visible(parameters.get('profile-id') ?? '0')}`],
  [
    'av1',
    (parameters) =>
      `${AV1_PROFILES[Number(parameters.get('profile') ?? '0')] ?? 'unknown'} profile, ${av1Level(Number(parameters.get('level-idx') ?? '5'))}`,
  ],
  ['h265', h265Summary],
  ['opus', opus],
  ['rtx', (parameters) => `repairs payload type ${visible(parameters.get('apt') ?? '?')}`],
]);

function h264(parameters: Parameters): string {
  const level = parameters.get('profile-level-id');
  const mode = H264_MODES[Number(parameters.get('packetization-mode') ?? '0')] ?? 'unknown packetization';
  return level === undefined
    ? `Baseline 1.0, as nothing is said, ${mode}`
    : `${h264Profile(level)} ${h264LevelName(level)}, ${mode}`;
}

/** What is not written has a meaning: RFC 7587 section 6.1. */
function opus(parameters: Parameters): string {
  const on = (key: string): boolean => parameters.get(key) === '1';
  const rate = parameters.get('maxaveragebitrate');
  return [
    on('stereo') ? 'stereo wanted' : 'mono wanted (no stereo=1)',
    ...(on('useinbandfec') ? ['with FEC'] : []),
    ...(on('usedtx') ? ['with DTX'] : []),
    ...(on('cbr') ? ['at a constant bit rate'] : []),
    ...(rate === undefined ? [] : [`at most ${visible(rate)} bit/s`]),
  ].join(', ');
}

/** Characters; a longer row of settings is cut after the last that fits. */
const LONGEST = 120;

/** `H264` and the text of its fmtp line; '' when there is nothing to say. */
export function summaryOf(codec: string, settings: string): string {
  const name = codec.toLowerCase();
  const parameters = parseParameters(settings);
  const summary = SUMMARIES.get(name);
  if (summary !== undefined) return summary(parameters);
  let words = '';
  for (const [key, value] of parameters) {
    const says = findParameter(name, key)?.says(value);
    if (says === undefined) continue;
    if (words.length + says.length > LONGEST) break;
    words += words === '' ? says : `; ${says}`;
  }
  return words;
}

interface Known {
  readonly encoding: string;
  readonly words: string;
}

const sections = new WeakMap<ReadonlyMap<string, string>, Map<string, Known>>();

/** The codec of a payload type with its settings, made once for a section: three lines say it. */
export function payloadInWords({ settings }: LineContext, payload: string, encoding: string): string {
  if (settings === undefined) return codecInWords(encoding, '');
  let known = sections.get(settings);
  if (known === undefined) sections.set(settings, (known = new Map()));
  const made = known.get(payload);
  if (made?.encoding === encoding) return made.words;
  const words = codecInWords(encoding, settings.get(payload) ?? '');
  known.set(payload, { encoding, words });
  return words;
}

/** `H264/90000` → `H264/90000: Constrained Baseline 3.1, non-interleaved` */
export function codecInWords(encoding: string, settings: string): string {
  const [name] = splitFirst(encoding, '/');
  const summary = summaryOf(name, settings);
  return summary === '' ? visible(encoding) : `${visible(encoding)}: ${summary}`;
}
