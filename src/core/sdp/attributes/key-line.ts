/** k=: an encryption key in the clear. Obsolete: RFC 8866 section 5.12. */
import { visible } from '../grammar.ts';
import { cite } from '../../base/cite.ts';
import { lineType } from './doc.ts';

export const key = lineType({
  name: 'k',
  level: 'both',
  rfc: cite('RFC 8866', '5.12'),
  example: 'k=prompt',
  explain: (reader) => {
    const { value } = reader;
    reader.token(value, 'key', `the method ${visible(value.text.split(':', 1)[0] ?? '')}`);
    reader.warn('k= must not be used any more', value, 'It is obsolete; a receiver discards it.');
    return 'A key for the media, sent in the clear. Nobody may send this any more.';
  },
});
