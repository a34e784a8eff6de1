/** The clients of rooms in Node, with what a browser has and Node 20 has not. */
import { EventEmitter } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import WebSocket from 'ws';
import { openSocketIoRoom } from '../../../src/live/signalling/socket-io.ts';
import { openSseRoom } from '../../../src/live/signalling/sse.ts';
import { openWebSocketRoom } from '../../../src/live/signalling/websocket.ts';
import type { Room } from '../../../src/live/signalling/room.ts';

export type TransportName = 'websocket' | 'sse' | 'socket-io';
export const transportNames: readonly TransportName[] = ['websocket', 'sse', 'socket-io'];

/** `base`: the server's address, asked for at each connection, so that a client can be led to another server. */
export function openNodeRoom(transport: TransportName, base: string, room: string, key?: string): Room {
  const origin = new URL(base).origin;
  const options = { base, ...(key !== undefined && { key }) };
  if (transport === 'websocket')
    return openWebSocketRoom(room, { ...options, WebSocket: webSocketFrom(origin) });
  if (transport === 'socket-io') return openSocketIoRoom(room, { ...options, extraHeaders: { origin } });
  return openSseRoom(room, { ...options, EventSource: NodeEventSource as never, fetch: fetchFrom(origin) });
}

const webSocketFrom = (origin: string): typeof globalThis.WebSocket =>
  class extends WebSocket {
    constructor(url: string | URL) {
      super(url, { origin });
      // A browser's socket says all it has to say by closing.
      this.on('error', () => {});
    }
  } as never;

const fetchFrom =
  (origin: string): typeof fetch =>
  (url, init) =>
    fetch(url, { ...init, headers: { ...init?.headers, origin } });

/** As much of EventSource (HTML §9.2) as a room uses: reconnects by itself with `Last-Event-ID`, ends at an error status. */
class NodeEventSource extends EventEmitter {
  static readonly CONNECTING = 0;
  static readonly CLOSED = 2;
  readyState = 0;
  onopen: () => void = () => {};
  onmessage: (event: { data: string }) => void = () => {};
  onerror: () => void = () => {};
  readonly #url: URL;
  #lastId = '';
  #retry = 1000;
  #asking: ClientRequest | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(url: URL) {
    super();
    this.#url = url;
    this.#ask();
  }

  close(): void {
    this.readyState = 2;
    clearTimeout(this.#timer);
    this.#asking?.destroy();
  }

  #ask(): void {
    const headers = { accept: 'text/event-stream', ...(this.#lastId && { 'last-event-id': this.#lastId }) };
    this.#asking = request(this.#url, { headers, agent: false }, (response) => this.#read(response));
    this.#asking.on('error', () => this.#lost()).end();
  }

  #read(response: IncomingMessage): void {
    if (response.statusCode !== 200) return this.#fail();
    this.readyState = 1;
    this.onopen();
    let text = '';
    response.setEncoding('utf8').on('data', (chunk: string) => {
      const blocks = (text + chunk).split('\n\n');
      text = blocks.pop()!;
      for (const block of blocks) this.#event(block);
    });
    response.on('close', () => this.#lost()).on('error', () => {});
  }

  #event(block: string): void {
    const fields = block.split('\n').map((line) => /^(\w+): ?(.*)$/s.exec(line));
    const value = (name: string) => fields.find((field) => field?.[1] === name)?.[2];
    this.#lastId = value('id') ?? this.#lastId;
    this.#retry = Number(value('retry') ?? this.#retry);
    const data = value('data');
    if (data !== undefined && this.readyState === 1) this.onmessage({ data });
  }

  #fail(): void {
    this.readyState = 2;
    this.onerror();
  }

  #lost(): void {
    if (this.readyState === 2) return;
    this.readyState = 0;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), this.#retry);
    this.onerror();
  }
}
