/** `icescope serve`: the app, its rooms and a STUN/TURN server for this machine, until SIGINT or SIGTERM. */
import { parseArgs } from 'node:util';
import type { Command, Io } from './command.ts';
import { serveUsage } from './serve-usage.ts';
import { type RunningServer, type ServerOptions, startServer } from '../server/main.ts';
import type { AlternateAddresses } from '../server/turn/alternate-addresses.ts';
import { readRoomLimits } from '../server/rooms/limits.ts';
import { jsonLog } from '../server/rooms/log.ts';

/** Milliseconds after the server closed that what it wrote last may take. */
const LAST_WRITES = 200;

export const serve: Command = {
  ...serveUsage,
  async run(args: readonly string[], io: Io): Promise<number> {
    try {
      const server = await startServer({ ...readOptions(args, io), ...readEnvironment(process.env) });
      const stopped = stopSignal();
      io.stdout.write(`${report(server)}\n`);
      await stopped;
      await server.close();
      endSoon();
      return 0;
    } catch (error) {
      io.stderr.write(`icescope serve: ${(error as Error).message}\n`);
      return 2;
    }
  },
};

function readOptions(args: readonly string[], io: Io): ServerOptions {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: text,
      'stun-port': text,
      host: text,
      'stun-host': text,
      'stun-other-host': text,
      origin: { ...text, multiple: true },
      'trust-proxy': flag,
      log: flag,
    },
  });
  return {
    ...(values.host !== undefined && { host: values.host }),
    ...(values.port !== undefined && { port: readPort('--port', values.port) }),
    ...(values['stun-port'] !== undefined && { stunPort: readPort('--stun-port', values['stun-port']) }),
    ...(values['stun-host'] !== undefined && { stunHost: values['stun-host'] }),
    ...(values['stun-other-host'] !== undefined && { stunOtherHost: values['stun-other-host'] }),
    ...(values.origin !== undefined && { origins: values.origin.map(readOrigin) }),
    ...(values['trust-proxy'] && { trustProxy: true }),
    ...(values.log && { log: jsonLog((line) => io.stderr.write(line)) }),
  };
}

/** What differs from one place to another, and may be a secret. */
function readEnvironment({ NATS_URL, ICESCOPE_ROOM_LIMITS }: NodeJS.ProcessEnv): ServerOptions {
  return {
    ...(NATS_URL && { natsUrl: NATS_URL }),
    ...(ICESCOPE_ROOM_LIMITS && { roomLimits: readRoomLimits(ICESCOPE_ROOM_LIMITS) }),
  };
}

/** An origin as browsers write it (RFC 6454 §6.2): scheme, host, and a port that is not the scheme's own. */
function readOrigin(text: string): string {
  if (URL.canParse(text) && /^https?:\/\//.test(text) && new URL(text).origin === text.toLowerCase())
    return text.toLowerCase();
  throw new Error(
    `--origin "${text}" is not an origin: something like https://ice.example.org was expected.`,
  );
}

function readPort(option: string, text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65535) return port;
  throw new Error(`${option} "${text}" is not a port: a number from 0 to 65535 was expected.`);
}

function report(server: RunningServer): string {
  const lines = [`Icescope: ${server.url}`, ...server.notices];
  if (server.sharesRooms) lines.push('Rooms are shared with the other servers at NATS_URL.');
  if (server.stunTurn === undefined) return lines.join('\n');
  return [
    ...lines,
    `STUN and TURN: ${server.stunTurn.host} port ${server.stunPort}, UDP and TCP`,
    ...behaviourTests(server.stunTurn.alternates),
    `TURN username: ${server.username}`,
    `TURN credential: ${server.credential}`,
  ].join('\n');
}

function behaviourTests(alternates: AlternateAddresses | undefined): string[] {
  if (alternates === undefined) return [];
  return [
    `NAT behaviour (RFC 5780): ${alternates.addresses.join(' and ')}, ports ${alternates.ports.join(' and ')}`,
  ];
}

/** Ends the process should anything still keep it: a handle that nobody closed is no reason to stay. */
function endSoon(): void {
  setTimeout(() => process.exit(), LAST_WRITES).unref();
}

/** Resolves at the first SIGINT or SIGTERM. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}
