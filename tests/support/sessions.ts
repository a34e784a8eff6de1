import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Facts, Projector } from '../../src/core/projections/index.ts';
import type { View } from '../../src/core/projections/view.ts';
import { readSession, writeSession } from '../../src/core/session/codec.ts';
import type { SessionEvent } from '../../src/core/session/event.ts';
import { SessionLog } from '../../src/core/session/log.ts';

const folder = join(import.meta.dirname, '../fixtures/sessions');

/** A recorded session of real browsers, with every moment of it at hand. */
export interface Fixture {
  readonly name: string;
  readonly text: string;
  readonly log: SessionLog;
  readonly projector: Projector;
  readonly whole: Facts;
}

/** All sessions in tests/fixtures/sessions, by name. */
export const FIXTURES: readonly Fixture[] = readdirSync(folder)
  .filter((file) => file.endsWith('.txt'))
  .sort()
  .map((file) => openFixture(file.replace(/\.txt$/, ''), readFileSync(join(folder, file), 'utf8')));

const shipped = join(import.meta.dirname, '../../src/public/recordings');

/** The recordings that come with the product: two browsers, each behind a router of its own. */
export const RECORDINGS: readonly Fixture[] = ['direct', 'through-turn', 'no-way'].map((name) =>
  openFixture(name, readFileSync(join(shipped, `${name}.txt`), 'utf8')),
);

export function openFixture(name: string, text: string): Fixture {
  const read = readSession(text);
  if (!read.ok) throw new Error(`${name}: ${read.error.message}`);
  const log = new SessionLog();
  for (const event of read.value.events) log.append(event);
  const projector = new Projector(log);
  return { name, text, log, projector, whole: projector.at(log.events.length) };
}

/** The session as a diagram sees it after `index` events. */
export function viewAt({ log, projector, whole }: Fixture, index: number): View {
  const events = log.events;
  return {
    facts: projector.at(index),
    whole,
    time: index === 0 ? 0 : events[index - 1]!.at,
    index,
    events,
    live: false,
  };
}

/** Two recorded sessions as one of four connections: A and B of the one, C and D of the other, mixed as they come in time. */
export function fourConnections(): string {
  const [some, others] = ['loopback-firefox', 'media-chromium'].map(
    (wanted) => FIXTURES.find(({ name }) => name === wanted)!.log.events,
  );
  const renamed = others!.filter(({ peer }) => peer !== '').map(renamedEvent);
  return writeSession([...some!, ...renamed].toSorted((a, b) => a.at - b.at));
}

const NAMES: Readonly<Record<string, string>> = { A: 'C', B: 'D' };

/** Of A as of C, of B as of D: also who a letter goes to or comes from, and its name. */
function renamedEvent(event: SessionEvent): SessionEvent {
  const rename = (key: string, value: unknown): unknown =>
    key === 'to' || key === 'from' ? NAMES[String(value)] : value;
  const { peer, correlation, ...rest } = JSON.parse(JSON.stringify(event, rename)) as SessionEvent;
  const named = correlation === undefined ? {} : { correlation: `other ${correlation}` };
  return { ...rest, ...named, peer: NAMES[peer]! } as SessionEvent;
}
