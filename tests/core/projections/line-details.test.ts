import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { details } from '../../../src/core/projections/details.ts';
import { Projector } from '../../../src/core/projections/index.ts';
import type { View } from '../../../src/core/projections/view.ts';
import { readSession } from '../../../src/core/session/codec.ts';
import { SessionLog } from '../../../src/core/session/log.ts';

/** A real call that was renegotiated: two exchanges. */
function told(id: string) {
  const root = resolve(import.meta.dirname, '../../..');
  const text = readFileSync(join(root, 'tests/fixtures/sessions/renegotiation-chromium.txt'), 'utf8');
  const read = readSession(text);
  if (!read.ok) throw new Error(read.error.message);
  const log = new SessionLog();
  for (const event of read.value.events) log.append(event);
  const facts = new Projector(log).at(log.events.length);
  const view: View = { facts, whole: facts, time: 0, index: 0, events: log.events, live: false };
  return { facts, said: details(view, { kind: 'line', id }) };
}

const lineOf = (sdp: string, number: number): string => sdp.split('\r\n')[number - 1]!;

const shortened = (line: string): string => (line.length > 36 ? `${line.slice(0, 36)}…` : line);

describe('the selected line of a description', () => {
  it('is explained from the newest exchange, or from the one that is named', () => {
    const { facts } = told('A/local/1');
    const first = facts.descriptions.exchanges.get(0)!;
    const last = facts.descriptions.exchanges.last!;
    expect(last.number).toBeGreaterThan(1);
    expect(told('A/local@1/2').said?.title).toBe(shortened(lineOf(first.offer.sdp, 2)));
    expect(told('A/local/2').said?.title).toBe(shortened(lineOf(last.offer.sdp, 2)));
    expect(told('B/local/2').said?.title).toBe(shortened(lineOf(last.answer!.sdp, 2)));
    expect(lineOf(first.offer.sdp, 2)).not.toBe(lineOf(last.offer.sdp, 2));
  });

  it('says what it is for, and its parts', () => {
    const { said } = told('A/local/1');
    expect(said?.why).toMatch(/begins/);
    expect(said?.facts).toContainEqual(['version', 'version 0, the only one']);
    expect(said?.happened).toEqual([]);
  });

  it.each(['A/local/999', 'A/gone/3', 'nobody', 'A/local@9/1'])('is nothing for %s', (id) =>
    expect(told(id).said).toBeNull(),
  );
});
