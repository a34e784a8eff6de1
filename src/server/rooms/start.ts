/** Rooms on an HTTP server: three transports, one hub. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { roomPaths } from '../../core/signalling/room-messages.ts';
import { sendNotAllowed, sendText } from '../answer.ts';
import { clientAddress } from '../client-address.ts';
import { Addresses } from './addresses.ts';
import { type Bus, memoryBus } from './bus.ts';
import type { Participant, House } from './participant.ts';
import { Hub } from './hub.ts';
import { type RoomLimits, defaultRoomLimits } from './limits.ts';
import { type Log, noLog } from './log.ts';
import { socketIoRooms } from './socket-io.ts';
import { openEvents, takePost } from './sse.ts';
import { webSocketRooms } from './websocket.ts';

export interface RoomsOptions {
  /** Whether a request comes from this server's own page, or one that may. */
  readonly mayCall: (request: IncomingMessage) => boolean;
  readonly limits?: Partial<RoomLimits>;
  readonly bus?: Bus;
  readonly log?: Log;
  /** Whether `X-Forwarded-For` is the word of a proxy of one's own. */
  readonly trustProxy?: boolean;
}

export interface Rooms {
  /** Answers a request for a room; false when it is for none. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** Takes an upgrade; false when it is for no room. */
  upgrade(request: IncomingMessage, socket: Socket, head: Buffer): boolean;
  health(): Readonly<Record<string, string | number | boolean>>;
  /** Tells the clients, waits until they are gone or the time is over, then leaves the other servers. */
  close(): Promise<void>;
}

const SWEEP_EVERY = 1000;
/** More header lines than any browser sends. */
const HEADER_LINES = 100;

export function startRooms(options: RoomsOptions): Rooms {
  const limits = { ...defaultRoomLimits, ...options.limits };
  const { bus = memoryBus(), log = noLog, trustProxy = false } = options;
  const now = Date.now;
  const participants = new Set<Participant>();
  const addresses = new Addresses(limits, now);
  const hub = new Hub({ limits, bus, log, now });
  const house: House = { hub, addresses, limits, log, now, participants };
  const webSockets = webSocketRooms(house);
  const socketIo = socketIoRooms(house);
  const sweeping = setInterval(() => sweep(house), SWEEP_EVERY);
  const address = (request: IncomingMessage) => clientAddress(request, trustProxy);

  const serve = (path: string, request: IncomingMessage, response: ServerResponse): void | Promise<void> => {
    const refused = refusal(request, options);
    if (refused) return sendText(response, ...refused);
    const method = path === roomPaths.post ? 'POST' : 'GET';
    if (request.method !== method) return sendNotAllowed(response, method);
    if (method === 'POST') return takePost(request, response, house, address(request));
    if (path === roomPaths.webSocket) return sendText(response, 426, 'A WebSocket was expected.');
    if (path !== roomPaths.events) return socketIo.request(request, response);
    if (!count(addresses, address(request), request.socket)) return sendText(response, ...tooMany);
    return openEvents(request, response, house, address(request));
  };

  return {
    handle: (request, response) => {
      const path = roomPath(request);
      if (path === undefined) return false;
      Promise.resolve(serve(path, request, response)).catch(() => response.destroy());
      return true;
    },
    upgrade: (request, socket, head) => {
      const path = roomPath(request);
      const take = { [roomPaths.webSocket]: webSockets, [roomPaths.socketIo]: socketIo.upgrade }[path ?? ''];
      if (!take) return false;
      const refused =
        refusal(request, options) ?? (count(addresses, address(request), socket) ? undefined : tooMany);
      if (refused) refuseUpgrade(socket, ...refused);
      else take(request, socket, head, address(request));
      return true;
    },
    health: () => ({
      rooms: hub.rooms,
      connections: addresses.connections,
      bus: hub.bus.kind,
      joined: hub.bus.joined,
    }),
    close: async () => {
      clearInterval(sweeping);
      log('closing', { connections: participants.size });
      hub.close();
      for (const participant of participants) participant.stop();
      await drained(participants, limits.drain);
      socketIo.close();
      await bus.close();
    },
  };
}

type Refusal = readonly [status: number, text: string];

function refusal(request: IncomingMessage, { mayCall }: RoomsOptions): Refusal | undefined {
  if (request.rawHeaders.length > 2 * HEADER_LINES) return [431, 'Too many headers.'];
  if (!mayCall(request) || !originIsTold(request)) return [403, 'For the page of this server only.'];
  return undefined;
}

const tooMany: Refusal = [429, 'Too many connections from your address.'];

const paths = Object.values(roomPaths);

/** Which of the paths of rooms it is for. */
function roomPath(request: IncomingMessage): string | undefined {
  const path = (request.url ?? '/').split('?', 1)[0]!.slice(1).replace(/\/$/, '');
  return paths.find((known) => known === path);
}

/** Browsers leave `Origin` out only where it could not be foreign: GET of their own page. */
const originIsTold = (request: IncomingMessage): boolean =>
  request.headers.origin !== undefined ||
  (request.method === 'GET' && roomPath(request) === roomPaths.events);

/** Counts the connection until its socket closes; false when there are too many. */
function count(addresses: Addresses, address: string, socket: Socket): boolean {
  if (!addresses.open(address)) return false;
  socket.once('close', () => addresses.close(address));
  return true;
}

/** Says no before the connection becomes another protocol's. */
export function refuseUpgrade(socket: Socket, status: number, text: string): void {
  const head = `HTTP/1.1 ${status} ${text}\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n`;
  socket.write(`${head}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  socket.destroySoon();
}

function sweep({ participants, addresses, hub }: House): void {
  for (const participant of participants) participant.sweep();
  addresses.sweep();
  hub.sweep();
}

async function drained(participants: ReadonlySet<Participant>, within: number): Promise<void> {
  const until = Date.now() + within;
  while (participants.size > 0 && Date.now() < until) await new Promise((done) => setTimeout(done, 20));
  for (const participant of participants) participant.destroy();
}
