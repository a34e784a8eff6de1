/** Servers as processes that can be killed and started again on the same port, and a load balancer before them. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, type Socket, connect, createServer } from 'node:net';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

export const hasNats = spawnSync('nats-server', ['--version']).status === 0;

/** A program on a port of its own that can be killed at any time. */
export class Program {
  readonly port: number;
  readonly #start: () => ChildProcess;
  #child: ChildProcess | undefined;

  constructor(port: number, start: (port: number) => ChildProcess) {
    this.port = port;
    this.#start = () => start(port);
  }

  /** Resolves when it accepts connections. */
  async start(): Promise<void> {
    this.#child = this.#start();
    for (let tries = 0; tries < 200; tries++) {
      if (await accepts(this.port)) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`nothing listens on port ${this.port}`);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => done(true));
    socket.on('connect', () => socket.destroy()).on('error', () => done(false));
  });
}

export const natsProgram = (port: number): Program =>
  new Program(port, () => spawn('nats-server', ['-a', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' }));

/** `icescope serve` as anybody starts it. */
export const serverProgram = (port: number, env: Record<string, string> = {}): Program =>
  new Program(port, () =>
    spawn(
      process.execPath,
      ['--import', 'tsx', 'src/cli/main.ts', 'serve', '--port', String(port), '--stun-port', '0'],
      { cwd: root, stdio: 'ignore', env: { ...process.env, ...env } },
    ),
  );

export interface Balancer {
  readonly url: string;
  close(): void;
}

/** Each connection goes to the next server that takes it: nothing is sticky. */
export async function balance(servers: readonly Program[]): Promise<Balancer> {
  let turn = 0;
  const sockets = new Set<Socket>();
  const join = (from: Socket, tries: number): void => {
    const { port } = servers[turn++ % servers.length]!;
    const to = connect(port, '127.0.0.1');
    sockets.add(from).add(to);
    to.once('connect', () => {
      tries = 0;
      from.pipe(to).pipe(from);
    });
    to.on('error', () => (tries > 0 ? join(from, tries - 1) : from.destroy()));
    to.on('close', () => (tries > 0 ? undefined : from.destroy()));
    from.on('error', () => to.destroy()).on('close', () => to.destroy());
  };
  const server = createServer((socket) => join(socket, servers.length)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
