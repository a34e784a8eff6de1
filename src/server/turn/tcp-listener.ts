/** STUN/TURN over TCP (RFC 8489 §6.2.2): frames in a stream; the connection is the client. */
import { createServer, type Server, type Socket } from 'node:net';
import { familyOf, type TransportAddress } from '../../core/base/address.ts';
import { frameForStream, StreamFramer } from '../../core/stun/stream.ts';
import { countedAs } from '../client-address.ts';
import { Tally } from '../tally.ts';
import { type Client, clientKey, plainAddress, type Receiver } from './client.ts';
import type { Limits } from './limits.ts';
import type { Listener } from './udp-listener.ts';

class TcpClient implements Client {
  readonly transport = 'tcp';
  readonly key: string;
  readonly local: TransportAddress;
  readonly remote: TransportAddress;
  readonly #socket: Socket;
  readonly #receiver: Receiver;
  readonly #backlog: number;

  constructor(socket: Socket, local: TransportAddress, receiver: Receiver, backlog: number) {
    this.#socket = socket;
    this.#receiver = receiver;
    this.#backlog = backlog;
    this.local = local;
    this.remote = { address: plainAddress(socket.remoteAddress ?? '0.0.0.0'), port: socket.remotePort ?? 0 };
    this.key = clientKey('tcp', this.remote, local);
  }

  /** What a client does not read is dropped, as a full queue drops datagrams. */
  send(bytes: Uint8Array): boolean {
    const isFull = this.#socket.writableLength > this.#backlog;
    if (isFull) this.#receiver.drop('backlog');
    if (isFull || !this.#socket.writable) return false;
    this.#socket.write(frameForStream(bytes));
    return true;
  }

  close(): void {
    this.#socket.destroy();
  }
}

/** Rejects with the system's error. */
export function listenTcp(
  address: string,
  port: number,
  receiver: Receiver,
  limits: Limits,
): Promise<Listener> {
  const open = new Set<Socket>();
  const ofAddress = new Tally();
  const server = createServer({ noDelay: true }, (socket) => {
    const client = new TcpClient(socket, { address, port: localPort(server) }, receiver, limits.tcpBacklog);
    const counted = countedAs(client.remote.address);
    open.add(socket);
    ofAddress.add(counted);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      open.delete(socket);
      ofAddress.add(counted, -1);
    });
    const refusal = !receiver.mayAnswer(client.remote)
      ? 'foreign machine'
      : ofAddress.of(counted) > limits.tcpConnectionsPerAddress && 'connection limit';
    if (!refusal) return serveConnection(socket, client, receiver, limits);
    receiver.drop(refusal);
    socket.destroy();
  });
  server.maxConnections = limits.tcpConnections;
  server.on('drop', () => receiver.drop('connection limit'));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: address, port, exclusive: true, ipv6Only: familyOf(address) === 'IPv6' }, () => {
      server.off('error', reject);
      server.on('error', () => undefined);
      resolve({ port: localPort(server), close: () => closeAll(server, open) });
    });
  });
}

function localPort(server: Server): number {
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? bound.port : 0;
}

function closeAll(server: Server, open: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of open) socket.destroy();
  });
}

function serveConnection(socket: Socket, client: Client, receiver: Receiver, limits: Limits): void {
  const framer = new StreamFramer(limits.lastChannel);
  let frameCount = 0;
  let last = { hasAllocation: false, unfinished: -1 };
  const looking = setInterval(() => {
    const now = {
      hasAllocation: receiver.hasAllocation(client),
      unfinished: framer.waiting > 0 ? frameCount : -1,
    };
    const isStuck = now.unfinished >= 0 && now.unfinished === last.unfinished;
    if (isStuck || !(now.hasAllocation || last.hasAllocation)) socket.destroy();
    last = now;
  }, limits.tcpIdle * 1000).unref();
  socket.on('close', () => {
    clearInterval(looking);
    receiver.gone(client);
  });
  socket.on('data', (chunk) => {
    const frames = framer.push(chunk);
    if (!frames.ok) {
      receiver.drop('malformed');
      socket.destroy();
      return;
    }
    frameCount += frames.value.length;
    for (const frame of frames.value) receiver.receive(frame, client);
  });
}
