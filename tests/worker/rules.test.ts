/** Which requests the service worker takes. What it does with them runs in real browsers: tests/e2e/offline.spec.ts. */
import { describe, expect, test } from 'vitest';
import { type Rule, cacheName, isOwnCache, ruleFor } from '../../src/worker/rules.ts';

const files = new Set(['icon.svg', 'recordings/direct.txt', 'assets/Learn-12345678.js']);
const seen = (
  url: string,
  { scope = 'https://example.org/ice/', mode = 'cors', method = 'GET', isPart = false } = {},
) => ruleFor({ url, mode, method, isPart }, scope, files);

describe('in a folder of a static host', () => {
  test.each<[string, Rule]>([
    ['assets/Learn-12345678.js', 'hashed'],
    // of a newer build, whose worker is not here yet
    ['assets/Learn-87654321.js', 'hashed'],
    ['icon.svg', 'named'],
    ['icon.svg?x', 'named'],
    ['recordings/direct.txt', 'named'],
    ['recordings/none.txt', 'leave'],
    ['config.json', 'leave'],
    ['healthz', 'leave'],
    ['rooms/events?room=1', 'leave'],
    ['rooms/ws', 'leave'],
    ['xray', 'leave'],
    ['xray/clock', 'leave'],
    ['worker.js', 'leave'],
    ['', 'leave'],
  ])('%s: %s', (path, rule) => expect(seen(`https://example.org/ice/${path}`)).toBe(rule));

  test.each<[string, Rule]>([
    ['https://example.org/ice/', 'page'],
    ['https://example.org/ice/?utm=1', 'page'],
    ['https://example.org/ice/index.html', 'page'],
    ['https://example.org/ice/config.json', 'leave'],
    ['https://example.org/ice/recordings/direct.txt', 'leave'],
    ['https://example.org/', 'leave'],
    ['https://example.org/icecream/', 'leave'],
  ])('going to %s: %s', (url, rule) => expect(seen(url, { mode: 'navigate' })).toBe(rule));

  test('nothing of another origin, nothing posted, no part of a file', () => {
    const own = 'https://example.org/ice/assets/Learn-12345678.js';
    expect(seen(own.replace('.org', '.com'))).toBe('leave');
    expect(seen(own, { method: 'POST' })).toBe('leave');
    expect(seen(own, { method: 'HEAD' })).toBe('leave');
    expect(seen(own, { isPart: true })).toBe('leave');
  });
});

test('an app touches its own caches alone', () => {
  const own = cacheName('https://example.org/ice/', 'abc');
  expect(isOwnCache(own, 'https://example.org/ice/')).toBe(true);
  expect(isOwnCache(own, 'https://example.org/')).toBe(false);
  expect(isOwnCache(own, 'https://example.org/ice/old/')).toBe(false);
  expect(isOwnCache('workbox-precache', 'https://example.org/ice/')).toBe(false);
});
