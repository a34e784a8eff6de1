/**
 * The server that `icescope serve` starts: the built app, its configuration, and a STUN/TURN server for this machine.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import { fileURLToPath } from 'node:url';
import { iceServers } from './ice-servers.ts';
import { explainListenError } from './listen-error.ts';
import { hostName, isOwnHost, isSameOrigin } from './same-origin.ts';
import { isLoopback, startStunTurn, type StunTurnServer } from './stun-turn.ts';
import { sendText, serveFolder, setSecurityHeaders } from './static.ts';

export interface ServerOptions {
  /** The address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** The HTTP port; 0 takes a free one. Default 4173. */
  readonly port?: number;
  /** The STUN/TURN port, UDP and TCP; 0 takes a free one. Left out: 3478, or a free one when that is taken. */
  readonly stunPort?: number;
  /** An address of this machine for STUN/TURN that answers this machine only (see turn/bind.ts): for Firefox. */
  readonly stunHost?: string;
  /** The built app. Default: `dist` of this checkout. */
  readonly dist?: string;
}

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  /** undefined when STUN/TURN could not start; `notices` says why. */
  readonly stunPort: number | undefined;
  readonly username: string;
  readonly credential: string;
  /** What the person who started it should know, one line each. */
  readonly notices: readonly string[];
  /** For what joins the same port later (signalling). */
  readonly http: Server;
  readonly stunTurn: StunTurnServer | undefined;
  close(): Promise<void>;
}

export const defaultPorts = { http: 4173, stun: 3478 };

/** Starts everything; rejects with a one-line Error when a port that was asked for can not be had. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const host = options.host ?? '127.0.0.1';
  const notices: string[] = [];
  const stunTurn = await startStunTurnOrExplain(host, options, notices);
  const http = createServer(
    handler(host, options.dist ?? fileURLToPath(new URL('../../dist', import.meta.url)), stunTurn),
  );
  try {
    await listen(http, host, options.port ?? defaultPorts.http);
  } catch (error) {
    await stunTurn?.close();
    throw error;
  }
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://${isIPv6(host) ? `[${host}]` : host}:${port}/`,
    port,
    stunPort: stunTurn?.port,
    username: stunTurn?.username ?? '',
    credential: stunTurn?.credential ?? '',
    notices: [...notices, ...(stunTurn?.notices ?? [])],
    http,
    stunTurn,
    close: async () => {
      await Promise.all([closeHttp(http), stunTurn?.close()]);
    },
  };
}

/** A port that was asked for must be had; without a wish any port does, and the app also works without STUN/TURN. */
async function startStunTurnOrExplain(
  host: string,
  { stunPort, stunHost }: ServerOptions,
  notices: string[],
): Promise<StunTurnServer | undefined> {
  const base = { host: stunHost ?? host, thisMachineOnly: stunHost !== undefined || isLoopback(host) };
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

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

function handler(host: string, dist: string, stunTurn: StunTurnServer | undefined): Handler {
  const files = serveFolder(dist);
  return (request, response) => {
    const own = isOwnHost(request.headers.host, host);
    setSecurityHeaders(response, own ? `ws://${request.headers.host}` : undefined);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return sendText(response, 405, 'GET or HEAD only.');
    const path = (request.url ?? '/').split('?', 1)[0];
    if (path === '/healthz') return sendText(response, 200, 'ok');
    if (path === '/config.json') return sendConfig(request, response, host, stunTurn);
    return files(request, response);
  };
}

/** The page's configuration. It holds a credential, so that only the page itself may read it. */
function sendConfig(
  request: IncomingMessage,
  response: ServerResponse,
  host: string,
  stunTurn: StunTurnServer | undefined,
): void {
  if (!isSameOrigin(request.headers, host))
    return sendText(response, 403, 'For the page of this server only.');
  const name = hostName(request.headers.host) ?? host;
  response.writeHead(200, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    vary: 'origin',
  });
  response.end(JSON.stringify({ iceServers: stunTurn ? iceServers(stunTurn, name) : [] }));
}

function listen(http: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    // once it listens, an error is a connection that could not be accepted: the others go on
    http.on('error', (error: NodeJS.ErrnoException) =>
      reject(new Error(explainListenError(error, host, port))),
    );
    http.listen(port, host, resolve);
  });
}

function closeHttp(http: Server): Promise<void> {
  return new Promise((resolve) => {
    http.close(() => resolve());
    http.closeAllConnections();
  });
}
