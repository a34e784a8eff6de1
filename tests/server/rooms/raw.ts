/** Clients of rooms that are nobody's library: bytes on sockets. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type Socket, connect } from 'node:net';

export const secret = (): string => randomBytes(16).toString('base64url');

export const joinAs = (room: string, key = secret(), stream = secret()) =>
  ({ type: 'join', room, key, stream, seat: null }) as const;

/** A TCP connection and what came back on it. */
export class RawSocket {
  readonly socket: Socket;
  text = '';
  bytes = Buffer.alloc(0);
  isClosed = false;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (data) => {
      this.bytes = Buffer.concat([this.bytes, data]);
      this.text = this.bytes.toString('latin1');
    });
    socket.on('close', () => (this.isClosed = true)).on('error', () => {});
  }

  static async open(port: number): Promise<RawSocket> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new RawSocket(socket);
  }

  write(data: string | Buffer): void {
    if (!this.socket.destroyed) this.socket.write(data);
  }

  async until(isTrue: () => boolean, what: string, ms = 30_000): Promise<void> {
    const end = Date.now() + ms;
    while (!isTrue()) {
      if (Date.now() > end)
        throw new Error(`waited for ${what}; got ${JSON.stringify(this.text.slice(0, 300))}`);
      await new Promise((done) => setTimeout(done, 5));
    }
  }

  closed(): Promise<void> {
    return this.until(() => this.isClosed, 'the end of the connection');
  }

  /** The status of the answer. */
  async status(): Promise<number> {
    await this.until(() => /^HTTP\/1\.1 \d{3}/.test(this.text), 'an answer');
    return Number(this.text.slice(9, 12));
  }
}

export type Headers = Readonly<Record<string, string | undefined>>;

/** Lines of a request; a header that is undefined is left out. */
export const requestText = (method: string, path: string, headers: Headers, body = ''): string =>
  [
    `${method} ${path} HTTP/1.1`,
    ...Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`])),
    '',
    body,
  ].join('\r\n');

export const ownHeaders = (port: number): Headers => ({
  Host: `127.0.0.1:${port}`,
  Origin: `http://127.0.0.1:${port}`,
});

export const upgradeHeaders: Headers = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
};

/** A frame from a client (RFC 6455 §5.2), masked with zeros. */
export function frame(payload: string | Buffer, opcode = 1, isFinal = true): Buffer {
  const data = Buffer.from(payload as string);
  const long = data.length > 125;
  const head = Buffer.alloc(long ? 14 : 6);
  head[0] = (isFinal ? 0x80 : 0) | opcode;
  head[1] = 0x80 | (long ? 127 : data.length);
  if (long) head.writeBigUInt64BE(BigInt(data.length), 2);
  return Buffer.concat([head, data]);
}

/** A WebSocket made by hand. */
export class RawWebSocket extends RawSocket {
  static override async open(port: number, path = '/rooms/ws', headers: Headers = {}): Promise<RawWebSocket> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const raw = new RawWebSocket(socket);
    raw.write(requestText('GET', path, { ...ownHeaders(port), ...upgradeHeaders, ...headers }));
    await raw.until(() => raw.text.includes('\r\n\r\n'), 'the answer to the upgrade');
    return raw;
  }

  say(message: unknown): void {
    this.write(frame(typeof message === 'string' ? message : JSON.stringify(message)));
  }

  /** Payloads of the frames that came. */
  get frames(): { readonly opcode: number; readonly payload: Buffer }[] {
    const frames = [];
    let at = this.bytes.indexOf('\r\n\r\n') + 4;
    while (at + 2 <= this.bytes.length) {
      const short = this.bytes[at + 1]! & 127;
      const headLength = short === 127 ? 10 : short === 126 ? 4 : 2;
      if (at + headLength > this.bytes.length) break;
      const length =
        short === 127
          ? Number(this.bytes.readBigUInt64BE(at + 2))
          : short === 126
            ? this.bytes.readUInt16BE(at + 2)
            : short;
      const end = at + headLength + length;
      if (end > this.bytes.length) break;
      frames.push({ opcode: this.bytes[at]! & 15, payload: this.bytes.subarray(at + headLength, end) });
      at = end;
    }
    return frames;
  }

  get messages(): Record<string, unknown>[] {
    return this.frames
      .filter(({ opcode }) => opcode === 1)
      .map(({ payload }) => JSON.parse(payload.toString()));
  }

  /** The status of the close frame, RFC 6455 §7.4.1; undefined when none came. */
  get closeCode(): number | undefined {
    const close = this.frames.find(({ opcode }) => opcode === 8);
    return close && close.payload.length >= 2 ? close.payload.readUInt16BE(0) : undefined;
  }

  async message(type: string): Promise<Record<string, unknown>> {
    await this.until(() => this.messages.some((message) => message['type'] === type), type);
    return this.messages.find((message) => message['type'] === type)!;
  }
}
