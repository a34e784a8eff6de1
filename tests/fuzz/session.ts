/** Files of sessions. */
import { readFileSync } from 'node:fs';
import { Projector } from '../../src/core/projections/index.ts';
import { readSession, writeSession } from '../../src/core/session/codec.ts';
import { SessionLog } from '../../src/core/session/log.ts';
import { hold, kind } from './fuzz.ts';
import { mutate } from './mutate.ts';

const whole = readFileSync(new URL('../fixtures/sessions/loopback-chromium.txt', import.meta.url), 'utf8');
const [magic, head, session, ...rows] = whole.split('\n');

export const sessions = kind('session files', 100_000, (draw) => {
  const from = draw.below(rows.length);
  const some = [magic, head, session, ...rows.slice(from, from + 1 + draw.below(12))].join('\n');
  const read = readSession(mutate(`${some}\n`, draw));
  if (!read.ok) return hold(read.error.message !== '', 'a refusal without words');
  const log = new SessionLog();
  for (const event of read.value.events) log.append(event);
  hold(
    log.events.every(({ at }) => Number.isFinite(at) && at >= 0),
    'a time that is none',
  );
  new Projector(log).at(log.events.length);
  const once = writeSession(log.events);
  const again = readSession(once);
  hold(
    again.ok && again.value.notices.every((notice) => notice.includes('kept for saving')),
    'what was saved can not be read',
  );
});
