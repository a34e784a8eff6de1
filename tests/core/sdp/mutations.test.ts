import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attributeDocs } from '../../../src/core/sdp/attributes/index.ts';
import { checks } from '../../../src/core/sdp/checks/index.ts';
import { applyFix } from '../../../src/core/sdp/checks/check.ts';
import { diff } from '../../../src/core/sdp/diff.ts';
import { inspect } from '../../../src/core/sdp/inspect.ts';
import { negotiate } from '../../../src/core/sdp/negotiate.ts';
import { readPaste } from '../../../src/core/sdp/read-paste.ts';
import { redact } from '../../../src/core/sdp/redact.ts';
import { processorTime } from '../../support/processor-time.ts';

const SEEDS = [
  ...attributeDocs.all.map(({ example }) => `${example}\r\n`),
  ...checks.all.map(({ example }) => example),
];

const piece = fc.constantFrom(
  '',
  ' ',
  '  ',
  ':',
  '=',
  ';',
  ',',
  '/',
  '[',
  ']',
  '\r',
  '\n',
  '\0',
  '\ufeff',
  '-1',
  '99999999999',
  '0',
  '*',
  '~',
  '%',
  '__proto__',
  'é',
  '::',
  '{"',
  '\\r\\n',
);

/** Replaces up to four characters at some place of a text by something awkward. */
const mutation = fc.record({ at: fc.nat(), length: fc.nat(4), text: piece });
const mutated = fc
  .tuple(
    fc.array(fc.constantFrom(...SEEDS), { minLength: 1, maxLength: 5 }),
    fc.array(mutation, { minLength: 1, maxLength: 4 }),
  )
  .map(([lines, changes]) =>
    changes.reduce(
      (text, { at, length, text: put }) => splice(text, at % (text.length + 1), { length, put }),
      lines.join(''),
    ),
  );

const splice = (text: string, at: number, { length, put }: { length: number; put: string }): string =>
  text.slice(0, at) + put + text.slice(at + length);

test(
  '100,000 mutated inputs: no exception, one reading for each line, fixes that apply',
  { timeout: 300_000 },
  () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const { lines, readings, findings } = inspect(text);
        if (readings.length !== lines.length) throw new Error('a line without a reading');
        for (const { tokens } of readings)
          for (const { start, end } of tokens)
            if (!(start <= end)) throw new Error('a token that ends before it starts');
        for (const { fix } of findings) if (fix !== undefined) applyFix(text, fix);
      }),
      { seed: 20261122, numRuns: 100_000 },
    );
  },
);

test('reading, redaction, negotiation and difference survive the same inputs', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(mutated, mutated, (a, b) => {
      readPaste(a);
      redact(a);
      negotiate(a, b);
      diff(a, b);
    }),
    { seed: 7, numRuns: 10_000 },
  );
});

const PROBES: readonly (readonly [string, string, string])[] = [
  ['a=imageattr:97 send ', '[x]', ''],
  ['a=imageattr:97 send ', '[x=[1:2],', ''],
  ['a=simulcast:send ', '1;', ''],
  ['a=ptime:', '1.', ''],
  ['a=fmtp:97 ', 'a=b;', ''],
  ['a=fmtp:97 ', '0-1,', ''],
  ['a=group:', 'A ', ''],
  ['a=candidate:', ' ', 'x'],
  ['a=source-filter:', ' incl', ''],
  ['a=dcmap:1 ', 'a="b";', ''],
  ['a=fingerprint:sha-1 ', 'AB:', ''],
  ['a=crypto:1 X inline:', '|', ''],
  ['a=rtcp-fb:', ' x', ''],
  ['a=', 'x', ':'],
  ['', 'a=mid:0\r\n', ''],
  ['', 'm=audio 9 RTP/AVP 0\r\n', ''],
  ['m=audio 9 RTP/AVP 0\r\n', 'a=candidate:1 1 udp 1 10.0.0.1 1 typ host\r\n', ''],
  ['{', '"a":', ''],
];

test.each(PROBES)('time grows with the size: %j + n × %j', (head, body, tail) => {
  const time = (count: number): number => {
    const text = head + body.repeat(count) + tail;
    return processorTime(() => {
      inspect(text);
      readPaste(text);
    });
  };
  const best = (count: number): number => Math.min(time(count), time(count), time(count));
  time(500);
  const small = best(2_000);
  // Eight times the size; quadratic work would take sixty-four times the time.
  expect(best(16_000)).toBeLessThan(Math.max(300, small * 32));
});
