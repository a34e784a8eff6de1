/** Random STUN for property tests: any attribute of the registry with a value that its shape allows. */
import fc from 'fast-check';
import { formatAddress, type TransportAddress } from '../../../src/core/stun/address.ts';
import type { AttributeDef, AttributeValue } from '../../../src/core/stun/attribute.ts';
import { attributeRegistry } from '../../../src/core/stun/attributes/index.ts';
import { toHex } from '../../../src/core/stun/bytes.ts';
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

/** A value like the example of the attribute: of the same shape, and of the same size where the size is fixed. */
function valueLike(def: AttributeDef<unknown>): fc.Arbitrary<unknown> {
  const { example } = def;
  const size = def.encode(example, new Uint8Array(12)).length;
  if (typeof example === 'number') return fc.nat(size === 1 ? 0xff : 0xffff).filter((n) => readsBack(def, n));
  if (example instanceof Uint8Array) return fixedOrNot(def, example.length);
  if (typeof example === 'string' && /^[0-9a-f]{16}$/.test(example)) {
    return fc.uint8Array({ minLength: 8, maxLength: 8 }).map(toHex);
  }
  if (typeof example === 'string') return fc.string({ unit: 'grapheme', maxLength: 40 });
  if (typeof example === 'object' && example !== null && 'port' in example && 'address' in example) {
    return typeof example.address === 'string' ? anyTransportAddress : fc.constant(example);
  }
  return fc.constant(example);
}

function readsBack(def: AttributeDef<unknown>, value: unknown): boolean {
  const decoded = def.decode(def.encode(value, new Uint8Array(12)), new Uint8Array(12));
  return decoded.ok && decoded.value === value;
}

function fixedOrNot(def: AttributeDef<unknown>, length: number): fc.Arbitrary<Uint8Array> {
  const fixed = !def.decode(new Uint8Array(length + 1), new Uint8Array(12)).ok;
  return fc.uint8Array(fixed ? { minLength: length, maxLength: length } : { maxLength: 60 });
}

export function anyAttribute(ids?: ReadonlySet<string>): fc.Arbitrary<AttributeValue> {
  const defs = attributeRegistry.all.filter((def) => !computed.has(def.id) && (ids?.has(def.id) ?? true));
  return fc.constantFrom(...defs).chain((def) => valueLike(def).map((value) => ({ def, value })));
}

export function anyMessage(ids?: ReadonlySet<string>): fc.Arbitrary<EncodeInput> {
  return fc.record({
    class: fc.constantFrom('request', 'indication', 'success', 'error'),
    method: fc.constantFrom(...methodRegistry.all.map((method) => method.number)),
    transactionId: fc.uint8Array({ minLength: 12, maxLength: 12 }),
    attributes: fc.uniqueArray(anyAttribute(ids), { selector: (each) => each.def.id, maxLength: 8 }),
  });
}
