/**
 * The server that `icescope serve` starts: the built app, its configuration, and a STUN/TURN server for this machine.
 */
import { bracketed } from '../core/base/address.ts';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { sendNotAllowed, sendText, setSecurityHeaders } from './answer.ts';
import { serveFolder } from './files/serve-folder.ts';
import { iceServers } from './ice-servers.ts';
import { explainListenError } from './listen-error.ts';
import { readTarget } from './request-target.ts';
import { hostName, isOwnHost, isSameOrigin, isTrustworthy } from './same-origin.ts';
import { isLoopback, startStunTurn, type StunTurnServer } from './stun-turn.ts';
import { memoryBus } from './rooms/bus.ts';
import type { RoomLimits } from './rooms/limits.ts';
import type { Log } from './rooms/log.ts';
import { type Rooms, refuseUpgrade, startRooms } from './rooms/start.ts';
import type { Limits } from './turn/limits.ts';
import { type Xray, xray } from './xray.ts';

export interface ServerOptions {
  /** The address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** The HTTP port; 0 takes a free one. Left out: 4173, or the next one that is free. */
  readonly port?: number;
  /** The STUN/TURN port, UDP and TCP; 0 takes a free one. Left out: 3478, or a free one when that is taken. */
  readonly stunPort?: number;
  /** An address of this machine for STUN/TURN that answers this machine only (see turn/bind.ts): for Firefox. */
  readonly stunHost?: string;
  /** A second address for tests of NAT behaviour (see turn/alternate-addresses.ts). */
  readonly stunOtherHost?: string;
  /** The built app. Default: `dist` of this checkout. */
  readonly dist?: string;
  /** Where the page is reached through a proxy: `https://ice.example.org`. Its own address counts anyway. */
  readonly origins?: readonly string[];
  /** A NATS server, or several with commas, by which servers share rooms. Left out: rooms of this server only. */
  readonly natsUrl?: string;
  readonly roomLimits?: Partial<RoomLimits>;
  readonly turnLimits?: Partial<Limits>;
  /** Whether `X-Forwarded-For` is the word of a proxy of one's own. */
  readonly trustProxy?: boolean;
  /** Milliseconds that answers under way may take when the server stops. Default 1000. */
  readonly lastAnswers?: number;
  /** What happens to rooms, without addresses, keys or messages. */
  readonly log?: Log;
}

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  /** undefined when STUN/TURN could not start; `notices` says why. */
  readonly stunPort: number | undefined;
  readonly username: string;
  readonly credential: string;
  /** Whether rooms are shared with other servers. */
  readonly sharesRooms: boolean;
  /** What the person who started it should know, one line each. */
  readonly notices: readonly string[];
  /** For what joins the same port later. */
  readonly http: Server;
  readonly stunTurn: StunTurnServer | undefined;
  close(): Promise<void>;
}

export const defaultPorts = { http: 4173, stun: 3478 };

/** Milliseconds. Who sends a request more slowly than this, byte by byte perhaps, gets 408 and is let go. */
const TIMEOUTS = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 1000 };
/** How many ports after the usual one are tried when nobody named one. */
const NEXT_PORTS = 100;

/** Starts everything; rejects with a one-line Error when a port that was asked for can not be had. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const host = options.host ?? '127.0.0.1';
  const notices: string[] = [];
  const stunTurn = await startStunTurnOrExplain(host, options, notices);
  const dist = options.dist ?? fileURLToPath(new URL('../../dist', import.meta.url));
  const http = createServer(TIMEOUTS);
  const sockets = openSockets(http);
  const rays =
    stunTurn &&
    xray(stunTurn, {
      mayCall: ({ headers }) => isSameOrigin(headers, host, options.origins ?? []),
      trustProxy: options.trustProxy ?? false,
    });
  let rooms: Rooms | undefined;
  try {
    rooms = await startOwnRooms(host, options);
    http.on('request', handler({ host, dist, stunTurn, rooms, rays, origins: options.origins ?? [] }));
    await listenSomewhere(http, host, options.port, notices);
  } catch (error) {
    await Promise.all([stunTurn?.close(), rooms?.close()]);
    throw error;
  }
  http.on('upgrade', (request, socket: Socket, head) => {
    socket.on('error', () => socket.destroy());
    if (!readTarget(request)) return refuseUpgrade(socket, 400, 'Bad request.');
    if (!rooms?.upgrade(request, socket, head)) refuseUpgrade(socket, 404, 'Not found.');
  });
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://${bracketed(host)}:${port}/`,
    port,
    stunPort: stunTurn?.port,
    username: stunTurn?.username ?? '',
    credential: stunTurn?.credential ?? '',
    sharesRooms: options.natsUrl !== undefined,
    notices: [...notices, ...(stunTurn?.notices ?? [])],
    http,
    stunTurn,
    close: async () => {
      rays?.close();
      await rooms?.close();
      await Promise.all([closeHttp(http, sockets, options.lastAnswers ?? 1000), stunTurn?.close()]);
    },
  };
}

/** A port that was asked for must be had; without a wish any port does, and the app also works without STUN/TURN. */
async function startStunTurnOrExplain(
  host: string,
  { stunPort, stunHost, stunOtherHost, turnLimits }: ServerOptions,
  notices: string[],
): Promise<StunTurnServer | undefined> {
  const base = {
    host: stunHost ?? host,
    thisMachineOnly: stunHost !== undefined || isLoopback(host),
    ...(stunOtherHost !== undefined && { otherHost: stunOtherHost }),
    ...(turnLimits && { limits: turnLimits }),
  };
  if (stunPort !== undefined) return startStunTurn({ ...base, port: stunPort });
  try {
    return await startStunTurn({ ...base, port: defaultPorts.stun });
  } catch (error) {
    notices.push(`${(error as Error).message} STUN/TURN takes a free port instead.`);
  }
  try {
    return await startStunTurn({ ...base, port: 0 });
  } catch (error) {
    notices.push(`${(error as Error).message} The app runs without STUN/TURN.`);
    return undefined;
  }
}

async function startOwnRooms(host: string, options: ServerOptions): Promise<Rooms> {
  const { natsUrl, origins = [], roomLimits, trustProxy = false, log } = options;
  const bus =
    natsUrl === undefined ? memoryBus() : await (await import('./rooms/nats-bus.ts')).natsBus(natsUrl);
  return startRooms({
    mayCall: ({ headers }) => isSameOrigin(headers, host, origins),
    bus,
    trustProxy,
    ...(roomLimits && { limits: roomLimits }),
    ...(log && { log }),
  });
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

interface Site {
  readonly host: string;
  readonly dist: string;
  readonly stunTurn: StunTurnServer | undefined;
  readonly rooms: Rooms;
  readonly rays: Xray | undefined;
  readonly origins: readonly string[];
}

function handler({ host, dist, stunTurn, rooms, rays, origins }: Site): Handler {
  const files = serveFolder(dist);
  const answer: Handler = (request, response) => {
    setSecurityHeaders(response, {
      ownSocket: ownSocket(request, host, origins),
      trusted: isTrustworthy(request.headers.host, origins),
      url: request.url,
    });
    if (rooms.handle(request, response) || rays?.handle(request, response)) return undefined;
    if (request.method !== 'GET' && request.method !== 'HEAD') return sendNotAllowed(response, 'GET', 'HEAD');
    const path = (request.url ?? '/').split('?', 1)[0];
    if (path === '/healthz') return sendJson(response, { status: 'ok', ...rooms.health() });
    if (path === '/config.json') return sendConfig(request, response, { host, origins, stunTurn });
    return files(request, response);
  };
  return (request, response) => {
    try {
      if (readTarget(request)) answer(request, response);
      else sendText(response, 400, 'Bad request.');
    } catch {
      response.destroy();
    }
  };
}

/** The page's own WebSocket origin, for browsers that do not let `'self'` cover it. */
function ownSocket(
  { headers }: IncomingMessage,
  host: string,
  origins: readonly string[],
): string | undefined {
  if (!isOwnHost(headers.host, host, origins)) return undefined;
  const isProxied = origins.includes(`https://${headers.host}`);
  return `${isProxied ? 'wss' : 'ws'}://${headers.host}`;
}

/** The page's configuration. It holds a credential, so that only the page itself may read it. */
function sendConfig(
  request: IncomingMessage,
  response: ServerResponse,
  { host, origins, stunTurn }: Pick<Site, 'host' | 'origins' | 'stunTurn'>,
): void {
  if (!isSameOrigin(request.headers, host, origins))
    return sendText(response, 403, 'For the page of this server only.');
  const name = hostName(request.headers.host) ?? host;
  response.setHeader('vary', 'origin');
  sendJson(response, {
    iceServers: stunTurn ? iceServers(stunTurn, name) : [],
    rooms: true,
    xray: stunTurn !== undefined,
  });
}

function sendJson(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

/** A port that was asked for must be had; without a wish the next free one does. */
async function listenSomewhere(
  http: Server,
  host: string,
  wished: number | undefined,
  notices: string[],
): Promise<void> {
  if (wished !== undefined) return listen(http, host, wished);
  for (let port = defaultPorts.http; ; port++) {
    try {
      await listen(http, host, port);
      if (port !== defaultPorts.http)
        notices.push(`Port ${defaultPorts.http} is taken by another program: the app is at port ${port}.`);
      return;
    } catch (error) {
      const isTaken = ((error as Error).cause as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!isTaken || port === defaultPorts.http + NEXT_PORTS) throw error;
    }
  }
}

/** Rejects with a one-line Error that names port and reason; the system's is its cause. */
function listen(http: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) =>
      reject(new Error(explainListenError(error, host, port), { cause: error }));
    http.once('error', failed);
    http.listen(port, host, () => {
      http.off('error', failed);
      // from now on an error is a connection that could not be accepted: the others go on
      http.on('error', () => undefined);
      resolve();
    });
  });
}

/** All connections of a server, those that became another protocol's too. */
function openSockets(http: Server): ReadonlySet<Socket> {
  const open = new Set<Socket>();
  http.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  return open;
}

/** Takes no new connection, and lets the answers under way end; what then still hangs is cut. */
function closeHttp(http: Server, sockets: ReadonlySet<Socket>, lastAnswers: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => sockets.forEach((socket) => socket.destroy()), lastAnswers);
    http.close(() => {
      clearTimeout(cut);
      resolve();
    });
    http.closeIdleConnections();
  });
}
