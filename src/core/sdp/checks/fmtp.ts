/** Settings of codecs: one line for each. RFC 8866 section 6.15. */
import { visible } from '../grammar.ts';
import type { SdpLine } from '../lines.ts';
import { cite } from '../../base/cite.ts';
import type { MediaSection } from '../structure.ts';
import { splitFirst } from '../values.ts';
import { check, type Fix, type Report } from './check.ts';
import { spanOf } from './span.ts';

export const fmtpRepeated = check({
  id: 'fmtp-repeated',
  severity: 'warning',
  rfc: cite('RFC 8866', '6.15'),
  example:
    'm=audio 9 RTP/AVP 111\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 useinbandfec=1\r\na=fmtp:111 stereo=1\r\n',
  find: ({ description }, report) => {
    for (const media of description.media)
      findRepeated(media.attributes.get('fmtp') ?? [], mappedTwice(media), report);
  },
});

/** The second rtpmap line of payload types that have two: their settings belong to it. */
function mappedTwice(media: MediaSection): ReadonlyMap<string, SdpLine> {
  const seen = new Set<string>();
  const second = new Map<string, SdpLine>();
  for (const line of media.attributes.get('rtpmap') ?? []) {
    const [format] = splitFirst(line.value);
    if (seen.has(format)) second.set(format, line);
    seen.add(format);
  }
  return second;
}

function findRepeated(lines: readonly SdpLine[], maps: ReadonlyMap<string, SdpLine>, report: Report): void {
  const first = new Map<string, SdpLine>();
  for (const line of lines) {
    const [format, settings] = splitFirst(line.value);
    const earlier = first.get(format);
    if (earlier === undefined) first.set(format, line);
    else
      report(line, {
        claim: `Format ${visible(format)} has settings in line ${earlier.number} already`,
        reason:
          'A format has one, with semicolons between its settings. Chromium joins the two, Firefox takes the first.',
        at: spanOf(line, format),
        with: [{ line: earlier, at: spanOf(earlier, format) }],
        fix: repair(earlier, line, { settings, map: maps.get(format) }),
      });
  }
}

/** The later settings move to the end of the earlier line, unless they are another codec's, which goes as a whole. */
function repair(
  earlier: SdpLine,
  line: SdpLine,
  { settings, map }: { settings: string; map: SdpLine | undefined },
): Fix | undefined {
  if (map !== undefined) {
    const lines = [map, line].sort((a, b) => a.number - b.number);
    return {
      title: `Remove it with its rtpmap line ${map.number}`,
      edits: lines.map(({ start, end, eol }) => ({ start, end: end + eol.length, text: '' })),
    };
  }
  if (settings === '') return undefined;
  return {
    title: `Join it with line ${earlier.number}`,
    edits: [
      { start: earlier.end, end: earlier.end, text: `;${settings}` },
      { start: line.start, end: line.end + line.eol.length, text: '' },
    ],
  };
}
