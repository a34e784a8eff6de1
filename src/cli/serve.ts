/** `icescope serve`: the app, its configuration and a STUN/TURN server for this machine, until SIGINT or SIGTERM. */
import { parseArgs } from 'node:util';
import type { Command, Io } from './command.ts';
import { type RunningServer, type ServerOptions, startServer } from '../server/main.ts';

const usage = 'serve [--port 4173] [--stun-port 3478] [--host 127.0.0.1] [--stun-host ADDRESS]';

export const serve: Command = {
  id: 'serve',
  usage,
  summary: 'serve the app, with STUN and TURN for this machine',
  async run(args: readonly string[], io: Io): Promise<number> {
    try {
      const server = await startServer(readOptions(args));
      io.stdout.write(`${report(server)}\n`);
      await stopSignal();
      await server.close();
      return 0;
    } catch (error) {
      io.stderr.write(`icescope serve: ${(error as Error).message}\n`);
      return 2;
    }
  },
};

function readOptions(args: readonly string[]): ServerOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { port: text, 'stun-port': text, host: text, 'stun-host': text },
  });
  return {
    ...(values.host !== undefined && { host: values.host }),
    ...(values.port !== undefined && { port: readPort('--port', values.port) }),
    ...(values['stun-port'] !== undefined && { stunPort: readPort('--stun-port', values['stun-port']) }),
    ...(values['stun-host'] !== undefined && { stunHost: values['stun-host'] }),
  };
}

function readPort(option: string, text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65535) return port;
  throw new Error(`${option} "${text}" is not a port: a number from 0 to 65535 was expected.`);
}

function report(server: RunningServer): string {
  const lines = [`Icescope: ${server.url}`, ...server.notices];
  if (server.stunTurn === undefined) return lines.join('\n');
  return [
    ...lines,
    `STUN and TURN: ${server.stunTurn.host} port ${server.stunPort}, UDP and TCP`,
    `TURN username: ${server.username}`,
    `TURN credential: ${server.credential}`,
  ].join('\n');
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
