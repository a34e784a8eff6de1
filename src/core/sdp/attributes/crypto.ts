/** a=crypto: SRTP keys in the description itself. RFC 4568. WebRTC forbids it (RFC 8827). */
import { decodeBase64 } from '../../base/base64.ts';
import { integerIn, isDigits, visible } from '../grammar.ts';
import type { Reader, Word } from '../reader.ts';
import { cite } from '../../base/cite.ts';
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
    const name = reader.need(
      suite,
      'crypto suite',
      (text) => SUITES.get(text)?.words ?? `the cipher suite ${visible(text)}, not a registered one`,
    );
    if (suite !== undefined && !/^[A-Za-z0-9_]+$/.test(name))
      reader.error(`"${visible(name)}" is not the name of a cipher suite`, suite);
    if (rest.length === 0) reader.error('the key is missing');
    rest.forEach((word, index) => {
      if (index > 0) readSessionParameter(reader, word);
      else for (const key of reader.split(word, ';')) readKey(reader, key, SUITES.get(name)?.bytes);
    });
    return 'An SRTP key, readable by everybody who sees this description (SDES). Browsers do not accept it any more.';
  },
});

interface Suite {
  readonly words: string;
  /** Of the master key and the master salt together. */
  readonly bytes: number;
}

const suite = (words: string, bytes: number): Suite => ({ words, bytes });

/** Registered with IANA: RFC 4568 section 6.2, RFC 6188, RFC 7714. */
const SUITES: ReadonlyMap<string, Suite> = new Map([
  ['AES_CM_128_HMAC_SHA1_80', suite('AES with 128 bits, each packet signed with 80 bits', 30)],
  ['AES_CM_128_HMAC_SHA1_32', suite('AES with 128 bits, each packet signed with 32 bits', 30)],
  ['F8_128_HMAC_SHA1_80', suite('AES in f8 mode with 128 bits, each packet signed with 80 bits', 30)],
  ['AES_192_CM_HMAC_SHA1_80', suite('AES with 192 bits, each packet signed with 80 bits', 38)],
  ['AES_192_CM_HMAC_SHA1_32', suite('AES with 192 bits, each packet signed with 32 bits', 38)],
  ['AES_256_CM_HMAC_SHA1_80', suite('AES with 256 bits, each packet signed with 80 bits', 46)],
  ['AES_256_CM_HMAC_SHA1_32', suite('AES with 256 bits, each packet signed with 32 bits', 46)],
  ['AEAD_AES_128_GCM', suite('AES-GCM with 128 bits, which encrypts and signs in one', 28)],
  ['AEAD_AES_256_GCM', suite('AES-GCM with 256 bits, which encrypts and signs in one', 44)],
]);

/** RFC 4568 section 6.3. */
const SESSION_PARAMETERS: ReadonlyMap<string, (value: string) => string> = new Map<
  string,
  (value: string) => string
>([
  ['KDR', (value) => `new session keys are derived each 2^${value} packets`],
  ['UNENCRYPTED_SRTP', () => 'RTP packets are not encrypted'],
  ['UNENCRYPTED_SRTCP', () => 'RTCP packets are not encrypted'],
  ['UNAUTHENTICATED_SRTP', () => 'RTP packets are not signed'],
  [
    'FEC_ORDER',
    (value) =>
      value === 'FEC_SRTP'
        ? 'the sender makes the error correction first and encrypts then'
        : 'the sender encrypts first and makes the error correction then',
  ],
  ['FEC_KEY', () => 'a key of its own for the error correction'],
  ['WSH', (value) => `packets may come up to ${value} late and are still checked against replay`],
]);

function readSessionParameter(reader: Reader, word: Word): void {
  const [name = '', ...rest] = word.text.split('=');
  const words = SESSION_PARAMETERS.get(name)?.(visible(rest.join('=')));
  reader.token(word, 'session parameter', words ?? `the parameter ${visible(word.text)}`);
}

function readKey(reader: Reader, word: Word, wanted: number | undefined): void {
  const [material, ...extras] = reader.split(word, '|');
  const inline = material!.text.startsWith('inline:');
  const bytes = inline ? decodeBase64(material!.text.slice(7))?.length : undefined;
  const length = bytes === undefined ? '' : `${byteCount(bytes)}, `;
  reader.token(material!, 'key', `the master key and salt, ${length}in base64`);
  if (!inline)
    reader.error(
      'the key does not begin with "inline:"',
      material,
      'No other way to give the key is defined.',
    );
  if (bytes !== undefined && wanted !== undefined && bytes !== wanted)
    reader.warn(
      `the key has ${bytes} bytes`,
      material,
      `Key and salt of this cipher suite have ${wanted} bytes together.`,
    );
  for (const extra of extras) reader.token(extra, 'key parameter', keyParameter(extra.text));
}

function keyParameter(text: string): string {
  const power = /^2\^([0-9]+)$/.exec(text)?.[1];
  if (power !== undefined) return `the key is used for at most 2^${power} packets`;
  const [mki, length] = text.split(':');
  if (length !== undefined && integerIn(length, 1, 128) !== undefined)
    return `key identifier ${visible(mki ?? '')}, ${byteCount(Number(length))} in each packet`;
  return `the key is used for at most ${visible(text)} packets`;
}

const byteCount = (count: number): string => (count === 1 ? '1 byte' : `${count} bytes`);
