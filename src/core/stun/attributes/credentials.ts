/** Who asks, and the proof of it (RFC 8489 §9, §14.3–14.6, §14.9–14.12). */
import { cite } from '../../base/cite.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import { opaque, shortHex, text } from '../attribute-kinds.ts';
import type { AttributeDef } from '../attribute.ts';
import { concatBytes, readUint16, uint16 } from '../../base/bytes.ts';
import { type Field, field, shiftField } from '../field.ts';

export const username = text({
  id: 'USERNAME',
  type: 0x0006,
  rfc: cite('RFC 8489', '14.3'),
  meaning:
    'Who asks. In a connectivity check: the ufrag of the one asked, a colon, the ufrag of the one who asks.',
  example: 'evtj:h6vY',
  maxBytes: 513,
});

export const userhash = opaque({
  id: 'USERHASH',
  type: 0x001e,
  rfc: cite('RFC 8489', '14.4'),
  meaning: 'A SHA-256 of user name and realm, so that the name is not sent in clear.',
  example: new Uint8Array(32),
  length: 32,
});

export const realm = text({
  id: 'REALM',
  type: 0x0014,
  rfc: cite('RFC 8489', '14.9'),
  meaning:
    'The domain that the credentials belong to. With it in an answer, the server asks for long-term credentials.',
  example: 'example.org',
  maxBytes: 763,
});

export const nonce = text({
  id: 'NONCE',
  type: 0x0015,
  rfc: cite('RFC 8489', '14.10'),
  meaning: 'A token from the server, to be sent back: it makes a recorded request useless later.',
  example: 'f//499k954d6OL34oL9FSTvy64sA',
  maxBytes: 763,
});

export interface PasswordAlgorithm {
  /** 1: MD5, 2: SHA-256 (RFC 8489 §18.5). */
  readonly number: number;
  readonly parameters: Uint8Array;
}

const names: Readonly<Record<number, string>> = { 1: 'MD5', 2: 'SHA-256' };

/** A list of number, length and parameters, each padded to four bytes. */
export const passwordAlgorithms: AttributeDef<readonly PasswordAlgorithm[]> = {
  id: 'PASSWORD-ALGORITHMS',
  type: 0x8002,
  rfc: cite('RFC 8489', '14.11'),
  meaning: 'Which digests of the password the server takes.',
  example: [
    { number: 2, parameters: new Uint8Array(0) },
    { number: 1, parameters: new Uint8Array(0) },
  ],
  decode: decodeList,
  encode: (list) => concatBytes(list.map(encodePasswordAlgorithm)),
  fields: listFields,
};

/** One entry; what stands after it is not its own. */
export function decodePasswordAlgorithm(value: Uint8Array): Result<PasswordAlgorithm> {
  if (value.length < 4)
    return fail({ message: 'a password algorithm is cut off', expected: '4 bytes or more' });
  const length = readUint16(value, 2);
  if (value.length < 4 + length)
    return fail({ message: 'the parameters of a password algorithm are cut off' });
  return ok({ number: readUint16(value, 0), parameters: value.subarray(4, 4 + length) });
}

export function encodePasswordAlgorithm({ number, parameters }: PasswordAlgorithm): Uint8Array {
  const padding = new Uint8Array((4 - (parameters.length % 4)) % 4);
  return concatBytes([uint16(number), uint16(parameters.length), parameters, padding]);
}

export function passwordAlgorithmFields(value: Uint8Array): Field[] {
  const number = readUint16(value, 0);
  return [
    field([0, 2], 'Algorithm', names[number] ?? String(number)),
    field([2, 4], 'Parameters Length', String(readUint16(value, 2))),
    ...(value.length > 4 ? [field([4, value.length], 'Parameters', shortHex(value.subarray(4)))] : []),
  ];
}

/** How many bytes the first entry takes with its padding; the last one's may be left out. */
function entryLength(value: Uint8Array): number {
  return Math.min(value.length, 4 + Math.ceil(readUint16(value, 2) / 4) * 4);
}

function decodeList(value: Uint8Array): Result<readonly PasswordAlgorithm[]> {
  const list: PasswordAlgorithm[] = [];
  for (let rest = value; rest.length > 0; rest = rest.subarray(entryLength(rest))) {
    const entry = decodePasswordAlgorithm(rest);
    if (!entry.ok) return entry;
    list.push(entry.value);
  }
  return ok(list);
}

function listFields(value: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  while (at < value.length) {
    const entry = value.subarray(at, at + entryLength(value.subarray(at)));
    fields.push(...passwordAlgorithmFields(entry).map((each) => shiftField(each, at)));
    at += entry.length;
  }
  return fields;
}

/** The one that the client chose. */
export const passwordAlgorithm: AttributeDef<PasswordAlgorithm> = {
  id: 'PASSWORD-ALGORITHM',
  type: 0x001d,
  rfc: cite('RFC 8489', '14.12'),
  meaning: 'Which digest of the password the client used.',
  example: { number: 2, parameters: new Uint8Array(0) },
  decode: decodePasswordAlgorithm,
  encode: encodePasswordAlgorithm,
  fields: passwordAlgorithmFields,
};

export const messageIntegrity = opaque({
  id: 'MESSAGE-INTEGRITY',
  type: 0x0008,
  rfc: cite('RFC 8489', '14.5'),
  meaning: 'HMAC-SHA1 over all that stands before it: proof of the password, and that nothing was changed.',
  example: new Uint8Array(20),
  length: 20,
});

export const messageIntegritySha256 = opaque({
  id: 'MESSAGE-INTEGRITY-SHA256',
  type: 0x001c,
  rfc: cite('RFC 8489', '14.6'),
  meaning:
    'HMAC-SHA256 over all that stands before it; 32 bytes, or 16 and more where a usage of STUN allows it.',
  example: new Uint8Array(32),
});
