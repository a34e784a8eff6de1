/** Every packet of every session that ships or that tests keep: read, and each byte accounted for. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readSession } from '../../../src/core/session/codec.ts';
import { describePacket } from '../../../src/core/stun/describe.ts';
import { leaves } from '../../../src/core/stun/field.ts';

const root = new URL('../../../', import.meta.url);
const files = ['tests/fixtures/sessions/', 'src/public/recordings/', 'lessons/'].flatMap((folder) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.txt'))
    .map((name) => folder + name),
);

const packets = files.flatMap((name) => {
  const session = readSession(readFileSync(new URL(name, root), 'utf8'));
  const events = session.ok ? session.value.events : [];
  return events.flatMap(({ type, value }) => (type === ':packet' ? [{ name, bytes: value.bytes }] : []));
});

test('of all of them', () => {
  expect(packets.length).toBeGreaterThan(300);
  for (const { name, bytes } of packets) {
    const raw = Buffer.from(bytes, 'base64');
    const { fields, problem, protocol } = describePacket(raw);
    expect({ name, problem, known: protocol !== 'unknown' }).toEqual({
      name,
      problem: undefined,
      known: true,
    });
    let at = 0;
    for (const leaf of leaves(fields)) {
      expect(leaf.start).toBe(at);
      at = leaf.end;
    }
    expect(at).toBe(raw.length);
  }
});
