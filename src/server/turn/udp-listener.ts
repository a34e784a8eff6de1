/** STUN/TURN over UDP: one socket for each address of the server. */
import { createSocket, type Socket } from 'node:dgram';
import { familyOf, type TransportAddress } from '../../core/stun/address.ts';
import { type Client, clientKey, plainAddress, type Receiver } from './client.ts';
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
    this.#socket.send(bytes, this.remote.port, this.remote.address);
    return true;
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
    socket.once('error', reject);
    socket.bind({ address, port, exclusive: true }, () => {
      socket.off('error', reject);
      socket.on('error', () => undefined);
      socket.setRecvBufferSize(receiveBuffer);
      const local = { address, port: socket.address().port };
      socket.on('message', (bytes, from) => {
        const remote = { address: plainAddress(from.address), port: from.port };
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
