/** RTCP on the port of RTP. RFC 8858, RFC 9429. */
import { cite } from '../../base/cite.ts';
import { addLineAfter, check } from './check.ts';
import { nameSpan } from './span.ts';

export const muxOnly = check({
  id: 'rtcp-mux-only',
  severity: 'error',
  rfc: cite('RFC 8858', '3'),
  example: 'm=audio 9 RTP/AVP 0\r\na=rtcp-mux-only\r\n',
  find: ({ description }, report) => {
    for (const media of description.media) {
      const [line] = media.attributes.get('rtcp-mux-only') ?? [];
      if (line === undefined || media.attributes.has('rtcp-mux')) continue;
      report(line, {
        claim: 'rtcp-mux-only stands without rtcp-mux',
        reason: 'Both must be there, so that older readers understand it; Firefox refuses one alone.',
        at: nameSpan(line),
        fix: addLineAfter('Add rtcp-mux', line, 'a=rtcp-mux'),
      });
    }
  },
});

export const muxMissing = check({
  id: 'rtcp-mux-missing',
  severity: 'warning',
  rfc: cite('RFC 9429', '5.2.1'),
  example: 'm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=setup:actpass\r\n',
  find: ({ description, complete }, report) => {
    const bundled = new Set(description.groups.flatMap((group) => group.ids));
    for (const media of description.media) {
      if (
        (!complete && media.lines.length < 2) ||
        media.port === 0 ||
        !/TLS\/RTP/i.test(media.protocol) ||
        media.attributes.has('rtcp-mux')
      )
        continue;
      if (media.mid !== undefined && bundled.has(media.mid)) continue;
      report(media.mLine, {
        claim: 'The section has no rtcp-mux',
        reason: 'Browsers with their default settings refuse separate ports for RTP and RTCP.',
        fix: addLineAfter('Add rtcp-mux', media.lines.at(-1)!, 'a=rtcp-mux'),
      });
    }
  },
});
