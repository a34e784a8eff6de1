/** The table of lesson 5 against what the two browsers of each pair recorded behind their routers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Facts } from '../../src/core/projections/index.ts';
import { Projector } from '../../src/core/projections/index.ts';
import { stateOf } from '../../src/core/projections/states.ts';
import { readSession } from '../../src/core/session/codec.ts';
import { SessionLog } from '../../src/core/session/log.ts';
import { LESSONS, root } from './library.ts';

const { name, lesson } = LESSONS.find(({ name }) => name.endsWith('nat-kinds'))!;
const table = lesson.steps['table']!.shows!;
const source = readFileSync(join(root, 'lessons', name, 'index.md'), 'utf8');
/** What the table says of each pair: `:show[direct]{#fa}`. */
const cells = [...source.matchAll(/:show\[(direct|helper)\]\{#(\w+)\}/g)].map(
  ([, word, id]) => [id!, word!] as const,
);

function endOf(recording: string): Facts {
  const read = readSession(readFileSync(join(root, 'lessons', name, `${recording}.txt`), 'utf8'));
  if (!read.ok) throw new Error(read.error.message);
  const log = new SessionLog();
  for (const event of read.value.events) log.append(event);
  return new Projector(log).at(log.events.length);
}

it('has a cell for each pair in both orders, and a recording for each', () => {
  expect(cells).toHaveLength(16);
  expect(new Set(cells.map(([id]) => id))).toEqual(new Set(Object.keys(table)));
  expect(new Set(Object.values(table).map(({ recording }) => recording)).size).toBe(10);
});

it.each(cells)('%s: %s, as recorded without a TURN server', (id, word) => {
  const facts = endOf(table[id]!.recording!);
  const states = ['A', 'B'].map((peer) => stateOf(facts.states, peer, 'connection'));
  expect(states).toEqual(word === 'direct' ? ['connected', 'connected'] : ['failed', 'failed']);
  const candidates = Object.values(facts.candidates).flatMap(({ local, remote }) => [...local, ...remote]);
  expect(candidates.filter(({ type }) => type === 'relay')).toEqual([]);
});
