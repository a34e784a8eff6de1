/** DTLS: who calls, and whose certificate it must be. RFC 8122, RFC 4145, RFC 8842. */
import { isAlphanumeric, visible } from '../grammar.ts';
import type { Reader, Word } from '../reader.ts';
import { cite } from '../../base/cite.ts';
import { attribute } from './doc.ts';

/** Bytes of each hash function of RFC 8122 section 5. */
export const hashLengths: ReadonlyMap<string, number> = new Map([
  ['sha-1', 20],
  ['sha-224', 28],
  ['sha-256', 32],
  ['sha-384', 48],
  ['sha-512', 64],
  ['md5', 16],
  ['md2', 16],
]);

export const fingerprint = attribute({
  name: 'fingerprint',
  level: 'both',
  rfc: cite('RFC 8122', '5'),
  example:
    'a=fingerprint:sha-256 5C:6D:1F:6A:0E:0B:52:C4:41:9E:3E:4B:2A:90:0D:17:9F:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF',
  explain: (reader) => {
    const [hash, digest, ...rest] = reader.words();
    const name = reader.need(hash, 'hash function', (text) => `hashed with ${visible(text.toUpperCase())}`);
    readHash(reader, name.toLowerCase(), hash);
    const bytes = reader.need(digest, 'fingerprint', (text) => `${text.split(':').length} bytes of hash`);
    if (digest !== undefined)
      readDigest(reader, { bytes, expected: hashLengths.get(name.toLowerCase()), digest });
    reader.surplus(rest);
    return 'The hash of the certificate that this side will show in the DTLS handshake: only its owner can take the call.';
  },
});

function readHash(reader: Reader, name: string, word: Word | undefined): void {
  if (word === undefined) return;
  if (!hashLengths.has(name))
    reader.error(
      `"${visible(name)}" is not a hash function for fingerprints`,
      word,
      'It is sha-256, sha-384, sha-512, sha-224 or sha-1.',
    );
  if (name === 'md5' || name === 'md2')
    reader.error(
      `${name} must not be used any more`,
      word,
      'It can be forged; SHA-256 is what implementations send.',
    );
  if (name === 'sha-1') reader.info('SHA-1 is weak', word, 'SHA-256 is what implementations send today.');
}

const UPPER_HEX = /^[0-9A-F]{2}$/;
const ANY_HEX = /^[0-9A-Fa-f]{2}$/;

function readDigest(reader: Reader, d: { bytes: string; expected: number | undefined; digest: Word }): void {
  const pieces = reader.split(d.digest, ':');
  const bad = pieces.find((piece) => !ANY_HEX.test(piece.text));
  if (bad !== undefined) {
    reader.error(
      `"${visible(bad.text.slice(0, 40))}" is not a byte in two hexadecimal digits`,
      bad.text === '' ? d.digest : bad,
    );
    return;
  }
  if (d.expected !== undefined && pieces.length !== d.expected) {
    reader.error(
      `the fingerprint has ${pieces.length} bytes`,
      d.digest,
      `This hash function makes ${d.expected}.`,
    );
  }
  if (pieces.some((piece) => !UPPER_HEX.test(piece.text))) {
    reader.note('warning', {
      claim: 'the hexadecimal digits are not in capitals',
      reason: 'The grammar wants A to F; Firefox refuses others.',
      start: d.digest.start,
      end: d.digest.end,
      replacement: d.bytes.toUpperCase(),
    });
  }
}

const ROLES: ReadonlyMap<string, string> = new Map([
  ['active', 'active: this side opens the connection; for DTLS, it is the client'],
  ['passive', 'passive: this side waits; for DTLS, it is the server'],
  ['actpass', 'actpass: either; the answerer chooses'],
  ['holdconn', 'holdconn: no connection for now'],
]);

export const setup = attribute({
  name: 'setup',
  level: 'both',
  single: true,
  rfc: cite('RFC 4145', '4'),
  example: 'a=setup:actpass',
  explain: (reader) => {
    const [role, ...rest] = reader.words();
    const name = reader.need(role, 'role', (text) => ROLES.get(text) ?? `"${visible(text)}" is not a role`);
    if (!ROLES.has(name))
      reader.error(`"${visible(name)}" is not a role`, role, 'It is active, passive, actpass or holdconn.');
    reader.surplus(rest);
    return 'Who begins the handshake: the active side calls, the passive side waits.';
  },
});

const CONNECTION: ReadonlyMap<string, string> = new Map([
  ['new', 'a new connection is made'],
  ['existing', 'the connection that is there is used again'],
]);

export const connectionAttribute = attribute({
  name: 'connection',
  level: 'both',
  single: true,
  rfc: cite('RFC 4145', '5'),
  example: 'a=connection:new',
  explain: (reader) => {
    const [word, ...rest] = reader.words();
    const name = reader.need(
      word,
      'connection',
      (text) => CONNECTION.get(text) ?? `"${visible(text)}" is neither new nor existing`,
    );
    if (!CONNECTION.has(name)) reader.error(`"${visible(name)}" is neither new nor existing`, word);
    reader.surplus(rest);
    return 'Whether a new transport connection is made or the existing one is used again.';
  },
});

export const tlsId = attribute({
  name: 'tls-id',
  level: 'both',
  single: true,
  rfc: cite('RFC 8842', '4'),
  example: 'a=tls-id:abc3de65cddef001be82',
  explain: (reader) => {
    const { value } = reader;
    reader.token(value, 'tls-id', `the DTLS association ${visible(value.text)}`);
    if (!/^[A-Za-z0-9+/_-]+$/.test(value.text))
      reader.error(
        'the tls-id has characters that are not allowed in it',
        value,
        'It consists of letters, digits, "+", "/", "-" and "_".',
      );
    else if (value.text.length < 20 || value.text.length > 255)
      reader.error(`the tls-id has ${value.text.length} characters`, value, 'It has 20 to 255.');
    return 'The name of the DTLS association: a new value means a new handshake.';
  },
});

export const dtlsMessage = attribute({
  name: 'dtls-message',
  level: 'session',
  single: true,
  rfc: cite('draft-rescorla-dtls-in-sdp', '3'),
  example: 'a=dtls-message:client SGVsbG8gV29ybGQ=',
  explain: (reader) => {
    const [role, message, ...rest] = reader.words();
    const name = reader.need(role, 'role', (text) => `from the DTLS ${visible(text)}`);
    if (name !== '' && name !== 'client' && name !== 'server')
      reader.error(`"${visible(name)}" is neither client nor server`, role);
    reader.need(message, 'message', (text) => `a handshake message of ${text.length} base64 characters`);
    reader.surplus(rest);
    return 'The first DTLS message, sent ahead inside the description to save a round trip.';
  },
});

export const identity = attribute({
  name: 'identity',
  level: 'session',
  single: true,
  rfc: cite('RFC 8827', '5'),
  example: 'a=identity:eyJpZHAiOnsiZG9tYWluIjoiZXhhbXBsZS5vcmcifX0=',
  explain: (reader) => {
    const [assertion, ...extensions] = reader.words();
    const value = reader.need(
      assertion,
      'assertion',
      (text) => `an assertion of ${text.length} base64 characters`,
    );
    if (value !== '' && !/^[A-Za-z0-9+/_-]+={0,2}$/.test(value))
      reader.error('the assertion is not base64', assertion);
    for (const extension of extensions) reader.token(extension, 'extension', visible(extension.text));
    return 'A proof by an identity provider of who owns the fingerprint.';
  },
});

export const zrtpHash = attribute({
  name: 'zrtp-hash',
  level: 'both',
  rfc: cite('RFC 6189', '8.1'),
  example: 'a=zrtp-hash:1.10 fe30efd02423cb054e50efd0248742ac7a52c8f91bc2df881ae642c371ba46df',
  explain: (reader) => {
    const [version, hash, ...rest] = reader.words();
    reader.need(version, 'version', (text) => `ZRTP version ${visible(text)}`);
    const digest = reader.need(hash, 'hash', (text) => `the hash ${visible(text)}`);
    if (digest !== '' && !isAlphanumeric(digest)) reader.error('the hash is not hexadecimal', hash);
    reader.surplus(rest);
    return 'The hash of the ZRTP Hello message: it binds the media keys to this signalling.';
  },
});

export const keyMgmt = attribute({
  name: 'key-mgmt',
  level: 'both',
  rfc: cite('RFC 4567', '3.1'),
  example: 'a=key-mgmt:mikey AQAFgM0XflABAAAAAAAAAAAAAAsAyO',
  explain: (reader) => {
    const [protocol, data, ...rest] = reader.words();
    reader.need(protocol, 'protocol', (name) =>
      name === 'mikey' ? 'the key exchange MIKEY (RFC 3830)' : `the key exchange ${visible(name)}`,
    );
    reader.need(data, 'data', (bytes) => `its message in base64, ${bytes.length} characters`);
    reader.surplus(rest);
    return 'A key exchange inside the description, instead of DTLS. Browsers do not do this.';
  },
});
