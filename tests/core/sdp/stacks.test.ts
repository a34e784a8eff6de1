/** Descriptions of browsers and of other stacks: what implementations really send must not be called wrong. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inspect } from '../../../src/core/sdp/inspect.ts';
import { uncovered } from './uncovered.ts';

const ROOT = new URL('../../fixtures/sdp/', import.meta.url);

/** Where a stack departs from the grammar, and why it is a warning and no error: nobody refuses it. */
const DEVIATIONS: Readonly<Record<string, readonly string[]>> = {
  browsers: [],
  // RFC 8839 section 5.6 divides options by a space; libdatachannel writes `ice2,trickle`.
  'node-datachannel': ['syntax a=ice-options:ice2,trickle'],
  // RFC 9143 section 7.3.3: a rejected section leaves the group; and a space after the list of encodings.
  werift: ['bundle-rejected m=video 0', 'trailing-space a=simulcast'],
  wrtc: [],
};

const NOTHING_SAID = ['unknown', 'unreadable', 'surplus'];

describe.each(Object.entries(DEVIATIONS))('%s', (stack, known) => {
  const folder = new URL(`${stack}/`, ROOT);
  const files = readdirSync(folder);

  test.each(files)('%s: no error, and every token is explained', (file) => {
    const text = readFileSync(new URL(file, folder), 'utf8');
    const { lines, readings, findings } = inspect(text, {
      type: file.includes('offer') ? 'offer' : 'answer',
    });
    expect(text).toMatch(/^v=0\r\n/);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    lines.forEach(({ raw }, index) => {
      const { known: isKnown, tokens } = readings[index]!;
      expect(isKnown, raw).toBe(true);
      expect(uncovered(raw, tokens), raw).toBe('');
      expect(
        tokens.filter(({ role }) => NOTHING_SAID.includes(role)),
        raw,
      ).toEqual([]);
    });
    const warned = findings
      .filter(({ severity }) => severity === 'warning')
      .map(({ rule, line }) => `${rule} ${lines[line - 1]!.raw}`);
    expect(warned.filter((text) => !known.some((start) => text.startsWith(start)))).toEqual([]);
  });

  test('what is said to deviate really does', () => {
    const warned = files.flatMap((file) => {
      const { lines, findings } = inspect(readFileSync(new URL(file, folder), 'utf8'));
      return findings.map(({ rule, line }) => `${rule} ${lines[line - 1]!.raw}`);
    });
    for (const start of known)
      expect(
        warned.some((text) => text.startsWith(start)),
        start,
      ).toBe(true);
  });
});

test('each stack shows what was asked of it, where it can', () => {
  const has = (stack: string, what: string) =>
    readdirSync(new URL(`${stack}/`, ROOT)).some((file) => file.includes(`${what}-offer`));
  const common = ['data', 'audio', 'video', 'all', 'recvonly'];
  const renegotiated = ['restarted', 'rejected', 'stopped'];
  for (const stack of Object.keys(DEVIATIONS))
    for (const what of common) expect(has(stack, what), `${stack} ${what}`).toBe(true);
  for (const stack of ['browsers', 'werift', 'wrtc'])
    for (const what of renegotiated) expect(has(stack, what), `${stack} ${what}`).toBe(true);
  for (const stack of ['browsers', 'werift']) expect(has(stack, 'simulcast'), stack).toBe(true);
});
