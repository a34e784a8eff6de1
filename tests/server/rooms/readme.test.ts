/** What src/server/README.md says of limits and options is what the code does. Of coturn: coturn-config.test.ts. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { serveUsage } from '../../../src/cli/serve-usage.ts';
import { roomLimits } from '../../../src/core/signalling/room-messages.ts';
import { defaultRoomLimits, readRoomLimits } from '../../../src/server/rooms/limits.ts';

const readme = readFileSync(resolve(import.meta.dirname, '../../../src/server/README.md'), 'utf8');

test('names every limit, its default, and every option', () => {
  for (const name of Object.keys(defaultRoomLimits)) expect(readme).toContain(`\`${name}\``);
  const { rooms, connections, idle, grace, silence } = defaultRoomLimits;
  for (const value of [rooms, connections, idle, grace, silence, roomLimits.frameBytes])
    expect(readme).toContain(value.toLocaleString('en'));
  for (const [option] of serveUsage.usage.matchAll(/--[\w-]+/g)) expect(readme).toContain(`\`${option}\``);
});

test('limits are read from JSON, and what is none is named', () => {
  expect(readRoomLimits('{"connectionsPerAddress": 2000}')).toEqual({ connectionsPerAddress: 2000 });
  for (const text of ['x', 'null', '{"conections":1}', '{"rooms":-1}', '{"rooms":"many"}'])
    expect(() => readRoomLimits(text)).toThrow(/^ICESCOPE_ROOM_LIMITS is not usable: /);
});
