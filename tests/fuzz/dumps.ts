/** Dumps of other programs, mutated: a sample of each format with bytes changed, cut, doubled or put elsewhere. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { importDump } from '../../src/core/importers/index.ts';
import { Projector } from '../../src/core/projections/index.ts';
import { readSession, writeSession } from '../../src/core/session/codec.ts';
import { SessionLog } from '../../src/core/session/log.ts';
import { SAMPLES } from '../core/importers/samples.ts';
import type { Random } from '../support/random.ts';
import { hold, kind } from './fuzz.ts';

/** Short ones of those that real programs wrote. */
const REAL = ['tracer-3.dump.txt.gz', 'firefox.report.json.gz', 'trickle.firefox-auth.txt'].map((name) => {
  const bytes = readFileSync(new URL(`../fixtures/dumps/${name}`, import.meta.url));
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
});
const TEXTS = [...Object.values(SAMPLES).flat(), ...REAL];
/** What breaks readers: ends of values, numbers out of range, names that every object has. */
const WORDS = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\\',
  '\n',
  '<',
  'null',
  '1e999',
  '-1',
  '__proto__',
  'constructor',
  '\u0000',
  '\ud800',
];

function mutated(draw: Random): string {
  let text = TEXTS[draw.below(TEXTS.length)]!;
  for (let times = 1 + draw.below(4); times > 0; times--) {
    const from = draw.below(text.length + 1);
    const to = Math.min(text.length, from + draw.below(40));
    const piece = text.slice(from, to);
    const other = TEXTS[draw.below(TEXTS.length)]!;
    const at = draw.below(other.length + 1);
    const put = [WORDS[draw.below(WORDS.length)]!, '', piece + piece, other.slice(at, at + 30)][
      draw.below(4)
    ]!;
    text = text.slice(0, from) + put + text.slice(to);
  }
  return draw.below(8) === 0 ? text.slice(0, draw.below(text.length + 1)) : text;
}

export const dumps = kind('dumps', 100_000, async (draw) => {
  const bytes = new TextEncoder().encode(mutated(draw));
  const read = await importDump(bytes);
  if (!read.ok) return hold(read.error.message !== '', 'a refusal without a word');
  const { events } = read.value;
  hold(events[0]?.type === ':session', 'a session without its beginning');
  hold(
    events.every(({ at }, index) => Number.isFinite(at) && at >= (events[index - 1]?.at ?? 0)),
    'an event at no time, or before the one before it',
  );
  const log = new SessionLog();
  for (const event of events) log.append(event);
  new Projector(log).at(log.events.length);
  const once = writeSession(events);
  const again = readSession(once);
  const isWhole = again.ok && again.value.events.length === events.length;
  const isTold = again.ok && again.value.notices.length > 0;
  hold(isWhole || isTold, 'what was converted loses events, and nothing says so');
});
