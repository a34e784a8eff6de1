/** Lesson 12 changes one digit of a fingerprint: just one, at each place, and no other letter of the description. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { otherDigit } from '../../lessons/12-dtls/lesson.ts';
import { openFixture } from '../support/sessions.ts';
import { root } from './library.ts';

const answerOf = (name: string): string =>
  openFixture(name, readFileSync(join(root, 'tests/fixtures/sessions', `${name}.txt`), 'utf8')).whole
    .descriptions.exchanges.last?.answer?.sdp ?? '';

const changes = (before: string, after: string): readonly number[] =>
  [...before].flatMap((letter, at) => (letter === after[at] ? [] : [at]));

describe.each(['loopback-chromium', 'loopback-firefox'])('the answer of %s', (name) => {
  const sdp = answerOf(name);
  const begins = sdp.indexOf('a=fingerprint:');
  const ends = sdp.indexOf('\r\n', begins);

  it('is as it was at 0', () => expect(otherDigit(sdp, 0)).toBe(sdp));

  it('differs in one digit of its fingerprint at each of the 64 places, each time in another', () => {
    const places = Array.from({ length: 64 }, (_, at) => {
      const after = otherDigit(sdp, at + 1);
      expect(after.length).toBe(sdp.length);
      const changed = changes(sdp, after);
      expect(changed).toHaveLength(1);
      const [place] = changed as [number];
      expect(place > begins && place < ends, String(at)).toBe(true);
      expect(after[place]).toMatch(/[\dA-F]/);
      return place;
    });
    expect(new Set(places).size).toBe(64);
  });
});
