/** Payload types: each one mapped to one codec, and named in the m= line. RFC 8866 section 6.6, RFC 3264, RFC 4588. */
import { integerIn, visible } from '../grammar.ts';
import type { SdpLine } from '../lines.ts';
import { cite } from '../rfc-sections.ts';
import { staticPayloadTypes } from '../attributes/payload-types.ts';
import type { MediaSection } from '../structure.ts';
import { parseRtpmap, splitFirst } from '../values.ts';
import { check, removeLine, whereBrowsersRead, type Report } from './check.ts';

export const rtpmapMissing = check({
  id: 'rtpmap-missing',
  severity: 'error',
  rfc: cite('RFC 8866', '6.6'),
  example: 'm=audio 9 RTP/AVP 96\r\na=rtpmap:97 opus/48000/2\r\n',
  find: (facts, report) => {
    for (const media of facts.description.media) {
      if (!media.rtp || media.port === 0 || (!facts.complete && media.lines.length < 2)) continue;
      const mapped = new Set((media.attributes.get('rtpmap') ?? []).map((line) => splitFirst(line.value)[0]));
      const missing = media.formats.filter(
        (format) =>
          integerIn(format, 0, 127) !== undefined && !mapped.has(format) && !staticPayloadTypes.has(format),
      );
      if (missing.length > 0)
        report(
          media.mLine,
          `no rtpmap says what payload type ${missing.slice(0, 20).join(', ')} is; it can not be used`,
          { severity: whereBrowsersRead(facts) },
        );
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
  report(
    line,
    `payload type ${map.payload} is mapped a second time${same ? '' : ', to another codec'}; line ${earlier.number} maps it already`,
    {
      severity: same ? 'warning' : 'error',
      with: [earlier],
      fix: removeLine('Remove this line', line),
    },
  );
}

export const staticConflict = check({
  id: 'static-payload-type',
  severity: 'error',
  rfc: cite('RFC 3551', '6'),
  example: 'm=audio 9 RTP/AVP 0\r\na=rtpmap:0 opus/48000/2\r\n',
  find: ({ description }, report) => {
    for (const media of description.media) {
      for (const line of media.attributes.get('rtpmap') ?? []) {
        const assigned = staticPayloadTypes.get(splitFirst(line.value)[0]);
        const map = assigned === undefined ? undefined : parseRtpmap(line.value);
        if (map === undefined || assigned === undefined) continue;
        const [name, rate] = assigned.split('/');
        if (name!.toLowerCase() === map.name.toLowerCase() && Number(rate) === map.clockRate) continue;
        const libwebrtcKnows = Number(map.payload) < 19 && media.formats.includes(map.payload);
        report(line, `payload type ${map.payload} is fixed to ${assigned}`, {
          severity: libwebrtcKnows ? 'error' : 'warning',
        });
      }
    }
  },
});

const REFERRING = ['rtpmap', 'fmtp', 'rtcp-fb'] as const;

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
          report(
            line,
            `payload type ${visible(payload)} is not in the m= line${name === 'rtpmap' ? '' : '; Chromium refuses this'}`,
            {
              severity: name === 'rtpmap' ? 'warning' : whereBrowsersRead(facts),
              with: [media.mLine],
              fix: removeLine('Remove this line', line),
            },
          );
        }
      }
    }
  },
});

export const repeatedPayload = check({
  id: 'payload-type-repeated',
  severity: 'warning',
  rfc: cite('RFC 8866', '5.14'),
  example: 'm=audio 9 RTP/AVP 0 8 0\r\n',
  find: ({ description }, report) => {
    for (const media of description.media) {
      if (media.rtp && new Set(media.formats).size < media.formats.length)
        report(media.mLine, 'a payload type stands twice in the m= line');
    }
  },
});

const APT = /(?:^|;) *apt=([^; ]*)/;

export const aptReference = check({
  id: 'rtx-apt',
  severity: 'warning',
  rfc: cite('RFC 4588', '8.6'),
  example: 'm=video 9 RTP/AVPF 97\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\n',
  find: ({ description }, report) => {
    for (const media of description.media) {
      for (const codec of media.codecs) {
        if (codec.name.toLowerCase() !== 'rtx') continue;
        const problem = aptProblem(media, APT.exec(codec.fmtp)?.[1]);
        if (problem !== undefined)
          report(codec.line ?? media.mLine, `payload type ${codec.payload} (rtx) ${problem}`);
      }
    }
  },
});

function aptProblem(media: MediaSection, apt: string | undefined): string | undefined {
  if (apt === undefined) return 'does not say with apt which payload type it repairs';
  return media.formats.includes(apt)
    ? undefined
    : `repairs payload type ${visible(apt)}, which is not in the m= line`;
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
        report(codec.line, 'Opus is always written opus/48000/2, also for mono');
      }
    }
  },
});
