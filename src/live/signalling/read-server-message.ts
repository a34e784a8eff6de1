/** What a client takes from a server: messages of the known shape, and nothing else. */
import * as v from 'valibot';
import { type ServerMessage, SECRET } from '../../core/signalling/room-messages.ts';

const seat = v.picklist(['A', 'B']);
const secret = v.pipe(v.string(), v.regex(SECRET));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const Message = v.variant('type', [
  v.object({ type: v.literal('seated'), seat, other: v.nullable(secret) }),
  v.object({ type: v.literal('other'), stream: v.nullable(secret) }),
  v.object({
    type: v.literal('letter'),
    from: seat,
    stream: secret,
    n: count,
    base: count,
    text: v.string(),
  }),
  v.object({ type: v.literal('ack'), stream: secret, n: count, again: v.boolean() }),
  v.object({
    type: v.literal('refused'),
    code: v.picklist(['malformed', 'not-seated', 'rate', 'busy', 'full', 'replaced', 'idle']),
    detail: v.string(),
    final: v.boolean(),
  }),
  v.object({ type: v.literal('servers'), joined: v.boolean() }),
  v.object({ type: v.literal('closing') }),
  v.object({ type: v.literal('beat') }),
]);

/** Takes JSON text, or what was JSON already; undefined for what is no message of a room. */
export function readServerMessage(data: unknown): ServerMessage | undefined {
  const result = v.safeParse(Message, typeof data === 'string' ? parse(data) : data);
  return result.success ? result.output : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
