/** One test for every attribute that is and will be in the registry. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sectionTitle } from '../../../src/core/base/rfc-sections.ts';
import { attributeRegistry } from '../../../src/core/stun/attributes/index.ts';

const transactionId = Uint8Array.from({ length: 12 }, (_, i) => i * 7);

test('numbers are unique', () => {
  expect(new Set(attributeRegistry.all.map((def) => def.type)).size).toBe(attributeRegistry.all.length);
});

describe.each(attributeRegistry.all.map((def) => [def.id, def] as const))('%s', (_id, def) => {
  test('says where it is defined and what it is for', () => {
    expect(sectionTitle(def.rfc)).toBeTruthy();
    expect(def.meaning).toMatch(/\.$/);
  });

  test('its example reads back', () => {
    expect(def.decode(def.encode(def.example, transactionId), transactionId)).toEqual({
      ok: true,
      value: def.example,
    });
  });

  test('its fields cover the value, byte for byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (value) => {
        if (!def.decode(value, transactionId).ok) return;
        const fields = def.fields(value, transactionId).filter((field) => field.end > field.start);
        let at = 0;
        for (const field of fields) {
          expect(field.start).toBe(at);
          at = field.end;
        }
        expect(at).toBe(value.length);
      }),
      { examples: [[def.encode(def.example, transactionId)]] },
    );
  });
});
