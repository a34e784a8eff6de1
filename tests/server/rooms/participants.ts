/** A running server for tests of bad inputs, and who uses it. */
import { onTestFinished } from 'vitest';
import { type RunningServer, type ServerOptions, startServer } from '../../../src/server/main.ts';
import { openNodeRoom } from '../../live/signalling/node-rooms.ts';
import { Watched } from '../../live/signalling/room-contract.ts';
import { RawSocket, RawWebSocket, joinAs, secret } from './raw.ts';

export async function serverWith(options: ServerOptions): Promise<RunningServer> {
  const server = await startServer({ port: 0, stunPort: 0, ...options });
  onTestFinished(() => server.close());
  return server;
}

/** A WebSocket made by hand that has joined. */
export async function seated(port: number, room = secret(), key?: string): Promise<RawWebSocket> {
  const socket = await RawWebSocket.open(port);
  socket.say(joinAs(room, key));
  await socket.message('seated');
  return socket;
}

/** Our own client. */
export function watch(url: string, room = secret()): Watched {
  const watched = new Watched(openNodeRoom('websocket', url, room));
  onTestFinished(() => watched.room.close());
  return watched;
}

/** The status of the answer to a request. */
export async function answer(port: number, text: string): Promise<number> {
  const raw = await RawSocket.open(port);
  raw.write(text);
  const status = await raw.status();
  raw.socket.destroy();
  return status;
}

export const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
export const letter = { type: 'letter', n: 1, base: 0, text: 'x' };
