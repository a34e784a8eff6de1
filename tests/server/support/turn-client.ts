/** A small STUN/TURN client on our codec, over UDP or TCP, that lets a test send anything. */
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import type { TransportAddress } from '../../../src/core/base/address.ts';
import { attr, type AttributeValue } from '../../../src/core/stun/attribute.ts';
import { requestedTransport, xorRelayedAddress } from '../../../src/core/stun/attributes/allocation.ts';
import { nonce, realm, username } from '../../../src/core/stun/attributes/credentials.ts';
import { errorCode } from '../../../src/core/stun/attributes/message.ts';
import { xorPeerAddress } from '../../../src/core/stun/attributes/relaying.ts';
import { toHex } from '../../../src/core/base/bytes.ts';
import { longTermKey } from '../../../src/core/stun/integrity.ts';
import { decodeMessage, encodeMessage, get, type StunMessage } from '../../../src/core/stun/message.ts';
import { methods } from '../../../src/core/stun/methods.ts';
import { frameForStream, StreamFramer } from '../../../src/core/stun/stream.ts';

interface Pipe {
  send(bytes: Uint8Array): void;
  close(): void;
}

export interface Login {
  readonly username: string;
  readonly credential: string;
}

export class TurnClient {
  /** What came in that was no answer to a request. */
  readonly other: Uint8Array[] = [];
  nonce = '';
  realm = '';
  /** Its own port. */
  port = 0;
  #isLost = false;
  readonly #pipe: Pipe;
  readonly #waiting = new Map<string, (message: StunMessage | Error) => void>();
  readonly #login: Login;

  private constructor(pipe: Pipe, login: Login) {
    this.#pipe = pipe;
    this.#login = login;
  }

  /** `from`: the own address. */
  static async udp(port: number, login: Login, host = '127.0.0.1', from = host): Promise<TurnClient> {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    await new Promise<void>((done) => socket.bind(0, from, done));
    const send = (bytes: Uint8Array) => socket.send(bytes, port, host);
    const client = new TurnClient({ send, close: () => socket.close() }, login);
    client.port = socket.address().port;
    socket.on('message', (bytes) => client.#receive(bytes));
    return client;
  }

  /** `localPort`: the own port; 0 takes any. */
  static async tcp(port: number, login: Login, host = '127.0.0.1', localPort = 0): Promise<TurnClient> {
    const socket = connect({ port, host, localPort });
    await new Promise<void>((done) => socket.once('connect', done));
    const send = (bytes: Uint8Array) => void socket.write(frameForStream(bytes));
    const client = new TurnClient({ send, close: () => socket.destroy() }, login);
    const framer = new StreamFramer();
    socket.on('data', (chunk) => {
      const frames = framer.push(chunk);
      if (frames.ok) for (const frame of frames.value) client.#receive(frame);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => client.#lost());
    return client;
  }

  close(): void {
    this.#pipe.close();
  }

  send(bytes: Uint8Array): void {
    this.#pipe.send(bytes);
  }

  /** The connection is gone: nothing will be answered any more. */
  #lost(): void {
    this.#isLost = true;
    for (const reject of this.#waiting.values()) reject(new Error('the connection is closed'));
  }

  #receive(bytes: Uint8Array): void {
    const message = decodeMessage(bytes);
    const id = message.ok ? toHex(message.value.transactionId) : '';
    const waiting = this.#waiting.get(id);
    if (message.ok && waiting) waiting(message.value);
    else this.other.push(bytes);
  }

  /** Sends bytes and waits for the answer to this transaction; rejects after `timeout` ms. */
  async ask(bytes: Uint8Array, timeout = 30_000): Promise<StunMessage> {
    if (this.#isLost) throw new Error('the connection is closed');
    const id = toHex(bytes.subarray(8, 20));
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<StunMessage>((resolve, reject) => {
        this.#waiting.set(id, (answer) => (answer instanceof Error ? reject(answer) : resolve(answer)));
        timer = setTimeout(() => reject(new Error('no answer')), timeout);
        this.send(bytes);
      });
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
    }
  }

  /** The bytes of a request without credentials. */
  bytes(method: number, attributes: readonly AttributeValue[] = []): Uint8Array {
    return encodeMessage({ class: 'request', method, transactionId: randomBytes(12), attributes });
  }

  /** A request without credentials. */
  plain(method: number, attributes: readonly AttributeValue[] = []): Promise<StunMessage> {
    return this.ask(this.bytes(method, attributes));
  }

  /** The bytes of a signed request. */
  signed(
    method: number,
    attributes: readonly AttributeValue[],
    options: { credential?: string; transactionId?: Uint8Array; realm?: string; username?: string } = {},
  ): Uint8Array {
    const { credential = this.#login.credential, transactionId = randomBytes(12) } = options;
    const [name, domain] = [options.username ?? this.#login.username, options.realm ?? this.realm];
    return encodeMessage({
      class: 'request',
      method,
      transactionId,
      attributes: [...attributes, attr(username, name), attr(realm, domain), attr(nonce, this.nonce)],
      integrity: [{ algorithm: 'sha1', key: longTermKey(name, domain, credential) }],
    });
  }

  /** A signed request; asks for a nonce first when there is none. */
  async request(method: number, attributes: readonly AttributeValue[] = []): Promise<StunMessage> {
    if (this.nonce === '') await this.challenge();
    return this.ask(this.signed(method, attributes));
  }

  async challenge(): Promise<StunMessage> {
    const refused = await this.plain(methods.allocate.number, [attr(requestedTransport, 17)]);
    this.nonce = get(refused, nonce) ?? '';
    this.realm = get(refused, realm) ?? '';
    return refused;
  }

  /** Allocates; the relayed transport address, or the error code. */
  async allocate(...attributes: readonly AttributeValue[]): Promise<TransportAddress> {
    const answer = await this.request(methods.allocate.number, [attr(requestedTransport, 17), ...attributes]);
    const relayed = get(answer, xorRelayedAddress);
    if (relayed === undefined) throw new Error(`allocate: ${codeOf(answer)}`);
    return relayed;
  }

  async permit(...peers: readonly TransportAddress[]): Promise<number> {
    const attributes = peers.map((peer) => attr(xorPeerAddress, peer));
    return codeOf(await this.request(methods.createPermission.number, attributes));
  }
}

/** 200 for a success. */
export function codeOf(message: StunMessage): number {
  return message.class === 'success' ? 200 : (get(message, errorCode)?.code ?? 0);
}

/** Polls until the condition holds; rejects after `timeout` ms. */
export async function until(condition: () => boolean, timeout = 30_000): Promise<void> {
  const end = Date.now() + timeout;
  while (!condition()) {
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise((done) => setTimeout(done, 5));
  }
}
