import { sectionTitle } from '../../../../src/core/base/rfc-sections.ts';
import { describe, expect, it } from 'vitest';
import { codeWords } from '../../../../src/core/ice/server-test/code-words.ts';
import { atUtc, endOfUser, nameOfUser, span } from '../../../../src/core/ice/server-test/rest-user.ts';
import { errorCodes } from '../../../../src/core/stun/error-codes.ts';

describe('codeWords', () => {
  it.each(Object.keys(errorCodes).map(Number))('translates %i', (code) => {
    const { title, short, advice, rfc } = codeWords(code);
    expect(title).not.toMatch(/^answers with the error/);
    expect(short.length).toBeLessThan(28);
    expect(advice).toMatch(/\.$/);
    expect(sectionTitle(rfc)).toBeTruthy();
  });

  it('says that it does not know a code that no RFC defines', () => {
    expect(codeWords(499)).toMatchObject({ title: 'answers with the error 499', isHarmless: false });
  });
});

describe('user names that end', () => {
  it.each([
    ['1795284000:ann', 1_795_284_000_000, 'ann'],
    ['1795284000', 1_795_284_000_000, ''],
    ['ann:1795284000', 1_795_284_000_000, 'ann'],
    ['ann', null, 'ann'],
    ['12345:ann', null, '12345:ann'],
    ['ann2024', null, 'ann2024'],
  ])('%s', (username, end, name) => {
    expect(endOfUser(username)).toBe(end);
    expect(nameOfUser(username)).toBe(name);
  });

  it('says when, and how long ago', () => {
    expect(atUtc(1_795_284_000_000)).toBe('21 November, 18:00 UTC');
    expect(span(18 * 3_600_000)).toBe('18 hours');
    expect(span(90_000)).toBe('90 seconds');
  });
});
