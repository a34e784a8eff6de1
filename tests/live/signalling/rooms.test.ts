/** Every kind of room keeps the same promise; those on a server also to each other. */
import { afterAll, beforeAll, describe } from 'vitest';
import { newSecret } from '../../../src/live/signalling/secret.ts';
import { type RunningServer, startServer } from '../../../src/server/main.ts';
import { type TransportName, openNodeRoom, transportNames } from './node-rooms.ts';
import { type RoomKind, roomContract } from './room-contract.ts';

let server: RunningServer;
beforeAll(async () => {
  const generous = { joinBurst: 10_000, connectionsPerAddress: 10_000 };
  server = await startServer({ port: 0, stunPort: 0, roomLimits: generous });
});
afterAll(() => server.close());

const served = (transport: TransportName): RoomKind => ({
  name: transport,
  newRoom: newSecret,
  open: (room) => openNodeRoom(transport, server.url, room),
});

const kinds: readonly RoomKind[] = transportNames.map(served);

describe.each(kinds.map((kind) => [kind.name, kind] as const))('%s', (_name, kind) => roomContract(kind));

describe.each([
  ['websocket', 'sse'],
  ['sse', 'socket-io'],
  ['socket-io', 'websocket'],
] as const)('%s with %s', (a, b) => roomContract(served(a), served(b)));
