/** a=crypto: SRTP keys in the description itself. RFC 4568. WebRTC forbids it (RFC 8827). */
import { integerIn, isDigits, visible } from '../grammar.ts';
import type { Reader, Word } from '../reader.ts';
import { cite } from '../rfc-sections.ts';
import { attribute } from './doc.ts';

export const crypto = attribute({
  name: 'crypto',
  rfc: cite('RFC 4568', '9.1'),
  example: 'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4',
  explain: (reader) => {
    const [tag, suite, ...rest] = reader.words();
    const number = reader.need(
      tag,
      'tag',
      (text) => `offer number ${visible(text)}; the answer repeats the chosen number`,
    );
    if (tag !== undefined && (!isDigits(number) || number.length > 9))
      reader.error(`the tag "${visible(number)}" is not a number`, tag);
    const name = reader.need(suite, 'crypto suite', (text) => `the cipher suite ${visible(text)}`);
    if (suite !== undefined && !/^[A-Za-z0-9_]+$/.test(name))
      reader.error(`"${visible(name)}" is not the name of a cipher suite`, suite);
    if (rest.length === 0) reader.error('the key is missing');
    rest.forEach((word, index) => readParameter(reader, word, index));
    return 'An SRTP key, readable by everybody who sees this description (SDES). Browsers do not accept it any more.';
  },
});

function readParameter(reader: Reader, word: Word, index: number): void {
  if (index > 0) {
    reader.token(word, 'session parameter', `the parameter ${visible(word.text)}`);
    return;
  }
  for (const key of reader.split(word, ';')) readKey(reader, key);
}

function readKey(reader: Reader, word: Word): void {
  const [material, ...extras] = reader.split(word, '|');
  reader.token(material!, 'key', 'the master key and salt, in base64');
  if (!material!.text.startsWith('inline:'))
    reader.error(
      'the key does not begin with "inline:"',
      material,
      'No other way to give the key is defined.',
    );
  for (const extra of extras) reader.token(extra, 'key parameter', keyParameter(extra.text));
}

function keyParameter(text: string): string {
  const power = /^2\^([0-9]+)$/.exec(text)?.[1];
  if (power !== undefined) return `the key is used for at most 2^${power} packets`;
  const [mki, length] = text.split(':');
  if (length !== undefined && integerIn(length, 1, 128) !== undefined)
    return `key identifier ${visible(mki ?? '')}, ${length} bytes in each packet`;
  return `the key is used for at most ${visible(text)} packets`;
}
