/** coturn on this machine, right once and wrong in each way that people meet, and servers that are none. Loopback only. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { methods } from '../../src/core/stun/methods.ts';
import { TurnClient } from '../server/support/turn-client.ts';
import { freePort } from './free-port.ts';

export const coturnInstalled = spawnSync('which', ['turnserver', 'openssl']).status === 0;

export const LOGIN = { username: 'ann', credential: 'right' } as const;
export const SECRET = 'the secret of the house';

export type Wrong =
  | 'stun'
  | 'stun6'
  | 'udp'
  | 'tcp'
  | 'bad-password'
  | 'bad-password-tcp'
  | 'expired'
  | 'quota'
  | 'denied-peer'
  | 'wrong-realm'
  | 'self-signed'
  | 'closed-tcp'
  | 'closed-udp'
  | 'silent'
  | 'no-such-name'
  | 'udp-blocked'
  | 'udp-blocked-tcp';

export interface WrongServer {
  readonly urls: readonly [string];
  readonly username?: string;
  readonly credential?: string;
}

export class WrongServers {
  readonly #folder = mkdtempSync(join(tmpdir(), 'icescope-wrong-'));
  readonly #processes: ChildProcess[] = [];
  readonly #sockets: Socket[] = [];
  #holder: TurnClient | null = null;
  servers!: Readonly<Record<Wrong, WrongServer>>;
  /** Port of the server that takes names made from `SECRET`. */
  restPort = 0;

  async start(): Promise<this> {
    const [cert, key] = [join(this.#folder, 'cert.pem'), join(this.#folder, 'key.pem')];
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
    execFileSync('openssl', [...made, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    const allows = '--allow-loopback-peers';
    const user = ['--lt-cred-mech', '-u', `${LOGIN.username}:${LOGIN.credential}`];
    const keyOfElsewhere = `${LOGIN.username}:0x${'ab'.repeat(16)}`;
    const [good, rest, quota, denied, realm, tcpOnly] = await Promise.all([
      this.#coturn(...user, allows, '--cert', cert, '--pkey', key),
      this.#coturn('--use-auth-secret', '--static-auth-secret', SECRET, allows, '--no-tls'),
      this.#coturn(...user, allows, '--no-tls', '--user-quota', '1'),
      this.#coturn(...user, '--no-tls'),
      this.#coturn('--lt-cred-mech', '-u', keyOfElsewhere, allows, '--no-tls'),
      this.#coturn(...user, allows, '--no-tls', '--no-udp'),
    ]);
    this.restPort = rest.port;
    this.#holder = await TurnClient.udp(quota.port, LOGIN);
    await this.#holder.allocate();
    const silent = await this.#silent(0);
    await this.#silent(tcpOnly.port);
    const closed = await freePort();
    const turn = (port: number, query = ''): WrongServer => ({
      urls: [`turn:127.0.0.1:${port}${query}`],
      ...LOGIN,
    });
    const wrong = { credential: 'wrong' };
    const ended = Math.floor(Date.now() / 1000) - 18 * 3600;
    this.servers = {
      stun: { urls: [`stun:127.0.0.1:${good.port}`] },
      stun6: { urls: [`stun:[::1]:${good.port}`] },
      udp: turn(good.port),
      tcp: turn(good.port, '?transport=tcp'),
      'bad-password': { ...turn(good.port), ...wrong },
      'bad-password-tcp': { ...turn(good.port, '?transport=tcp'), ...wrong },
      expired: { ...turn(rest.port), username: `${ended}:ann`, ...wrong },
      quota: turn(quota.port),
      'denied-peer': turn(denied.port),
      'wrong-realm': turn(realm.port),
      'self-signed': { urls: [`turns:localhost:${good.tlsPort}?transport=tcp`], ...LOGIN },
      'closed-tcp': turn(closed, '?transport=tcp'),
      'closed-udp': turn(closed),
      silent: turn(silent),
      'no-such-name': { urls: ['turn:turn.nowhere.invalid'], ...LOGIN },
      'udp-blocked': turn(tcpOnly.port),
      'udp-blocked-tcp': turn(tcpOnly.port, '?transport=tcp'),
    };
    return this;
  }

  /** As somebody writes them into the box: one a line. */
  text(...which: readonly Wrong[]): string {
    return which
      .map((id) => this.servers[id])
      .map(({ urls: [url], username, credential }) => [url, username, credential].filter(Boolean).join(' '))
      .join('\n');
  }

  async close(): Promise<void> {
    this.#holder?.close();
    for (const socket of this.#sockets) socket.close();
    for (const process of this.#processes) {
      process.kill('SIGTERM');
      if (process.exitCode === null) await once(process, 'exit');
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #coturn(...flags: string[]): Promise<{ port: number; tlsPort: number }> {
    const [port, tlsPort] = [await freePort(), await freePort()];
    const process = spawn(
      'turnserver',
      ['-n', '--no-cli', '--no-dtls', '-r', 'example.org', '--log-file', 'stdout', ...flags]
        .concat('-L', '127.0.0.1', '-L', '::1', '-p', String(port), '--tls-listening-port', String(tlsPort))
        .concat('--pidfile', join(this.#folder, `${port}.pid`), '--userdb', join(this.#folder, `${port}.db`)),
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    this.#processes.push(process);
    process.stdout!.resume();
    await answers(port, flags.includes('--no-udp') ? 'tcp' : 'udp');
    return { port, tlsPort };
  }

  /** Takes datagrams and never answers. */
  async #silent(port: number): Promise<number> {
    const socket = createSocket('udp4');
    await new Promise<void>((done) => socket.bind(port, '127.0.0.1', done));
    this.#sockets.push(socket);
    return socket.address().port;
  }
}

/** Until it answers a Binding request; coturn needs some 100 ms. */
async function answers(port: number, transport: 'udp' | 'tcp'): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await isAnswered(port, transport)) return;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error(`coturn does not answer on port ${port}`);
}

async function isAnswered(port: number, transport: 'udp' | 'tcp'): Promise<boolean> {
  if (transport === 'tcp' && !(await isOpen(port))) return false;
  const client = await TurnClient[transport](port, LOGIN);
  try {
    await client.ask(client.bytes(methods.binding.number), 500);
    return true;
  } catch {
    return false;
  } finally {
    client.close();
  }
}

/** Whether something listens on this TCP port of this machine. */
export function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return new Promise((done) => {
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
  }).finally(() => socket.destroy()) as Promise<boolean>;
}
