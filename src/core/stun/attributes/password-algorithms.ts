/** PASSWORD-ALGORITHMS (RFC 8489 §14.11): a list of number, length and parameters, each padded to four bytes. */
import { fail, ok, type Result } from '../../base/result.ts';
import type { AttributeDef } from '../attribute.ts';
import { shortHex } from '../attribute-kinds.ts';
import { concatBytes, readUint16, uint16 } from '../bytes.ts';
import { field, type Field, shiftField } from '../field.ts';

export interface PasswordAlgorithm {
  /** 1: MD5, 2: SHA-256 (RFC 8489 §18.5). */
  readonly number: number;
  readonly parameters: Uint8Array;
}

const names: Readonly<Record<number, string>> = { 1: 'MD5', 2: 'SHA-256' };

export const passwordAlgorithms: AttributeDef<readonly PasswordAlgorithm[]> = {
  id: 'PASSWORD-ALGORITHMS',
  type: 0x8002,
  rfc: 'RFC 8489 §14.11',
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
