/**
 * DTLS, as far as it is in clear: record headers (RFC 6347 §4.1), the shorter ones of DTLS 1.3 (RFC 9147 §4), handshake
 * headers and alerts. What follows is encrypted; on a data channel it is SCTP, which nobody on the way can read.
 */
import { cite } from '../base/cite.ts';
import { hexNumber, readUint, readUint16, toHex } from '../base/bytes.ts';
import { field, type Field } from './field.ts';
import { shortHex } from './attribute-kinds.ts';

const contentTypes: Readonly<Record<number, string>> = {
  20: 'ChangeCipherSpec',
  21: 'Alert',
  22: 'Handshake',
  23: 'ApplicationData',
  26: 'ACK',
};

const handshakeTypes: Readonly<Record<number, string>> = {
  0: 'HelloRequest',
  1: 'ClientHello',
  2: 'ServerHello',
  3: 'HelloVerifyRequest',
  4: 'NewSessionTicket',
  8: 'EncryptedExtensions',
  11: 'Certificate',
  12: 'ServerKeyExchange',
  13: 'CertificateRequest',
  14: 'ServerHelloDone',
  15: 'CertificateVerify',
  16: 'ClientKeyExchange',
  20: 'Finished',
};

const alerts: Readonly<Record<number, string>> = {
  0: 'close_notify',
  10: 'unexpected_message',
  20: 'bad_record_mac',
  40: 'handshake_failure',
  42: 'bad_certificate',
  43: 'unsupported_certificate',
  46: 'certificate_unknown',
  47: 'illegal_parameter',
  48: 'unknown_ca',
  50: 'decode_error',
  51: 'decrypt_error',
  70: 'protocol_version',
  71: 'insufficient_security',
  80: 'internal_error',
  110: 'unsupported_extension',
};

/** Of DTLS 1.3, by the two bits of the epoch that its header shows (RFC 9147 §6.1). The types are encrypted too. */
const epochs = [
  'encrypted record of a later key (DTLS 1.3)',
  'encrypted record of a later key (DTLS 1.3)',
  'encrypted Handshake, up to Finished (DTLS 1.3)',
  'encrypted ApplicationData (DTLS 1.3)',
];

const recordHeaderLength = 13;
const handshakeHeaderLength = 12;

/** One record of a datagram. */
export interface DtlsRecord {
  /** For example `ClientHello` or `encrypted ApplicationData`. */
  readonly summary: string;
  readonly field: Field;
}

/** The records of a datagram, one after the other; bytes that make no whole record come as one last entry. */
export function describeDtls(bytes: Uint8Array): DtlsRecord[] {
  const records: DtlsRecord[] = [];
  let at = 0;
  while (at < bytes.length) {
    const rest = bytes.subarray(at);
    const record = readUnifiedRecord(rest, at) ?? readRecord(rest, at) ?? cutOff(rest, at);
    records.push(record);
    at = record.field.end;
  }
  return records;
}

function cutOff(bytes: Uint8Array, at: number): DtlsRecord {
  const meaning = 'These bytes make no whole DTLS record.';
  return {
    summary: 'cut off',
    field: field([at, at + bytes.length], 'Not decoded', shortHex(bytes), meaning),
  };
}

/** RFC 6347 §4.1: type, version, epoch, sequence number, length. */
function readRecord(bytes: Uint8Array, at: number): DtlsRecord | undefined {
  if (bytes.length < recordHeaderLength) return undefined;
  const length = readUint16(bytes, 11);
  const type = contentTypes[bytes[0]!];
  if (type === undefined || bytes[1] !== 0xfe || bytes.length < recordHeaderLength + length) return undefined;
  const end = at + recordHeaderLength + length;
  const epoch = readUint16(bytes, 3);
  const body = readBody(
    bytes.subarray(recordHeaderLength, recordHeaderLength + length),
    type,
    epoch,
    at + recordHeaderLength,
  );
  const children = [
    field([at, at + 1], 'Content Type', `${type} (${bytes[0]})`),
    field(
      [at + 1, at + 3],
      'Version',
      versionName(bytes, 1),
      'DTLS counts down: 254.253 is 1.2; 1.3 writes 1.2 here.',
    ),
    field([at + 3, at + 5], 'Epoch', String(epoch), epoch === 0 ? 'Not encrypted yet.' : 'Encrypted.'),
    field([at + 5, at + 11], 'Sequence Number', String(readUint(bytes.subarray(5, 11)))),
    field([at + 11, at + 13], 'Length', String(length)),
    ...body.fields,
  ];
  const rfc = cite('RFC 6347', '4.1');
  return {
    summary: body.summary,
    field: { start: at, end, name: 'DTLS record', value: body.summary, meaning: '', rfc, children },
  };
}

function versionName(bytes: Uint8Array, at: number): string {
  const names: Readonly<Record<number, string>> = {
    0xfeff: 'DTLS 1.0',
    0xfefd: 'DTLS 1.2',
    0xfefc: 'DTLS 1.3',
  };
  const version = readUint16(bytes, at);
  return names[version] ?? hexNumber(version);
}

interface Body {
  readonly summary: string;
  readonly fields: readonly Field[];
}

function readBody(body: Uint8Array, type: string, epoch: number, at: number): Body {
  if (epoch > 0) return { summary: `encrypted ${type}`, fields: encrypted(body, at) };
  if (type === 'Handshake' && body.length >= handshakeHeaderLength) return readHandshake(body, at);
  if (type === 'Alert' && body.length === 2) return readAlert(body, at);
  return { summary: type, fields: rest(body, at, 'Content') };
}

function rest(body: Uint8Array, at: number, name: string, meaning = ''): Field[] {
  return body.length === 0 ? [] : [field([at, at + body.length], name, shortHex(body), meaning)];
}

function encrypted(body: Uint8Array, at: number): Field[] {
  return rest(body, at, 'Encrypted', 'Only the two ends can read it. Data channels: SCTP (RFC 8261).');
}

/** RFC 6347 §4.2.2; a fragment of a message says where it belongs. */
function readHandshake(body: Uint8Array, at: number): Body {
  const type = handshakeTypes[body[0]!] ?? `handshake type ${body[0]}`;
  const fragment = [body.subarray(6, 9), body.subarray(9, 12)].map(readUint) as [number, number];
  const whole = readUint(body.subarray(1, 4));
  const summary =
    fragment[1] === whole
      ? type
      : `${type} (bytes ${fragment[0]} to ${fragment[0] + fragment[1]} of ${whole})`;
  return {
    summary,
    fields: [
      field([at, at + 1], 'Handshake Type', `${type} (${body[0]})`),
      field([at + 1, at + 4], 'Length', String(whole), 'Of the whole message.'),
      field([at + 4, at + 6], 'Message Sequence', String(readUint16(body, 4))),
      field([at + 6, at + 9], 'Fragment Offset', String(fragment[0])),
      field([at + 9, at + 12], 'Fragment Length', String(fragment[1])),
      ...rest(body.subarray(handshakeHeaderLength), at + handshakeHeaderLength, 'Handshake Body'),
    ],
  };
}

function readAlert(body: Uint8Array, at: number): Body {
  const name = alerts[body[1]!] ?? String(body[1]);
  return {
    summary: `Alert ${name}`,
    fields: [
      field([at, at + 1], 'Alert Level', body[0] === 2 ? 'fatal (2)' : `warning (${body[0]})`),
      field([at + 1, at + 2], 'Alert Description', `${name} (${body[1]})`),
    ],
  };
}

/** DTLS 1.3's ciphertext header 001CSLEE (RFC 9147 §4); connection ids, which WebRTC does not use, are not read. */
function readUnifiedRecord(bytes: Uint8Array, at: number): DtlsRecord | undefined {
  const flags = bytes[0]!;
  if (flags >> 5 !== 0b001 || (flags & 0b10000) !== 0) return undefined;
  const sequenceEnd = (flags & 0b1000) !== 0 ? 3 : 2;
  const headerEnd = sequenceEnd + ((flags & 0b100) !== 0 ? 2 : 0);
  if (bytes.length < headerEnd) return undefined;
  const length = headerEnd > sequenceEnd ? readUint16(bytes, sequenceEnd) : bytes.length - headerEnd;
  if (bytes.length < headerEnd + length) return undefined;
  const summary = epochs[flags & 0b11]!;
  const children = [
    field(
      [at, at + 1],
      'Flags',
      hexNumber(flags, 2),
      `Epoch ends in ${flags & 0b11}. The type is encrypted as well.`,
    ),
    field(
      [at + 1, at + sequenceEnd],
      'Sequence Number',
      `0x${toHex(bytes.subarray(1, sequenceEnd))}`,
      'Encrypted.',
    ),
    ...(headerEnd > sequenceEnd ? [field([at + sequenceEnd, at + headerEnd], 'Length', String(length))] : []),
    ...encrypted(bytes.subarray(headerEnd, headerEnd + length), at + headerEnd),
  ];
  const end = at + headerEnd + length;
  return {
    summary,
    field: {
      start: at,
      end,
      name: 'DTLS record',
      value: summary,
      meaning: '',
      rfc: cite('RFC 9147', '4'),
      children,
    },
  };
}
