/** The lines that name a session: v=, o=, s=, i=, u=, e=, p=. RFC 8866 sections 5.1 to 5.6. */
import { addressKind, describeAddress, isDigits, isToken, visible } from '../grammar.ts';
import type { Reader, Word } from '../reader.ts';
import { cite } from '../../base/cite.ts';
import { lineType } from './doc.ts';

const MAX_INT64 = 2n ** 63n - 1n;

export const version = lineType({
  name: 'v',
  level: 'session',
  rfc: cite('RFC 8866', '5.1'),
  example: 'v=0',
  explain: (reader) => {
    const { value } = reader;
    reader.token(
      value,
      'version',
      value.text === '0' ? 'version 0, the only one' : `"${visible(value.text)}": there is no such version`,
    );
    if (value.text !== '0') reader.error('the version is not 0', value, 'There is only version 0 of SDP.');
    return 'Here a session description begins; its format is SDP version 0.';
  },
});

export const origin = lineType({
  name: 'o',
  level: 'session',
  rfc: cite('RFC 8866', '5.2'),
  example: 'o=- 4962303333179871722 1 IN IP4 0.0.0.0',
  explain: (reader) => {
    const [user, id, revision, net, family, address, ...rest] = reader.words();
    reader.need(user, 'username', (name) =>
      name === '-' ? 'no user name is given' : `created by "${visible(name)}"`,
    );
    const session = number(reader, id, 'session id', (digits) => `the session is identified by ${digits}`);
    const version = number(
      reader,
      revision,
      'session version',
      (digits) => `version ${digits} of this session; it grows with each changed description`,
    );
    originAddress(reader, net, family, address);
    reader.surplus(rest);
    return `Who made this description: session ${session}, version ${version}.`;
  },
});

function number(
  reader: Reader,
  word: Word | undefined,
  role: string,
  explain: (digits: string) => string,
): string {
  const digits = reader.need(word, role, explain);
  if (word === undefined || digits === '') return '?';
  if (!isDigits(digits)) reader.error(`the ${role} "${visible(digits)}" is not a number`, word);
  else if (digits.length > 18 && BigInt(digits.slice(0, 40)) > MAX_INT64) {
    reader.info(
      `the ${role} does not fit into a signed 64-bit number`,
      word,
      'The grammar allows any digits, browsers make at most 63 bits.',
    );
  }
  return visible(digits);
}

function originAddress(
  reader: Reader,
  net: Word | undefined,
  family: Word | undefined,
  address: Word | undefined,
): void {
  netType(reader, net);
  const type = addressType(reader, family);
  const text = reader.need(address, 'address', describeAddress);
  if (address === undefined) return;
  const kind = addressKind(text);
  if (kind === undefined) reader.error(`"${visible(text)}" is neither an address nor a host name`, address);
  else if (kind === 'obfuscated') reader.masked(address);
  else if (disagree(type, kind)) reader.warn(`the address type ${type} does not fit ${text}`, address);
}

export function netType(reader: Reader, word: Word | undefined): void {
  const net = reader.need(word, 'network type', (text) =>
    text === 'IN' ? 'internet' : `"${visible(text)}": not the internet`,
  );
  if (word !== undefined && net !== 'IN') reader.error(`the network type "${visible(net)}" is not IN`, word);
}

export function addressType(reader: Reader, word: Word | undefined): string {
  const type = reader.need(word, 'address type', (text) =>
    text === 'IP4' ? 'IPv4' : text === 'IP6' ? 'IPv6' : `"${visible(text)}" is not an address type`,
  );
  if (word !== undefined && type !== 'IP4' && type !== 'IP6') {
    reader.error(`the address type "${visible(type)}" is neither IP4 nor IP6`, word);
  }
  return type;
}

/** Whether an address type and an address contradict each other; a host name fits both. */
export const disagree = (type: string, kind: string): boolean =>
  (type === 'IP4' && kind === 'IPv6') || (type === 'IP6' && kind === 'IPv4');

export const sessionName = lineType({
  name: 's',
  level: 'session',
  form: 'optional',
  rfc: cite('RFC 8866', '5.3'),
  example: 's=-',
  explain: (reader) => {
    const { value, line } = reader;
    if (line.value === '')
      reader.warn(
        'the session name is empty',
        reader.value,
        'Chromium refuses this; a description without a name writes "s=-".',
      );
    const name =
      value.text === '-' || value.text === ''
        ? 'The session has no name.'
        : `The session is named "${visible(value.text)}".`;
    if (value.text !== '')
      reader.token(
        value,
        'session name',
        value.text === '-' ? 'no name' : `the name "${visible(value.text)}"`,
      );
    return name;
  },
});

export const information = lineType({
  name: 'i',
  level: 'both',
  rfc: cite('RFC 8866', '5.4'),
  example: 'i=A seminar on the session description protocol',
  explain: (reader) => {
    reader.token(reader.value, 'information', `the text "${visible(reader.value.text)}"`);
    return 'A text for people about the session or the media.';
  },
});

export const uri = lineType({
  name: 'u',
  level: 'session',
  rfc: cite('RFC 8866', '5.5'),
  example: 'u=https://www.example.com/seminars/sdp.pdf',
  explain: (reader) => {
    const { value } = reader;
    reader.token(value, 'URI', `the address ${visible(value.text)}`);
    if (!/^[A-Za-z][A-Za-z0-9+.-]*:/.test(value.text))
      reader.warn('this is not an absolute URI', value, 'It begins with a scheme such as https.');
    return 'Where people can read more about the session.';
  },
});

export const email = lineType({
  name: 'e',
  level: 'session',
  rfc: cite('RFC 8866', '5.6'),
  example: 'e=j.doe@example.com (Jane Doe)',
  explain: (reader) => {
    const { value } = reader;
    reader.token(value, 'email', `the address ${visible(value.text)}`);
    if (!value.text.includes('@'))
      reader.warn('this is not an email address', value, 'An email address has an "@".');
    return 'The email address of whoever is responsible for the session.';
  },
});

export const phone = lineType({
  name: 'p',
  level: 'session',
  rfc: cite('RFC 8866', '5.6'),
  example: 'p=+1 617 555-6011',
  explain: (reader) => {
    const { value } = reader;
    reader.token(value, 'phone', `the number ${visible(value.text)}`);
    if (!/[0-9]/.test(value.text))
      reader.warn('this is not a phone number', value, 'A phone number has digits.');
    return 'The phone number of whoever is responsible for the session.';
  },
});

/** Notes a value that should be a token of RFC 8866 section 9 and is none. */
export function checkToken(reader: Reader, word: Word | undefined, role: string): void {
  if (word !== undefined && !isToken(word.text)) {
    reader.breaks(`the ${role} "${visible(word.text)}" has characters that are not allowed in it`, word);
  }
}
