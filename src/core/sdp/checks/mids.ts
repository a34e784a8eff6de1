/** Names of media sections: unique, and present where others rely on them. RFC 5888, RFC 9143, RFC 9429. */
import { visible } from '../grammar.ts';
import type { SdpLine } from '../lines.ts';
import { cite } from '../../base/cite.ts';
import { addLineAfter, check } from './check.ts';
import { valueSpan } from './span.ts';

export const duplicateMid = check({
  id: 'mid-unique',
  severity: 'error',
  rfc: cite('RFC 5888', '4'),
  example: 'm=audio 9 RTP/AVP 0\r\na=mid:0\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\n',
  find: ({ description }, report) => {
    const first = new Map<string, SdpLine>();
    for (const media of description.media) {
      const line = media.attributes.get('mid')?.[0];
      if (line === undefined || media.mid === undefined) continue;
      const earlier = first.get(media.mid);
      if (earlier === undefined) first.set(media.mid, line);
      else
        report(line, {
          claim: `The mid ${visible(media.mid)} is taken`,
          reason: `Line ${earlier.number} gives it to another section; nobody could tell them apart.`,
          at: valueSpan(line),
          with: [{ line: earlier, at: valueSpan(earlier) }],
        });
    }
  },
});

export const missingMid = check({
  id: 'mid-missing',
  severity: 'warning',
  rfc: cite('RFC 9429', '5.2.1'),
  example: 'm=audio 9 RTP/AVP 0\r\na=mid:0\r\nm=audio 9 RTP/AVP 0\r\n',
  find: ({ description }, report) => {
    const used = new Set(description.media.flatMap((media) => media.mid ?? []));
    if (used.size === 0) return;
    for (const media of description.media) {
      if (media.mid !== undefined) continue;
      const name = freeName(used, media.index);
      used.add(name);
      report(media.mLine, {
        claim: 'The section has no mid, though others have one',
        reason: 'Candidates and BUNDLE groups name sections by their mid.',
        fix: addLineAfter(`Add mid ${name}`, media.lines.at(-1)!, `a=mid:${name}`),
      });
    }
  },
});

function freeName(used: ReadonlySet<string>, from: number): string {
  let name = from;
  while (used.has(String(name))) name += 1;
  return String(name);
}
