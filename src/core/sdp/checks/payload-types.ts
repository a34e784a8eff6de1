/** Payload types: each one mapped to one codec, and named in the m= line. RFC 8866 section 6.6, RFC 3264, RFC 4588. */
import { integerIn, visible } from '../grammar.ts';
import type { SdpLine } from '../lines.ts';
import { cite } from '../../base/cite.ts';
import { staticPayloadTypes } from '../attributes/payload-types.ts';
import { findCodec } from '../attributes/codecs/index.ts';
import type { Codec, MediaSection } from '../structure.ts';
import { parseParameters, parseRtpmap, splitFirst } from '../values.ts';
import type { Word } from '../reader.ts';
import {
  check,
  removeLine,
  removePart,
  replacePart,
  whereBrowsersRead,
  type Edit,
  type Fix,
  type Report,
} from './check.ts';
import { spanOf, wordAt, wordsOf } from './span.ts';

const APT = /(?:^|;) *apt=([^; ]*)/;

/** Of one kind of mistake in one m= line. */
const MOST = 20;

const formatsOf = ({ mLine }: MediaSection): readonly Word[] => wordsOf(mLine).slice(3);

/** Takes a payload type out of the m= line, with what repairs it and the lines about them; not when none would be left. */
function withoutPayload(media: MediaSection, payload: string): Fix | undefined {
  const gone = new Set([payload, ...repairsOf(media, payload)]);
  if (media.formats.every((format) => gone.has(format))) return undefined;
  const { mLine } = media;
  const edits: Edit[] = formatsOf(media)
    .filter(({ text }) => gone.has(text))
    .map(({ start, end }) => ({ start: mLine.start + start - 1, end: mLine.start + end, text: '' }));
  const about = media.lines.filter(
    (line) => PAYLOAD_LINES.has(line.name) && gone.has(splitFirst(line.value)[0]),
  );
  for (const { start, end, eol } of about) edits.push({ start, end: end + eol.length, text: '' });
  return { title: `Take out ${[...gone].join(', ')}`, edits };
}

const repairsOf = (media: MediaSection, payload: string): readonly string[] =>
  media.codecs
    .filter(({ name, fmtp }) => name.toLowerCase() === 'rtx' && APT.exec(fmtp)?.[1] === payload)
    .map((codec) => codec.payload);

export const rtpmapMissing = check({
  id: 'rtpmap-missing',
  severity: 'error',
  rfc: cite('RFC 8866', '6.6'),
  example: 'm=audio 9 RTP/AVP 96\r\na=rtpmap:97 opus/48000/2\r\n',
  find: (facts, report) => {
    for (const media of facts.description.media) {
      if (!media.rtp || media.port === 0 || (!facts.complete && media.lines.length < 2)) continue;
      const mapped = new Set((media.attributes.get('rtpmap') ?? []).map((line) => splitFirst(line.value)[0]));
      const nameless = (format: string): boolean =>
        integerIn(format, 0, 127) !== undefined && !mapped.has(format) && !staticPayloadTypes.has(format);
      if (!media.formats.some(nameless)) continue;
      const missing = formatsOf(media).filter(({ text }) => nameless(text));
      for (const format of missing.slice(0, MOST))
        report(media.mLine, {
          claim: `Format ${format.text} has no rtpmap`,
          reason: `Nobody can know what codec ${format.text} is.`,
          at: format,
          severity: whereBrowsersRead(facts),
          fix: missing.length > MOST ? undefined : withoutPayload(media, format.text),
        });
    }
  },
});

export const rtpmapConflict = check({
  id: 'rtpmap-conflict',
  severity: 'error',
  rfc: cite('RFC 8866', '6.6'),
  example: 'm=audio 9 RTP/AVP 96\r\na=rtpmap:96 opus/48000/2\r\na=rtpmap:96 PCMU/8000\r\n',
  find: ({ description }, report) => {
    for (const media of description.media) {
      const first = new Map<string, SdpLine>();
      for (const line of media.attributes.get('rtpmap') ?? []) compareMaps(line, { first, report });
    }
  },
});

function compareMaps(
  line: SdpLine,
  { first, report }: { first: Map<string, SdpLine>; report: Report },
): void {
  const [payload] = splitFirst(line.value);
  const earlier = first.get(payload);
  if (earlier === undefined) {
    first.set(payload, line);
    return;
  }
  const map = parseRtpmap(line.value);
  const other = parseRtpmap(earlier.value);
  if (map === undefined || other === undefined) return;
  const same =
    other.name.toLowerCase() === map.name.toLowerCase() &&
    other.clockRate === map.clockRate &&
    other.channels === map.channels;
  report(line, {
    claim: `Payload type ${map.payload} is mapped a second time${same ? '' : ', to another codec'}`,
    reason: `Line ${earlier.number} maps it already; a payload type means one codec.`,
    at: spanOf(line, map.payload),
    severity: same ? 'warning' : 'error',
    with: [{ line: earlier, at: spanOf(earlier, map.payload) }],
    fix: removeLine('Remove this line', line),
  });
}

export const staticConflict = check({
  id: 'static-payload-type',
  severity: 'error',
  rfc: cite('RFC 3551', '6'),
  example: 'm=audio 9 RTP/AVP 0\r\na=rtpmap:0 opus/48000/2\r\n',
  find: ({ description }, report) => {
    for (const media of description.media) {
      const listed = new Set(media.formats);
      for (const line of media.attributes.get('rtpmap') ?? []) {
        const assigned = staticPayloadTypes.get(splitFirst(line.value)[0]);
        const map = assigned === undefined ? undefined : parseRtpmap(line.value);
        if (map === undefined || assigned === undefined) continue;
        const [name, rate] = assigned.split('/');
        if (name!.toLowerCase() === map.name.toLowerCase() && Number(rate) === map.clockRate) continue;
        const libwebrtcKnows = Number(map.payload) < 19 && listed.has(map.payload);
        report(line, {
          claim: `Payload type ${map.payload} is fixed to ${assigned}`,
          reason: `It can not be mapped to ${visible(map.name)}; codecs of today take 96 to 127.`,
          at: spanOf(line, map.payload),
          severity: libwebrtcKnows ? 'error' : 'warning',
        });
      }
    }
  },
});

const REFERRING = ['rtpmap', 'fmtp', 'rtcp-fb'] as const;
const PAYLOAD_LINES: ReadonlySet<string> = new Set(REFERRING);

export const unusedPayload = check({
  id: 'payload-type-unused',
  severity: 'warning',
  rfc: cite('RFC 8866', '6.6'),
  example: 'm=audio 9 RTP/AVP 0\r\na=rtpmap:111 opus/48000/2\r\n',
  find: (facts, report) => {
    for (const media of facts.description.media) {
      if (!media.rtp) continue;
      const formats = new Set(media.formats);
      for (const name of REFERRING) {
        for (const line of media.attributes.get(name) ?? []) {
          const [payload] = splitFirst(line.value);
          if (formats.has(payload) || payload === '*') continue;
          const meant = meantPayload(media, line);
          const reason = name === 'rtpmap' ? 'It can not be used.' : 'Chromium refuses the description.';
          report(line, {
            claim: `Payload type ${visible(payload)} is not in the m= line`,
            reason:
              meant === undefined ? reason : `${reason} ${meant.payload} is perhaps meant: ${meant.why}.`,
            at: spanOf(line, payload),
            severity: name === 'rtpmap' ? 'warning' : whereBrowsersRead(facts),
            with: [media.mLine],
            fix: meant?.fix ?? removeLine('Remove this line', line),
          });
        }
      }
    }
  },
});

interface Meant {
  readonly payload: string;
  readonly why: string;
  readonly fix: Fix | undefined;
}

/** The one format of the section that such a line is missing for, and that what the line says fits. */
function meantPayload(media: MediaSection, line: SdpLine): Meant | undefined {
  const has = (name: string): ReadonlySet<string> =>
    new Set((media.attributes.get(name) ?? []).map(({ value }) => splitFirst(value)[0]));
  const write = (payload: string): Fix | undefined => {
    const at = spanOf(line, splitFirst(line.value)[0]);
    return at && replacePart(`Write ${payload}`, { line, at }, payload);
  };
  if (line.name === 'rtpmap') {
    const mapped = has('rtpmap');
    const [payload, ...others] = media.formats.filter(
      (format) =>
        integerIn(format, 0, 127) !== undefined && !mapped.has(format) && !staticPayloadTypes.has(format),
    );
    if (payload === undefined || others.length > 0) return undefined;
    return { payload, why: 'it has no rtpmap line', fix: write(payload) };
  }
  if (line.name !== 'fmtp') return undefined;
  const settled = has('fmtp');
  const keys = [...parseParameters(splitFirst(line.value)[1]).keys()];
  const fits = ({ name }: Codec): boolean =>
    keys.length > 0 && keys.every((key) => findCodec(name.toLowerCase())?.parameters.has(key) === true);
  const [codec, ...others] = media.codecs.filter((one) => !settled.has(one.payload) && fits(one));
  if (codec === undefined || others.length > 0) return undefined;
  return {
    payload: codec.payload,
    why: `these are settings of ${visible(codec.name)}, which has none`,
    fix: write(codec.payload),
  };
}

export const repeatedPayload = check({
  id: 'payload-type-repeated',
  severity: 'warning',
  rfc: cite('RFC 8866', '5.14'),
  example: 'm=audio 9 RTP/AVP 0 8 0\r\n',
  find: ({ description }, report) => {
    for (const media of description.media) {
      if (!media.rtp || new Set(media.formats).size === media.formats.length) continue;
      const seen = new Set<string>();
      const repeated = formatsOf(media).filter(({ text }) => seen.size === seen.add(text).size);
      for (const format of repeated.slice(0, MOST))
        report(media.mLine, {
          claim: `Payload type ${visible(format.text)} stands twice in the m= line`,
          reason: 'The order says what is preferred, so each one stands once.',
          at: format,
          fix: removePart('Take out the second', media.mLine, { start: format.start - 1, end: format.end }),
        });
    }
  },
});

export const aptReference = check({
  id: 'rtx-apt',
  severity: 'warning',
  rfc: cite('RFC 4588', '8.6'),
  example: 'm=video 9 RTP/AVPF 97\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\n',
  find: ({ description }, report) => {
    for (const media of description.media) {
      const listed = new Set(media.formats);
      for (const codec of media.codecs) {
        if (codec.name.toLowerCase() !== 'rtx') continue;
        const problem = aptProblem(listed, APT.exec(codec.fmtp)?.[1]);
        if (problem === undefined) continue;
        const line = codec.line ?? media.mLine;
        report(line, {
          claim: `Payload type ${codec.payload} (rtx) ${problem}`,
          reason: 'rtx sends lost packets of another payload type again, and apt says of which.',
          at: spanOf(line, codec.payload),
          fix: withoutPayload(media, codec.payload),
        });
      }
    }
  },
});

function aptProblem(listed: ReadonlySet<string>, apt: string | undefined): string | undefined {
  if (apt === undefined) return 'does not say with apt which payload type it repairs';
  return listed.has(apt) ? undefined : `repairs payload type ${visible(apt)}, which is not in the m= line`;
}

export const opusMapping = check({
  id: 'opus-rtpmap',
  severity: 'warning',
  rfc: cite('RFC 7587', '7'),
  example: 'm=audio 9 RTP/AVP 111\r\na=rtpmap:111 opus/48000\r\n',
  find: ({ description }, report) => {
    for (const media of description.media) {
      for (const codec of media.codecs) {
        if (
          codec.name.toLowerCase() !== 'opus' ||
          codec.line === undefined ||
          (codec.clockRate === 48000 && codec.channels === 2)
        )
          continue;
        report(codec.line, {
          claim: 'Opus is not written opus/48000/2',
          reason: 'It is always written so, also for mono; Chromium does not know it otherwise.',
          at: wordAt(codec.line, 1),
          fix: opusFix(codec.line),
        });
      }
    }
  },
});

function opusFix(line: SdpLine): Fix | undefined {
  const at = wordAt(line, 1);
  return at === undefined ? undefined : replacePart('Write opus/48000/2', { line, at }, 'opus/48000/2');
}
