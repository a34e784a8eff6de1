/** Characters that can not be seen, or that turn the direction of reading: they come with copying and break parsers. */
import { isPlain, visible } from '../grammar.ts';
import { cite } from '../../base/cite.ts';
import { check, replaceLine } from './check.ts';

const BREAKING = /[\u0000\u00a0\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
const DOUBTFUL = /[\u0001-\u001f\u007f-\u009f\ufffd]/;
const CHANGES = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
const ANY = new RegExp(`${BREAKING.source}|${DOUBTFUL.source}`);
const TEXTS = new Set(['s', 'i', 'e', 'p']);

export const invisible = check({
  id: 'invisible-characters',
  severity: 'error',
  rfc: cite('RFC 8866', '9'),
  example: 'a=mid:\u200b0\r\n',
  find: ({ lines }, report) => {
    for (const line of lines) {
      if (isPlain(line.raw)) continue;
      const breaking = BREAKING.test(line.raw) && !TEXTS.has(line.type);
      if (!breaking && !BREAKING.test(line.raw) && !DOUBTFUL.test(line.raw)) continue;
      const clean = line.raw.replace(CHANGES, '').replace(/\u00a0/g, ' ');
      const at = line.raw.search(breaking ? BREAKING : ANY);
      report(line, {
        claim: 'The line has characters that can not be seen',
        reason: `It is really ${visible(line.raw.slice(0, 80))}`,
        at: { start: at, end: at + 1 },
        severity: breaking ? 'error' : 'warning',
        fix: replaceLine('Remove them', line, clean),
      });
    }
  },
});
