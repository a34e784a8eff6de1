/** The lines that every description has. RFC 8866 section 5. */
import { cite } from '../../base/cite.ts';
import type { SdpLine } from '../lines.ts';
import type { MediaSection } from '../structure.ts';
import { addLineAfter, check, whereBrowsersRead } from './check.ts';

const REQUIRED = [
  { type: 'v', name: 'version', text: 'v=0' },
  { type: 'o', name: 'origin', text: 'o=- 0 0 IN IP4 0.0.0.0' },
  { type: 's', name: 'session name', text: 's=-' },
  { type: 't', name: 'time', text: 't=0 0' },
] as const;

export const requiredLines = check({
  id: 'required-lines',
  severity: 'error',
  rfc: cite('RFC 8866', '5'),
  example: 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\nt=0 0\r\n',
  find: (facts, report) => {
    const { description } = facts;
    if (!facts.complete) return;
    const { lines } = description.session;
    const types = new Set(lines.map((line) => line.type));
    REQUIRED.forEach(({ type, name, text }, index) => {
      if (types.has(type)) return;
      const before = REQUIRED.slice(0, index).map((entry) => entry.type as string);
      const previous = lines.findLast((line) => before.includes(line.type));
      const near = previous ?? description.lines[0];
      if (near === undefined) return;
      report(near, {
        claim: `The ${name} line (${type}=) is missing`,
        reason: `Every description has one; where there is nothing to say it is ${text}.`,
        severity: type === 't' ? whereBrowsersRead(facts) : 'error',
        ...(previous === undefined ? {} : { fix: addLineAfter(`Add ${text}`, previous, text) }),
      });
    });
  },
});

export const connectionData = check({
  id: 'connection-data',
  severity: 'error',
  rfc: cite('RFC 8866', '5.7'),
  example: 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n',
  find: (facts, report) => {
    const { description } = facts;
    if (!facts.complete || description.session.lines.some((line) => line.type === 'c')) return;
    for (const media of description.media) {
      if (media.lines.some((line) => line.type === 'c')) continue;
      report(media.mLine, {
        claim: 'The section has no connection data (c=)',
        reason: 'The session part has none either, so no address is known; Firefox refuses this.',
        severity: media.port === 0 ? whereBrowsersRead(facts) : 'error',
        fix: addLineAfter('Add c=IN IP4 0.0.0.0', afterTitle(media), 'c=IN IP4 0.0.0.0'),
      });
    }
  },
});

/** c= follows m= and i=. */
const afterTitle = (media: MediaSection): SdpLine =>
  media.lines[1]?.type === 'i' ? media.lines[1] : media.mLine;
