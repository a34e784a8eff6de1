/** What another end, or a server, sends: records of a session, and the messages of a room. */
import { readFileSync } from 'node:fs';
import { Projector } from '../../src/core/projections/index.ts';
import type { NewEvent } from '../../src/core/session/event.ts';
import { SessionLog } from '../../src/core/session/log.ts';
import { recordInbox } from '../../src/live/remote/record.ts';
import { readServerMessage } from '../../src/live/signalling/read-server-message.ts';
import { hold, kind } from './fuzz.ts';
import { mutate } from './mutate.ts';

const ROWS = readFileSync(new URL('../fixtures/sessions/tabs-chromium.txt', import.meta.url), 'utf8')
  .split('\n')
  .slice(3)
  .filter((row) => row !== '')
  .map((row) => JSON.parse(row) as readonly unknown[])
  .map(([type, , value], at) => ({ type, at, value }));

export const records = kind('channel messages', 100_000, (draw) => {
  const from = draw.below(ROWS.length);
  const text = mutate(JSON.stringify(ROWS.slice(from, from + 1 + draw.below(6))), draw);
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return;
  }
  if (!Array.isArray(list)) return;
  const log = new SessionLog();
  const inbox = recordInbox({
    peer: 'B',
    here: (at) => at + 5,
    emit: (event: NewEvent) => log.append(event),
  });
  const refused = inbox.take(list);
  hold(refused + log.events.length === list.length, 'a record is neither taken nor refused');
  hold(
    log.events.every(({ at, peer }) => Number.isFinite(at) && peer === 'B'),
    'a record of another end',
  );
  new Projector(log).at(log.events.length);
});

const SECRET = 'a'.repeat(22);
const MESSAGES = [
  { type: 'seated', seat: 'A', other: SECRET },
  { type: 'other', stream: null },
  { type: 'letter', from: 'B', stream: SECRET, n: 1, base: 0, text: 'hello' },
  { type: 'ack', stream: SECRET, n: 3, again: false },
  { type: 'refused', code: 'busy', detail: 'x', final: true },
  { type: 'servers', joined: true },
].map((message) => JSON.stringify(message));

export const roomMessages = kind('messages of a room', 100_000, (draw) => {
  const message = readServerMessage(mutate(draw.of(MESSAGES), draw));
  hold(message === undefined || typeof message.type === 'string', 'a message without a type');
});
