/** Encodings and simulcast. RFC 8851, RFC 8853. */
import { visible } from '../grammar.ts';
import type { SdpLine } from '../lines.ts';
import { cite } from '../../base/cite.ts';
import type { MediaSection } from '../structure.ts';
import { parseRid, parseSimulcast, type Rid } from '../values.ts';
import { check, type Report } from './check.ts';
import { spanOf } from './span.ts';

type RidLine = Rid & { readonly line: SdpLine };

const ridsOf = (media: MediaSection): readonly RidLine[] =>
  (media.attributes.get('rid') ?? []).flatMap((line) => {
    const rid = parseRid(line.value);
    return rid === undefined ? [] : [{ ...rid, line }];
  });

export const ridUnique = check({
  id: 'rid-unique',
  severity: 'error',
  rfc: cite('RFC 8851', '4'),
  example: 'm=video 9 RTP/AVP 31\r\na=rid:a send\r\na=rid:a send\r\n',
  find: ({ description }, report) => {
    for (const media of description.media) {
      const first = new Map<string, SdpLine>();
      for (const { id, line } of ridsOf(media)) {
        const earlier = first.get(id);
        if (earlier === undefined) first.set(id, line);
        else
          report(line, {
            claim: `The rid ${visible(id)} is taken`,
            reason: `Line ${earlier.number} gives it to another encoding.`,
            at: spanOf(line, id),
            with: [{ line: earlier, at: spanOf(earlier, id) }],
          });
      }
    }
  },
});

export const ridPayloads = check({
  id: 'rid-payload-type',
  severity: 'error',
  rfc: cite('RFC 8851', '4'),
  example: 'm=video 9 RTP/AVP 31\r\na=rid:a send pt=96\r\n',
  find: ({ description }, report) => {
    for (const media of description.media) {
      const listed = new Set(media.formats);
      for (const { payloads, line } of ridsOf(media)) {
        const missing = payloads.filter((payload) => !listed.has(payload));
        if (missing.length > 0)
          report(line, {
            claim: `Payload type ${missing.slice(0, 10).map(visible).join(', ')} is not in the m= line`,
            reason: 'A rid can be restricted to payload types of its own section only.',
            at: spanOf(line, missing[0]!),
            with: [media.mLine],
          });
      }
    }
  },
});

export const simulcastRids = check({
  id: 'simulcast-rid',
  severity: 'error',
  rfc: cite('RFC 8853', '5.1'),
  example: 'm=video 9 RTP/AVP 31\r\na=rid:a send\r\na=simulcast:send a;b\r\n',
  find: ({ description }, report) => {
    for (const media of description.media) {
      const rids = new Map(ridsOf(media).map((rid) => [rid.id, rid]));
      for (const line of media.attributes.get('simulcast') ?? []) checkStreams(line, { rids, report });
    }
  },
});

/** Of one line; looking for the place of thousands would take too long. */
const MOST = 20;

function checkStreams(
  line: SdpLine,
  { rids, report }: { rids: ReadonlyMap<string, RidLine>; report: Report },
): void {
  if (/(?:rid|pt|paused)=/.test(line.value)) return;
  let left = MOST;
  for (const { direction, streams } of parseSimulcast(line.value)) {
    for (const alternative of streams.flat()) {
      const id = alternative.replace(/^~/, '');
      const rid = rids.get(id);
      if (rid?.direction === direction) continue;
      left -= 1;
      if (left < 0) return;
      if (rid === undefined)
        report(line, {
          claim: `No a=rid line describes the encoding ${visible(id)}`,
          reason: 'Simulcast names encodings, and each has its own rid line.',
          at: spanOf(line, id),
        });
      else
        report(line, {
          claim: `The encoding ${visible(id)} is listed under ${visible(direction)}`,
          reason: `Its rid line describes it for ${visible(rid.direction)}.`,
          at: spanOf(line, id),
          with: [{ line: rid.line, at: spanOf(rid.line, rid.direction) }],
        });
    }
  }
}
