/**
 * What a client and a server of rooms say to each other: one JSON object a message, the same over WebSocket, Server-Sent
 * Events with POST, and Socket.IO.
 *
 * A message is kept by its sender until the receiving client has acknowledged it, so that servers are relays that may
 * stop at any time. Messages carry the sender's own count and are taken in that order (`delivery.ts`).
 *
 *     client                       server                        the other client
 *     join {room, key, stream} ──▶
 *                              ◀── seated {seat: 'A', other: null}
 *                              ◀── other {stream: 'z…'}      ◀── join …
 *     letter {n: 1, base: 0}   ──▶ letter {n: 1, from: 'A'}  ──▶
 *                              ◀── ack {n: 1}                ◀── ack {n: 1}
 */

export type Seat = 'A' | 'B';
export const otherSeat = (seat: Seat): Seat => (seat === 'A' ? 'B' : 'A');

/** What a room carries at most. Messages in bytes of UTF-8; a frame leaves room for JSON to escape each byte as `\u0000`. */
export const roomLimits = { envelopeBytes: 64 * 1024, frameBytes: 6 * 64 * 1024 + 1024 };

/** 128 bits in base64url: 21 characters, and one that holds the last two bits. Room, key and stream look like this. */
export const SECRET = /^[\w-]{21}[AQgw]$/;

/**
 * Asks for a seat. `key` is the client's own secret: with it the seat is had again after a broken connection or a
 * reload. `stream` names this client's count of messages: new with each page, so that a reload begins at 1 again.
 */
export interface Join {
  readonly type: 'join';
  readonly room: string;
  readonly key: string;
  readonly stream: string;
  /** Where it sat before, for a server that knows nothing of it; null at first. */
  readonly seat: Seat | null;
}

/** `n` counts from 1 in each stream; all up to `base` were acknowledged, so that a newcomer knows where to begin. */
export interface Envelope {
  readonly n: number;
  readonly base: number;
  readonly text: string;
}

/** All messages of `stream` up to `n` have come; `again`: a later one came, so that those between are missing. */
export interface Ack {
  readonly type: 'ack';
  readonly stream: string;
  readonly n: number;
  readonly again: boolean;
}

export type ClientMessage =
  | Join
  | ({ readonly type: 'letter' } & Envelope)
  | Ack
  /** Answers the server's `beat`. */
  | { readonly type: 'beat' }
  /** Gives the seat up for good. */
  | { readonly type: 'leave' };

/** What a client says once it has joined. */
export type Said = Exclude<ClientMessage, Join>;

/** Why a server refuses. A final one ends the connection and is not to be tried again. */
export type RefusalCode = 'malformed' | 'not-seated' | 'rate' | 'busy' | 'full' | 'replaced' | 'idle';

export interface Refusal {
  readonly type: 'refused';
  readonly code: RefusalCode;
  /** What happened and what was expected, for a person. */
  readonly detail: string;
  readonly final: boolean;
}

export type ServerMessage =
  /** `other` is the stream of who sits opposite, null when nobody does now. */
  | { readonly type: 'seated'; readonly seat: Seat; readonly other: string | null }
  | { readonly type: 'other'; readonly stream: string | null }
  /** `from` and `stream` are the server's word, not the sender's. */
  | ({ readonly type: 'letter'; readonly from: Seat; readonly stream: string } & Envelope)
  | Ack
  | Refusal
  /** Whether this server reaches the other servers; messages wait meanwhile. */
  | { readonly type: 'servers'; readonly joined: boolean }
  /** The server stops; the seat is kept. */
  | { readonly type: 'closing' }
  | { readonly type: 'beat' };

/** Where the server listens, relative to the page. */
export const roomPaths = {
  webSocket: 'rooms/ws',
  events: 'rooms/events',
  post: 'rooms/post',
  socketIo: 'rooms/socket.io',
};

/** What is posted beside an event stream: who says it, and what, in order. */
export interface Post {
  readonly room: string;
  readonly key: string;
  readonly stream: string;
  readonly messages: readonly Said[];
}

/** What an event stream has brought so far, as `Last-Event-ID` brings it back: the seat, and the last message. */
export interface Brought {
  readonly seat: Seat;
  readonly last?: { readonly stream: string; readonly n: number };
}

/** `A`, or `A.<stream>.<n>`. */
export const eventId = ({ seat, last }: Brought): string =>
  last ? `${seat}.${last.stream}.${last.n}` : seat;

/** Undefined when it is none of ours. */
export function readEventId(id: string): Brought | undefined {
  const [seat, stream, count = ''] = id.split('.');
  if (seat !== 'A' && seat !== 'B') return undefined;
  if (stream === undefined) return { seat };
  if (!SECRET.test(stream) || !/^\d{1,15}$/.test(count)) return undefined;
  return { seat, last: { stream, n: Number(count) } };
}
