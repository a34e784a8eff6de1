/** A room over Server-Sent Events (HTML §9.2): an event stream from the server, and POST to it. */
import { type Join, type Said, roomLimits, roomPaths } from '../../core/signalling/room-messages.ts';
import type { Room } from './room.ts';
import { type OpenWire, type RoomOptions, type WireEvents, openServerRoom } from './server-room.ts';

export interface SseRoomOptions extends RoomOptions {
  /** For where there is no browser. */
  readonly EventSource?: typeof EventSource;
  readonly fetch?: typeof fetch;
}

export function openSseRoom(room: string, options: SseRoomOptions = {}): Room {
  const base = options.base ?? document.baseURI;
  const { EventSource: Source = EventSource, fetch: post = (...args) => fetch(...args) } = options;
  return openServerRoom('sse', wireTo(base, Source, post), room, options.key);
}

/** After so many tries of its own the browser's reconnecting gives way to ours, which waits longer each time. */
const OWN_TRIES = 3;
const POST_BYTES = roomLimits.frameBytes / 2;
const POST_MESSAGES = 100;

const wireTo =
  (base: string, Source: typeof EventSource, fetch: typeof globalThis.fetch): OpenWire =>
  (join, events) => {
    const url = new URL(roomPaths.events, base);
    const { room, key, stream, seat } = join;
    url.search = new URLSearchParams({ room, key, stream, ...(seat && { seat }) }).toString();
    const source = new Source(url);
    const posting = new Posting(new URL(roomPaths.post, base), join, fetch, events);
    let tries = 0;
    source.onopen = () => (tries = 0);
    source.onmessage = ({ data }) => events.message(data);
    source.onerror = () => {
      if (source.readyState === Source.CONNECTING && ++tries < OWN_TRIES) return events.interrupted();
      source.close();
      events.closed();
    };
    return {
      send: (message) => message.type !== 'join' && posting.send(message),
      close: () => source.close(),
    };
  };

/** One post at a time, so that what is said stays in order; what fails is not said again: messages come again anyway. */
class Posting {
  readonly #url: URL;
  readonly #who: Pick<Join, 'room' | 'key' | 'stream'>;
  readonly #fetch: typeof fetch;
  readonly #events: WireEvents;
  #waiting: Said[] = [];
  #busy = false;

  constructor(url: URL, { room, key, stream }: Join, fetch: typeof globalThis.fetch, events: WireEvents) {
    this.#url = url;
    this.#who = { room, key, stream };
    this.#fetch = fetch;
    this.#events = events;
  }

  send(message: Said): void {
    this.#waiting.push(message);
    if (!this.#busy) void this.#run();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    // What is said in one task goes in one post.
    await Promise.resolve();
    while (this.#waiting.length > 0) await this.#post(this.#next());
    this.#busy = false;
  }

  async #post(messages: readonly Said[]): Promise<void> {
    try {
      const response = await this.#fetch(this.#url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...this.#who, messages }),
        // A page that is closing may still say so.
        keepalive: messages.some(({ type }) => type === 'leave'),
      });
      if (response.status === 404)
        this.#events.message({ type: 'refused', code: 'not-seated', detail: '', final: false });
    } catch {
      this.#waiting = [];
    }
  }

  /** As many as one post may hold. */
  #next(): Said[] {
    let [count, bytes] = [0, 0];
    for (const message of this.#waiting.slice(0, POST_MESSAGES)) {
      bytes += message.type === 'letter' ? JSON.stringify(message.text).length * 3 : 100;
      if (count > 0 && bytes > POST_BYTES) break;
      count++;
    }
    return this.#waiting.splice(0, count);
  }
}
