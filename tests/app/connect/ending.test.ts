import { expect, it } from 'vitest';
import { endingWords, hasFailed } from '../../../src/app/connect/ending.ts';
import { FIXTURES, RECORDINGS, viewAt } from '../../support/sessions.ts';

const ALL = [...FIXTURES, ...RECORDINGS];
const endingOf = (name: string): string => {
  const fixture = ALL.find((one) => one.name === name)!;
  return endingWords(fixture.whole).replaceAll('\u00a0', ' ');
};

it('says over which way it connected, and when', () => {
  expect(endingOf('loopback-chromium')).toMatch(/^Connected at [\d.]+ ms, directly\b/);
  expect(endingOf('relay-chromium')).toMatch(/^Connected at [\d.]+ ms, through TURN\b/);
  expect(endingOf('through-turn')).toMatch(/^Connected at [\d.]+ ms, through TURN\b/);
});

it('says who gave up, or that nothing was there to offer', () => {
  expect(endingOf('no-way')).toMatch(/^It did not connect: [AB] gave up at [\d ]+ ms, with no way found\.$/);
  expect(endingOf('failed-chromium')).toBe(
    'It ends before the two were connected: A and B found no address.',
  );
});

it.each(ALL)('$name: told as connected exactly where the browser said so', ({ log, whole }) => {
  const told = log.events.some(
    (event) => event.type === 'onconnectionstatechange' && event.value === 'connected',
  );
  expect(endingWords(whole).startsWith('Connected')).toBe(told);
  if (told) expect(hasFailed(whole)).toBe(false);
});

it('says nothing of a session without a connection to make', () => {
  const gather = ALL.find(({ name }) => name === 'loopback-chromium')!;
  expect(endingWords(viewAt(gather, 0).facts)).toBe('');
});
