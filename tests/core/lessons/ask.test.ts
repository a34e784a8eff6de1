import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gaveUp, isConnected, notConnected } from '../../../src/core/lessons/ask.ts';
import { NO_FACTS } from '../../../src/core/projections/index.ts';
import { FIXTURES, openFixture } from '../../support/sessions.ts';

const lesson = (path: string) =>
  openFixture(path, readFileSync(join(import.meta.dirname, '../../../lessons', path), 'utf8'));
const loopback = FIXTURES.find(({ name }) => name === 'loopback-chromium')!;
const failed = lesson('02-where-am-i/own-addresses.txt');

// Two real browsers that connected in one page, and two that knocked at each other's own address in vain.
describe('why two ends are not connected', () => {
  it('is said at each moment of a session, with what to do', () => {
    for (const { log, projector } of [loopback, failed])
      for (let index = 0; index <= log.events.length; index += 3) {
        const facts = projector.at(index);
        if (!isConnected(facts)) expect(notConnected(facts)).toMatch(/press (Connect|Check)/i);
      }
  });

  it('is that nothing has begun, that it goes on, or that a browser gave up: then waiting does not help', () => {
    expect(notConnected(NO_FACTS)).toContain('do not exist yet');
    const early = loopback.projector.at(6);
    expect(isConnected(early)).toBe(false);
    expect(notConnected(early)).toContain('Wait a moment');
    const moments = Array.from({ length: failed.log.events.length }, (_, index) =>
      failed.projector.at(index),
    );
    expect(notConnected(moments.find(gaveUp)!)).toMatch(/gave up\. Press Connect/);
  });
});
