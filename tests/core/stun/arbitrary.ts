/** Random STUN for property tests: any attribute of the registry with a value that its shape allows. */
import fc from 'fast-check';
import { formatAddress, type TransportAddress } from '../../../src/core/base/address.ts';
import type { AttributeDef, AttributeValue } from '../../../src/core/stun/attribute.ts';
import { attributeRegistry } from '../../../src/core/stun/attributes/index.ts';
import { toHex } from '../../../src/core/base/bytes.ts';
import type { EncodeInput } from '../../../src/core/stun/message.ts';
import { methodRegistry } from '../../../src/core/stun/methods.ts';

/** Only encoding computes these. */
const computed = new Set(['MESSAGE-INTEGRITY', 'MESSAGE-INTEGRITY-SHA256', 'FINGERPRINT']);

export const anyTransportAddress: fc.Arbitrary<TransportAddress> = fc.record({
  address: fc
    .oneof(fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.uint8Array({ minLength: 16, maxLength: 16 }))
    .map(formatAddress),
  port: fc.nat(0xffff),
});

const anyText = fc.string({ unit: 'grapheme', maxLength: 40 });
const anyUint16 = fc.nat(0xffff);
const anyUint32 = fc.integer({ min: 0, max: 0xffffffff });
const anyErrorCode = { code: fc.integer({ min: 300, max: 699 }), reason: anyText };
const anyPasswordAlgorithm = fc.record({ number: anyUint16, parameters: fc.uint8Array({ maxLength: 9 }) });

/** Values with a shape of their own. */
const shaped: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  'ERROR-CODE': fc.record(anyErrorCode),
  'ADDRESS-ERROR-CODE': fc.record({ family: fc.nat(0xff), ...anyErrorCode }),
  'UNKNOWN-ATTRIBUTES': fc.array(anyUint16, { maxLength: 9 }),
  'GOOG-MISC-INFO': fc.array(anyUint16, { maxLength: 9 }),
  'CHANGE-REQUEST': fc.record({ address: fc.boolean(), port: fc.boolean() }),
  'EVEN-PORT': fc.record({ reserveNext: fc.boolean() }),
  'PASSWORD-ALGORITHM': anyPasswordAlgorithm,
  'PASSWORD-ALGORITHMS': fc.array(anyPasswordAlgorithm, { maxLength: 4 }),
  ICMP: fc.record({ type: fc.nat(0x7f), code: fc.nat(0x1ff), data: anyUint32 }),
  'TRANSACTION-TRANSMIT-COUNTER': fc.record({ request: fc.nat(0xff), response: fc.nat(0xff) }),
  'GOOG-NETWORK-INFO': fc.record({ networkId: anyUint16, networkCost: anyUint16 }),
};

/** Any value that the attribute may have: of the shape of its example, and of its size where the size is fixed. */
function valueOf(def: AttributeDef<unknown>): fc.Arbitrary<unknown> {
  const { example } = def;
  if (shaped[def.id]) return shaped[def.id]!;
  if (example === true) return fc.constant(true);
  if (typeof example === 'number') return fc.integer({ min: 0, max: largest(def) });
  if (example instanceof Uint8Array) return fixedOrNot(def, example.length);
  if (typeof example === 'string' && /^[0-9a-f]{16}$/.test(example))
    return fc.uint8Array({ minLength: 8, maxLength: 8 }).map(toHex);
  if (typeof example === 'string') return anyText;
  if (typeof example === 'object' && example !== null && 'port' in example) return anyTransportAddress;
  throw new Error(`${def.id}: which values may it have?`);
}

/** Of a number that takes one, two or four bytes. */
function largest(def: AttributeDef<unknown>): number {
  const noId = new Uint8Array(12);
  const readsBack = (value: number): boolean => {
    const decoded = def.decode(def.encode(value, noId), noId);
    return decoded.ok && decoded.value === value;
  };
  return [0xffffffff, 0xffff, 0xff].find(readsBack)!;
}

function fixedOrNot(def: AttributeDef<unknown>, length: number): fc.Arbitrary<Uint8Array> {
  const fixed = !def.decode(new Uint8Array(length + 1), new Uint8Array(12)).ok;
  return fc.uint8Array(fixed ? { minLength: length, maxLength: length } : { maxLength: 60 });
}

export function anyAttribute(ids?: ReadonlySet<string>): fc.Arbitrary<AttributeValue> {
  const defs = attributeRegistry.all.filter((def) => !computed.has(def.id) && (ids?.has(def.id) ?? true));
  return fc.constantFrom(...defs).chain((def) => valueOf(def).map((value) => ({ def, value })));
}

export function anyMessage(ids?: ReadonlySet<string>): fc.Arbitrary<EncodeInput> {
  return fc.record({
    class: fc.constantFrom('request', 'indication', 'success', 'error'),
    method: fc.constantFrom(...methodRegistry.all.map((method) => method.number)),
    transactionId: fc.uint8Array({ minLength: 12, maxLength: 12 }),
    attributes: fc.uniqueArray(anyAttribute(ids), { selector: (each) => each.def.id, maxLength: 8 }),
  });
}
