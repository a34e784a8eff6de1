/** Key tones have the clock of the sound that they stand in for: RFC 4733 section 2.1. */
import { cite } from '../../base/cite.ts';
import type { Codec } from '../structure.ts';
import { check } from './check.ts';
import { wordAt } from './span.ts';

const EVENTS = new Set(['telephone-event', 'tone']);
/** They carry no sound of their own. */
const HELPERS = new Set([...EVENTS, 'cn', 'red', 'rtx', 'ulpfec', 'flexfec', 'flexfec-03']);

const nameOf = ({ name }: Codec): string => name.toLowerCase();

export const eventClocks = check({
  id: 'telephone-event-clock',
  severity: 'warning',
  rfc: cite('RFC 4733', '2.1'),
  example: 'm=audio 9 RTP/AVP 96 97\r\na=rtpmap:96 G7221/16000\r\na=rtpmap:97 telephone-event/8000\r\n',
  find: ({ description }, report) => {
    for (const media of description.media) {
      if (media.kind !== 'audio') continue;
      const sounds = media.codecs.filter((codec) => !HELPERS.has(nameOf(codec)));
      // Firefox writes telephone-event/8000 beside Opus alone, and Chromium takes it.
      if (sounds.length === 0 || sounds.some((codec) => nameOf(codec) === 'opus')) continue;
      const rates = new Set(sounds.map(({ clockRate }) => clockRate));
      const events = media.codecs.filter((codec) => EVENTS.has(nameOf(codec)));
      // One that fits is enough: the others can not be chosen.
      if (events.some(({ clockRate }) => rates.has(clockRate))) continue;
      for (const codec of events) {
        if (codec.line === undefined) continue;
        report(codec.line, {
          claim: `No codec of the section counts ${codec.clockRate} times a second`,
          reason: `Key tones are sent in the stream of the sound and need its clock: telephone-event/${[...rates][0]!}.`,
          at: wordAt(codec.line, 1),
        });
      }
    }
  },
});
