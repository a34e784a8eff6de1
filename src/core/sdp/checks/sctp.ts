/** Data channels: one way to say the port, and the port itself. RFC 8841. */
import { cite } from '../../base/cite.ts';
import { addLineAfter, check, removeLine } from './check.ts';
import { nameSpan } from './span.ts';

export const sctpTwice = check({
  id: 'sctp-port-and-map',
  severity: 'error',
  rfc: cite('RFC 8841', '5'),
  example: 'm=application 9 DTLS/SCTP 5000\r\na=sctpmap:5000 webrtc-datachannel 256\r\na=sctp-port:5000\r\n',
  find: ({ description }, report) => {
    for (const media of description.media) {
      const [port] = media.attributes.get('sctp-port') ?? [];
      const [map] = media.attributes.get('sctpmap') ?? [];
      if (port !== undefined && map !== undefined)
        report(map, {
          claim: 'sctpmap and sctp-port stand in one section',
          reason: 'sctpmap is the older form of sctp-port; only one of them may be there.',
          at: nameSpan(map),
          with: [{ line: port, at: nameSpan(port) }],
          fix: removeLine('Take out sctpmap', map),
        });
    }
  },
});

export const sctpPortMissing = check({
  id: 'sctp-port-missing',
  severity: 'warning',
  rfc: cite('RFC 8841', '5'),
  example: 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:0\r\n',
  find: ({ description, complete }, report) => {
    for (const media of description.media) {
      if (
        !media.sctp ||
        media.port === 0 ||
        (!complete && media.lines.length < 2) ||
        media.formats[0] !== 'webrtc-datachannel'
      )
        continue;
      if (media.attributes.has('sctp-port') || media.attributes.has('sctpmap')) continue;
      report(media.mLine, {
        claim: 'The section has no sctp-port',
        reason: 'The section is invalid without one. Chromium takes 5000; Firefox refuses such an answer.',
        fix: addLineAfter('Add sctp-port 5000', media.lines.at(-1)!, 'a=sctp-port:5000'),
      });
    }
  },
});
