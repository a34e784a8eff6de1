/** Attributes of media sections in the session part, and the other way round. */
import { cite } from '../../base/rfc-sections.ts';
import { check, whereBrowsersRead } from './check.ts';
import { nameSpan } from './span.ts';

/** Mozilla's parser webrtc-sdp refuses a description with one of these in the session part. */
const REFUSED_IN_SESSION = new Set([
  'bundle-only', 'candidate', 'fmtp', 'framerate', 'ice-mismatch', 'imageattr', 'label', 'max-message-size', 'maxptime', 'mid',
  'msid', 'ptime', 'rid', 'remote-candidates', 'rtpmap', 'rtcp', 'rtcp-fb', 'rtcp-mux', 'rtcp-mux-only', 'rtcp-rsize', 'sctpmap',
  'sctp-port', 'simulcast', 'ssrc', 'ssrc-group',
]); // prettier-ignore

/** The same parser refuses a description with one of these in a media section. */
const REFUSED_IN_MEDIA = new Set([
  'dtls-message',
  'group',
  'ice-lite',
  'ice-pacing',
  'identity',
  'msid-semantic',
]);

export const level = check({
  id: 'level',
  severity: 'error',
  rfc: cite('RFC 8866', '5.13'),
  example: 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=mid:0\r\n',
  find: (facts, report) => {
    const { lines, readings, complete } = facts;
    lines.forEach((line, index) => {
      const { doc, rfc } = readings[index]!;
      if (line.type !== 'a' || doc === undefined || doc.level === 'both') return;
      const inSession = line.section < 0;
      if (inSession === (doc.level === 'session') || (inSession && !complete)) return;
      const refused = (inSession ? REFUSED_IN_SESSION : REFUSED_IN_MEDIA).has(line.name);
      report(line, {
        claim: `a=${line.name} stands in ${inSession ? 'the session part' : 'a media section'}`,
        reason: `It belongs into ${inSession ? 'a media section' : 'the session part'}${refused ? '; Firefox refuses it here' : ', and means nothing here'}.`,
        at: nameSpan(line),
        severity: refused ? whereBrowsersRead(facts) : 'warning',
        rfc,
      });
    });
  },
});
