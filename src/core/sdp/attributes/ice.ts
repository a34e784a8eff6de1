/** The attributes of ICE other than candidates: RFC 8839 sections 5.2 to 5.6, RFC 8840 section 8. */
import { addressKind, describeAddress, integerIn, isIceChars, visible } from '../grammar.ts';
import { PORT, type Reader } from '../reader.ts';
import { cite } from '../../base/cite.ts';
import { attribute, flag } from './doc.ts';

export const iceUfrag = attribute({
  name: 'ice-ufrag',
  level: 'both',
  single: true,
  rfc: cite('RFC 8839', '5.4'),
  example: 'a=ice-ufrag:8hhY',
  explain: (reader) => {
    credential(reader, 'user name fragment', 4);
    return 'Half of the user name in each connectivity check; with a new one, ICE starts again.';
  },
});

export const icePwd = attribute({
  name: 'ice-pwd',
  level: 'both',
  single: true,
  rfc: cite('RFC 8839', '5.4'),
  example: 'a=ice-pwd:asd88fgpdd777uzjYhagZg',
  explain: (reader) => {
    credential(reader, 'password', 22);
    return 'The password that connectivity checks to this side are signed with.';
  },
});

/** The least lengths stand for 24 and 128 random bits. */
function credential(reader: Reader, role: string, least: number): void {
  const { value } = reader;
  reader.token(value, role, `the ${role} ${visible(value.text)}, ${value.text.length} characters`);
  const says = `the ${role} has characters other than letters, digits, "+" and "/"`;
  const urlSafe = isIceChars(value.text.replace(/[-_=]/g, ''));
  if (!isIceChars(value.text) && urlSafe)
    reader.warn(says, value, 'Browsers take "-", "_" and "=" all the same.');
  else if (!isIceChars(value.text)) reader.error(says, value);
  else if (value.text.length < least || value.text.length > 256) {
    reader.error(`the ${role} has ${value.text.length} characters`, value, `It has ${least} to 256.`);
  }
}

const OPTIONS: ReadonlyMap<string, string> = new Map([
  ['trickle', 'candidates may follow later, one by one (RFC 8838)'],
  ['ice2', 'ICE as in RFC 8445, not the older RFC 5245'],
  ['renomination', 'the selected pair may be changed later (a draft; libwebrtc)'],
  ['rtp+ecn', 'explicit congestion notification can be tested (RFC 6679)'],
  ['google-ice', "Google's ICE from before RFC 5245"],
]);

export const iceOptions = attribute({
  name: 'ice-options',
  level: 'both',
  single: true,
  rfc: cite('RFC 8839', '5.6'),
  example: 'a=ice-options:trickle ice2',
  explain: (reader) => {
    const words = reader.words();
    for (const word of words) {
      reader.token(
        word,
        'ICE option',
        OPTIONS.get(word.text) ?? `the option ${visible(word.text)}, not a registered one`,
      );
      if (!isIceChars(word.text))
        reader.warn(
          `the option "${visible(word.text)}" has characters other than letters, digits, "+" and "/"`,
          word,
        );
    }
    const trickle = words.some((word) => word.text === 'trickle');
    return trickle
      ? 'What this ICE agent can do: candidates may still come after this description.'
      : 'What this ICE agent can do.';
  },
});

export const icePacing = attribute({
  name: 'ice-pacing',
  level: 'session',
  single: true,
  rfc: cite('RFC 8839', '5.5'),
  example: 'a=ice-pacing:50',
  explain: (reader) => {
    const [word, ...rest] = reader.words();
    reader.integer(word, 'pacing', { min: 0, max: 9999999999 }, (ms) => `one check each ${ms} ms`);
    reader.surplus(rest);
    return 'How fast connectivity checks may follow each other; the slower side decides.';
  },
});

export const iceLite = flag({
  name: 'ice-lite',
  level: 'session',
  rfc: cite('RFC 8839', '5.3'),
  example: 'a=ice-lite',
  says: 'This side only answers checks, as a server with a public address does; the other side controls.',
});

export const iceMismatch = flag({
  name: 'ice-mismatch',
  rfc: cite('RFC 8839', '5.3'),
  example: 'a=ice-mismatch',
  says: 'The default address of the offer was none of its candidates: something on the way changed it, so ICE is not used.',
});

export const endOfCandidates = flag({
  name: 'end-of-candidates',
  level: 'both',
  rfc: cite('RFC 8840', '8.1'),
  example: 'a=end-of-candidates',
  says: 'No more candidates will follow for this section.',
});

export const remoteCandidates = attribute({
  name: 'remote-candidates',
  single: true,
  rfc: cite('RFC 8839', '5.2'),
  example: 'a=remote-candidates:1 192.0.2.3 45664',
  explain: (reader) => {
    const words = reader.words();
    for (let i = 0; i < words.length; i += 3) readRemote(reader, words.slice(i, i + 3));
    return 'Which candidates of the other side the controlling agent has selected.';
  },
});

function readRemote(reader: Reader, [component, address, port]: ReturnType<Reader['words']>): void {
  reader.integer(component, 'component', { min: 0, max: 256 }, (n) => `component ${n}`);
  if (component !== undefined && integerIn(component.text, 1, 256) === undefined)
    reader.warn('the component is not a number from 1 to 256', component);
  const text = reader.need(address, 'address', describeAddress);
  if (text !== '' && addressKind(text) === undefined)
    reader.error(`"${visible(text)}" is neither an address nor a host name`, address);
  reader.integer(port, 'port', PORT, (n) => `port ${n}`);
}
