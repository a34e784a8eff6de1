/** A STUN message in words: the header, then each attribute with its type, length, value and padding. */
import { cite } from '../base/cite.ts';
import { isComprehensionRequired } from './attribute.ts';
import { shortHex } from './attribute-kinds.ts';
import { attributeByType } from './attributes/index.ts';
import { xorMappedAddress } from './attributes/addresses.ts';
import { xorRelayedAddress } from './attributes/allocation.ts';
import { username } from './attributes/credentials.ts';
import { priority, useCandidate } from './attributes/ice.ts';
import { errorCode } from './attributes/message.ts';
import { formatTransportAddress } from '../base/address.ts';
import { hexNumber, readUint16, toHex } from '../base/bytes.ts';
import { field, type Field, shiftField } from './field.ts';
import { headerLength, type StunClass } from './header.ts';
import { get, has, paddingAfter, type RawAttribute, type StunMessage } from './message.ts';
import { methodByNumber, methods } from './methods.ts';

/** Describes data that is a packet of its own, counted from its first byte. */
export type DescribeInner = (name: string, data: Uint8Array) => Field;

const classMeanings: Readonly<Record<StunClass, string>> = {
  request: 'An answer is expected.',
  indication: 'No answer is expected.',
  success: 'The request was carried out.',
  error: 'The request was refused; ERROR-CODE says why.',
};

export function describeMessage(
  message: StunMessage,
  inner: DescribeInner,
): { summary: string; fields: Field[] } {
  const attributes = message.attributes.map((attribute) => describeAttribute(message, attribute, inner));
  return { summary: summarize(message), fields: [describeHeader(message), ...attributes] };
}

/** For example `Binding request, connectivity check` or `Allocate error 401 Unauthenticated`. */
export function summarize(message: StunMessage): string {
  return `${methodName(message.method)} ${message.class}${summaryDetail(message)}`;
}

function methodName(method: number): string {
  return methodByNumber(method)?.id ?? `method ${hexNumber(method, 3)}`;
}

function summaryDetail(message: StunMessage): string {
  const error = get(message, errorCode);
  if (error) return ` ${error.code} ${error.reason}`;
  const learned = get(message, xorRelayedAddress) ?? get(message, xorMappedAddress);
  if (learned) return ` ${formatTransportAddress(learned)}`;
  const isCheck =
    message.method === methods.binding.number && has(message, username) && has(message, priority);
  if (!isCheck) return '';
  return has(message, useCandidate) ? ', connectivity check that nominates' : ', connectivity check';
}

function describeHeader({ bytes, method, class: stunClass }: StunMessage): Field {
  const name = `${methodName(method)} ${stunClass}`;
  const typeMeaning = [methodByNumber(method)?.meaning, classMeanings[stunClass]].filter(Boolean).join(' ');
  return {
    start: 0,
    end: headerLength,
    name: 'STUN header',
    value: name,
    meaning: 'Every STUN message opens with these twenty bytes.',
    rfc: cite('RFC 8489', '5'),
    children: [
      field([0, 2], 'Message Type', `${hexNumber(readUint16(bytes, 0))} ${name}`, typeMeaning),
      field([2, 4], 'Message Length', String(readUint16(bytes, 2)), 'The bytes after this header.'),
      field([4, 8], 'Magic Cookie', '0x2112A442', 'Always the same: it tells STUN from other protocols.'),
      field([8, 20], 'Transaction ID', toHex(bytes.subarray(8, 20)), 'Random; the answer repeats it.'),
    ],
  };
}

function describeAttribute(message: StunMessage, attribute: RawAttribute, inner: DescribeInner): Field {
  const { type, start, value, ignored } = attribute;
  const def = attributeByType(type);
  const name = def?.id ?? `Attribute ${hexNumber(type)}`;
  const valueEnd = start + 4 + value.length;
  const end = valueEnd + paddingAfter(value.length);
  const content = describeValue(message, attribute, inner);
  const unknown = isComprehensionRequired(type) ? 'must refuse the message' : 'may skip it';
  return {
    start,
    end,
    name,
    value: content.value,
    meaning: meaningOf(def?.meaning, ignored),
    ...(def && { rfc: def.rfc }),
    children: [
      field(
        [start, start + 2],
        'Attribute Type',
        `${hexNumber(type)} ${name}`,
        `A receiver that does not know it ${unknown}.`,
      ),
      field(
        [start + 2, start + 4],
        'Attribute Length',
        String(value.length),
        'Of the value, padding not counted.',
      ),
      ...content.fields.map((each) => shiftField(each, start + 4)),
      ...(end > valueEnd
        ? [field([valueEnd, end], 'Padding', toHex(message.bytes.subarray(valueEnd, end)))]
        : []),
    ],
  };
}

function meaningOf(meaning = 'Not an attribute that this program knows.', ignored: boolean): string {
  return ignored ? `${meaning} Ignored: it stands after what would protect it.` : meaning;
}

interface ValueInWords {
  readonly value: string;
  /** Counted from the value's first byte. */
  readonly fields: readonly Field[];
}

function describeValue(
  message: StunMessage,
  { type, value }: RawAttribute,
  inner: DescribeInner,
): ValueInWords {
  const def = attributeByType(type);
  const decoded = def?.decode(value, message.transactionId);
  if (def === undefined || !decoded?.ok)
    return rawValue(value, decoded && !decoded.ok ? decoded.error.message : '');
  if (value.length === 0) return { value: '', fields: [] };
  if (def.holdsPacket === true) {
    const packet = inner(def.id, value);
    return { value: packet.value, fields: [packet] };
  }
  const fields = def.fields(value, message.transactionId).filter((each) => each.end > each.start);
  return { value: def.show?.(decoded.value) ?? shownFields(fields), fields };
}

function shownFields(fields: readonly Field[]): string {
  return fields
    .filter((each) => each.name !== 'Reserved')
    .map((each) => each.value)
    .join(', ');
}

function rawValue(value: Uint8Array, problem: string): ValueInWords {
  const fields = value.length === 0 ? [] : [field([0, value.length], 'Value', shortHex(value), problem)];
  return { value: problem || shortHex(value), fields };
}
