/**
 * Rooms over Server-Sent Events (HTML, §9.2) for what the server says and POST for what the client says. `Last-Event-ID`
 * names the last message that came: it is the acknowledgement of all up to it.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createEventBuffer, createSession, type EventBuffer } from 'better-sse';
import {
  type Seat,
  type ServerMessage,
  eventId,
  readEventId,
  roomLimits,
} from '../../core/signalling/room-messages.ts';
import { sendText } from '../answer.ts';
import { Participant, type House } from './participant.ts';
import { placeOf } from './hub.ts';
import { readClientMessage, readPost } from './schema.ts';

/** Browsers come back after about a second, not all at once. */
const retryAfter = (): number => 500 + Math.round(Math.random() * 1000);

export async function openEvents(
  request: IncomingMessage,
  response: ServerResponse,
  house: House,
  address: string,
): Promise<void> {
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
  const brought = readEventId(String(request.headers['last-event-id'] ?? ''));
  const asked = { ...Object.fromEntries(query), type: 'join', seat: brought?.seat ?? query.get('seat') };
  const join = readClientMessage(asked);
  if (!join.ok) return sendText(response, 400, join.error);
  const session = await createSession(request, response, { keepAlive: null, retry: retryAfter() });
  const toEvent = eventsOf();
  const participant = new Participant(
    {
      transport: 'sse',
      address,
      socket: request.socket,
      send: (message) => void session.batch(toEvent(message)),
      end: () => void response.end(),
      destroy: () => void response.destroy(),
    },
    house,
  );
  session.on('disconnected', () => participant.lost());
  participant.receive(join.value);
  if (brought?.last) participant.receive({ type: 'ack', ...brought.last, again: false });
  if (!session.isConnected) participant.lost();
}

/** Events of one stream; what the browser has to bring back when it reconnects is in their ids. */
function eventsOf(): (message: ServerMessage) => EventBuffer {
  let seat: Seat = 'A';
  return (message) => {
    const event = createEventBuffer().data(message);
    if (message.type === 'seated') seat = message.seat;
    if (message.type === 'seated') event.id(eventId({ seat }));
    if (message.type === 'letter') event.id(eventId({ seat, last: message }));
    return event.dispatch();
  };
}

/** Takes what a client says beside its event stream, which may be open on another server. */
export async function takePost(
  request: IncomingMessage,
  response: ServerResponse,
  { hub, addresses }: House,
  address: string,
): Promise<void> {
  if (!request.headers['content-type']?.startsWith('application/json'))
    return sendText(response, 415, 'application/json was expected.');
  const body = await readBody(request);
  if (body === undefined) {
    response.setHeader('connection', 'close');
    return sendText(response, 413, `At most ${roomLimits.frameBytes} bytes.`);
  }
  const post = readPost(body);
  const participant = post.ok ? hub.memberAt(placeOf(post.value)) : undefined;
  if (!(participant instanceof Participant) && !addresses.mayPostAstray(address))
    return sendText(response, 429, 'Too many posts.');
  if (!post.ok) return sendText(response, 400, post.error);
  const { messages, stream } = post.value;
  if (participant instanceof Participant) {
    if (!participant.isOf(stream)) return sendText(response, 404, 'This seat was opened again elsewhere.');
    participant.receiveSaid(messages);
  } else if (!messages.every((said) => hub.say(placeOf(post.value), said)))
    return sendText(response, 404, 'Nobody sits here with this key: join first.');
  response.writeHead(204, { 'cache-control': 'no-store' }).end();
}

/** The body as text; undefined when it is too long. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > roomLimits.frameBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
