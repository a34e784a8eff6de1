/** Groups of RTP sources and the sources that they name. RFC 5576. */
import { visible } from '../grammar.ts';
import { cite } from '../../base/cite.ts';
import { splitFirst } from '../values.ts';
import { check } from './check.ts';
import { nameSpan, wordsOf } from './span.ts';

export const ssrcGroupMembers = check({
  id: 'ssrc-group-member',
  severity: 'warning',
  rfc: cite('RFC 5576', '4.2'),
  example: 'm=video 9 RTP/AVP 31\r\na=ssrc-group:FID 1 2\r\na=ssrc:1 cname:x\r\n',
  find: ({ description }, report) => {
    for (const media of description.media) {
      const known = new Set((media.attributes.get('ssrc') ?? []).map((line) => splitFirst(line.value)[0]));
      if (known.size === 0) continue;
      for (const line of media.attributes.get('ssrc-group') ?? []) {
        const missing = wordsOf(line)
          .slice(1)
          .filter(({ text }) => !known.has(text));
        if (missing.length > 0)
          report(line, {
            claim: `No a=ssrc line describes ${missing
              .slice(0, 10)
              .map(({ text }) => visible(text))
              .join(', ')}`,
            reason: 'A source is described where its group is.',
            at: missing[0],
          });
      }
    }
  },
});

export const sdesKeys = check({
  id: 'sdes',
  severity: 'warning',
  rfc: cite('RFC 8827', '6.5'),
  example:
    'm=audio 9 RTP/SAVPF 0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz\r\n',
  find: ({ description }, report) => {
    for (const media of description.media) {
      const [line] = media.attributes.get('crypto') ?? [];
      if (line !== undefined)
        report(line, {
          claim: 'The keys stand in the description (SDES)',
          reason: 'Browsers do not accept them; they agree on keys with DTLS.',
          at: nameSpan(line),
        });
    }
  },
});
