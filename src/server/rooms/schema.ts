/** What a server takes from clients and from other servers. */
import * as v from 'valibot';
import { type ClientMessage, type Post, SECRET, roomLimits } from '../../core/signalling/room-messages.ts';
import { utf8Length } from '../../core/signalling/delivery.ts';
import { type Result, fail, ok } from '../../core/base/result.ts';

const seat = v.picklist(['A', 'B']);
export const secret = v.pipe(v.string(), v.regex(SECRET, '22 characters of base64url (128 random bits)'));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const text = v.pipe(
  v.string(),
  // A UTF-16 unit is at most three bytes, so that most messages need no counting.
  v.check(
    (letter) =>
      letter.length * 3 <= roomLimits.envelopeBytes || utf8Length(letter) <= roomLimits.envelopeBytes,
    `at most ${roomLimits.envelopeBytes} bytes`,
  ),
);

const letter = v.strictObject({
  type: v.literal('letter'),
  n: v.pipe(count, v.minValue(1)),
  base: count,
  text,
});
export const ack = v.strictObject({ type: v.literal('ack'), stream: secret, n: count, again: v.boolean() });
const beat = v.strictObject({ type: v.literal('beat') });
const leave = v.strictObject({ type: v.literal('leave') });
const Message = v.variant('type', [
  letter,
  ack,
  beat,
  leave,
  v.strictObject({
    type: v.literal('join'),
    room: secret,
    key: secret,
    stream: secret,
    seat: v.nullable(seat),
  }),
]);

const MESSAGES_A_POST = 200;
const PostBody = v.strictObject({
  room: secret,
  key: secret,
  stream: secret,
  messages: v.pipe(v.array(v.variant('type', [letter, ack, beat, leave])), v.maxLength(MESSAGES_A_POST)),
});

export const Relayed = v.variant('type', [letter, ack, beat, leave]);

/** Why a message is not taken, in one sentence that names the field. */
export type Refused = string;

/** Reads one message: JSON text, or an object that a library parsed. */
export function readClientMessage(data: unknown): Result<ClientMessage, Refused> {
  return read(Message, data);
}

export function readPost(data: string): Result<Post, Refused> {
  return read(PostBody, data);
}

export function read<T>(schema: v.GenericSchema<unknown, T>, data: unknown): Result<T, Refused> {
  const parsed = typeof data === 'string' ? parse(data) : ok(data);
  if (!parsed.ok) return parsed;
  const result = v.safeParse(schema, parsed.value, { abortEarly: true });
  return result.success ? ok(result.output) : fail(describe(result.issues[0]));
}

function parse(data: string): Result<unknown, Refused> {
  try {
    return ok(JSON.parse(data) as unknown);
  } catch {
    return fail('This is not JSON: one JSON object a message was expected.');
  }
}

/** Names the field, never what was in it: a refusal may be logged. */
function describe(issue: v.BaseIssue<unknown>): Refused {
  const path = issue.path
    ?.map(({ key }) => String(key))
    .join('.')
    .slice(0, 40);
  if (issue.type === 'strict_object' && issue.expected === 'never')
    return `The field "${path}" has no place here.`;
  const expected = issue.expected && !issue.expected.startsWith('/') ? issue.expected : issue.message;
  return path
    ? `The field "${path}" is not usable: expected ${expected}.`
    : 'A JSON object with a field "type" was expected.';
}
