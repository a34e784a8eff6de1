/** A STUN/TURN server for each test, with its clock, and clients and peers that are closed after the test. */
import { createSocket, type Socket } from 'node:dgram';
import { afterEach, beforeEach } from 'vitest';
import type { AttributeValue } from '../../../src/core/stun/attribute.ts';
import { startStunTurn, type StunTurnOptions, type StunTurnServer } from '../../../src/server/stun-turn.ts';
import { codeOf, TurnClient } from './turn-client.ts';

interface Closable {
  close(): void;
}

interface EchoPeer {
  readonly socket: Socket;
  readonly address: { readonly address: string; readonly port: number };
}

class ServerForEachTest {
  server!: StunTurnServer;
  /** Milliseconds since 1970, as the server reads them. */
  clock = Date.now();
  readonly #open: Closable[] = [];

  constructor() {
    beforeEach(() => this.start());
    afterEach(async () => {
      for (const each of this.#open.splice(0)) each.close();
      await this.server.close();
    });
  }

  closeAfter(open: Closable): void {
    this.#open.push(open);
  }

  /** In place of the one that runs. */
  start = async (options: Partial<StunTurnOptions> = {}): Promise<void> => {
    await this.server?.close();
    this.server = await startStunTurn({ port: 0, now: () => this.clock, ...options });
  };

  client = async (transport: 'udp' | 'tcp' = 'udp', host = '127.0.0.1'): Promise<TurnClient> => {
    const client = await TurnClient[transport](this.server.port, this.server, host);
    this.closeAfter(client);
    return client;
  };

  /** A peer that sends back what it gets. */
  echo = async (host = '127.0.0.1'): Promise<EchoPeer> => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    await new Promise<void>((done) => socket.bind(0, host, done));
    socket.on('message', (bytes, from) => socket.send(bytes, from.port, from.address));
    this.closeAfter(socket);
    return { socket, address: { address: host, port: socket.address().port } };
  };
}

/** To be called once, at the top of a file of tests. */
export const serverForEachTest = (): ServerForEachTest => new ServerForEachTest();

/** The error code of the answer; 200 for a success. */
export const ask = async (
  client: TurnClient,
  method: { readonly number: number },
  ...attributes: AttributeValue[]
): Promise<number> => codeOf(await client.request(method.number, attributes));
