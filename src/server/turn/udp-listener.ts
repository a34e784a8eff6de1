/** STUN/TURN over UDP: one socket for each address of the server. */
import { createSocket, type Socket } from 'node:dgram';
import { familyOf, type TransportAddress } from '../../core/base/address.ts';
import { type Client, clientKey, plainAddress, type Receiver } from './client.ts';
import { isReachable, sendDatagram } from './datagram.ts';
import { literalLookup } from './relay-socket.ts';

export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

const receiveBuffer = 2 * 1024 * 1024;

class UdpClient implements Client {
  readonly transport = 'udp';
  readonly key: string;
  readonly local: TransportAddress;
  readonly remote: TransportAddress;
  readonly #socket: Socket;

  constructor(socket: Socket, local: TransportAddress, remote: TransportAddress) {
    this.#socket = socket;
    this.local = local;
    this.remote = remote;
    this.key = clientKey('udp', remote, local);
  }

  send(bytes: Uint8Array): boolean {
    return sendDatagram(this.#socket, bytes, this.remote);
  }

  close(): void {
    // a datagram socket has no connection to end
  }
}

export interface UdpListener extends Listener {
  readonly local: TransportAddress;
  /** Whoever is at this address, as if it had asked here. */
  clientAt(remote: TransportAddress): Client;
}

/** Rejects with the system's error. */
export function listenUdp(address: string, port: number, receiver: Receiver): Promise<UdpListener> {
  const ipv6 = familyOf(address) === 'IPv6';
  const socket = createSocket({ type: ipv6 ? 'udp6' : 'udp4', ipv6Only: ipv6, lookup: literalLookup });
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => {
      socket.close();
      reject(error);
    };
    socket.once('error', failed);
    socket.bind({ address, port, exclusive: true }, () => {
      socket.off('error', failed);
      socket.on('error', () => undefined);
      enlargeBuffer(socket);
      const local = { address, port: socket.address().port };
      socket.on('message', (bytes, from) => {
        const remote = { address: plainAddress(from.address), port: from.port };
        if (!isReachable(remote)) return receiver.drop('no port');
        receiver.receive(bytes, new UdpClient(socket, local, remote));
      });
      resolve({
        port: local.port,
        local,
        clientAt: (remote) => new UdpClient(socket, local, remote),
        close: () => new Promise((done) => socket.close(() => done())),
      });
    });
  });
}

/** A wish: a system that grants less is as good. */
function enlargeBuffer(socket: Socket): void {
  try {
    socket.setRecvBufferSize(receiveBuffer);
  } catch {
    return;
  }
}
