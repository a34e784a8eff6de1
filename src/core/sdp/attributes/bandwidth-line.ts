/** b=: the bandwidth that is meant to be used. RFC 8866 section 5.8, RFC 3556 (RS, RR), RFC 3890 (TIAS). */
import { integerIn, visible } from '../grammar.ts';
import { cite, type Cite } from '../../base/cite.ts';
import { lineType } from './doc.ts';

const TYPES: ReadonlyMap<string, { readonly unit: string; readonly meaning: string }> = new Map([
  ['AS', { unit: 'kbit/s', meaning: 'at most this much for the media, RTP and IP headers counted' }],
  ['CT', { unit: 'kbit/s', meaning: 'at most this much for all media of the conference together' }],
  [
    'TIAS',
    { unit: 'bit/s', meaning: 'at most this much for the media, without the headers of the transport' },
  ],
  ['RS', { unit: 'bit/s', meaning: 'for the RTCP reports of senders' }],
  ['RR', { unit: 'bit/s', meaning: 'for the RTCP reports of receivers' }],
]);

/** AS and CT are of the line itself. */
const SOURCES: ReadonlyMap<string, Cite> = new Map([
  ['TIAS', cite('RFC 3890', '6.2')],
  ['RS', cite('RFC 3556', '2')],
  ['RR', cite('RFC 3556', '2')],
]);

export const bandwidth = lineType({
  name: 'b',
  level: 'both',
  rfc: cite('RFC 8866', '5.8'),
  example: 'b=AS:256',
  explain: (reader) => {
    const [type, amount, ...rest] = reader.split(reader.value, ':');
    const known = TYPES.get(type!.text);
    reader.source = SOURCES.get(type!.text);
    reader.token(
      type!,
      'bandwidth type',
      known?.meaning ?? `the type "${visible(type!.text)}", not a registered one`,
    );
    if (known === undefined)
      reader.info(
        `the bandwidth type "${visible(type!.text)}" is not registered`,
        type,
        'Receivers ignore it.',
      );
    if (amount === undefined || rest.length > 0) {
      reader.error('this is not a bandwidth', reader.value, 'A bandwidth is written <type>:<number>.');
      return 'A bandwidth that can not be read.';
    }
    const unit = known?.unit ?? 'kbit/s';
    reader.token(amount, 'bandwidth', amountInWords(amount.text, unit));
    if (amount.text === '-1')
      reader.warn(
        '-1 is not a bandwidth',
        amount,
        'It is meant as "no limit"; the grammar allows digits only, and browsers refuse it.',
      );
    else if (integerIn(amount.text, 0, Infinity) === undefined)
      reader.error(`"${visible(amount.text)}" is not a number`, amount);
    else if (Number(amount.text) > 2147483647)
      reader.warn('the bandwidth is too large', amount, 'Browsers read at most 2147483647.');
    return `A limit for the bandwidth: ${visible(amount.text)} ${unit}.`;
  },
});

function amountInWords(text: string, unit: string): string {
  if (text === '-1') return 'no limit';
  return integerIn(text, 0, Infinity) === undefined
    ? `"${visible(text)}" is not a number`
    : `${text} ${unit}`;
}
