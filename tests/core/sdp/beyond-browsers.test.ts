/** SIP, fax, floor control, messages, cameras, multicast: what is valid there must not get errors from a tool of WebRTC. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inspect } from '../../../src/core/sdp/inspect.ts';
import { uncovered } from './uncovered.ts';

const FOLDER = new URL('../../fixtures/sdp/beyond-browsers/', import.meta.url);

test.each(readdirSync(FOLDER))('%s has no error, and every token is explained', (file) => {
  const { lines, readings, findings } = inspect(readFileSync(new URL(file, FOLDER), 'utf8'));
  const errors = findings.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ line, message }) => `${lines[line - 1]!.raw}: ${message}`)).toEqual([]);
  lines.forEach(({ raw }, index) => {
    expect(readings[index]!.known, raw).toBe(true);
    expect(uncovered(raw, readings[index]!.tokens), raw).toBe('');
  });
});
