/** The lines that every description has. RFC 8866 section 5. */
import { cite } from '../rfc-sections.ts';
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
      report(near, `the ${name} line (${type}=) is missing`, {
        severity: type === 't' ? whereBrowsersRead(facts) : 'error',
        ...(previous === undefined ? {} : { fix: addLineAfter(`Add "${text}"`, previous, text) }),
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
      report(
        media.mLine,
        'neither the session nor this section has connection data (c=); Firefox refuses this',
        {
          severity: media.port === 0 ? whereBrowsersRead(facts) : 'error',
          fix: addLineAfter('Add "c=IN IP4 0.0.0.0"', media.mLine, 'c=IN IP4 0.0.0.0'),
        },
      );
    }
  },
});
