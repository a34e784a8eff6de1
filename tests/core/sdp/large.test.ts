/** Large and nasty inputs: the shapes that `generate_large.py` of the corpus makes, here without Python. */
import { describe, expect, test } from 'vitest';
import { inspect } from '../../../src/core/sdp/inspect.ts';
import { PASTE_LIMIT, readPaste } from '../../../src/core/sdp/read-paste.ts';
import { redact } from '../../../src/core/sdp/redact.ts';
import { processorTime } from '../../support/processor-time.ts';

const HEAD = 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n';

const candidates = (count: number): string =>
  Array.from(
    { length: count },
    (_unused, i) =>
      `a=candidate:${i} 1 udp ${2122260223 - i} 10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255} ${1024 + (i % 60000)} typ host\r\n`,
  ).join('');

const REPEATED: readonly (readonly [name: string, unit: string])[] = [
  ['imageattr', '[x]['],
  ['simulcast', '1;'],
  ['ptime', '1.'],
  ['floorid', ' m-stream'],
  ['mediaclk', ' '],
  ['source-filter', ' '],
  ['fmtp', 'a=b;'],
  ['group', 'A '],
];

const SHAPES: readonly (readonly [title: string, make: (size: number) => string])[] = [
  ['a=d over and over', (n) => `${HEAD.replaceAll('\r', '')}${'a=d\n'.repeat(n)}m=video  1 -`],
  ['media sections', (n) => HEAD + 'm=audio 9 UDP/TLS/RTP/SAVPF 0\r\n'.repeat(n / 8)],
  ['one long line', (n) => `v=0\r\ns=${'x'.repeat(n * 20)}\r\n`],
  ['candidates', (n) => `${HEAD}m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n${candidates(n / 20)}`],
  ['formats', (n) => `${HEAD}m=audio 9 RTP/AVP${' 96'.repeat(n)}\r\n`],
  [
    'a BUNDLE group',
    (n) => `${HEAD}a=group:BUNDLE${Array.from({ length: n / 4 }, (_unused, i) => ` ${i}`).join('')}\r\n`,
  ],
  [
    'rids',
    (n) =>
      `m=video 9 RTP/AVP 31\r\na=simulcast:send ${Array.from({ length: n / 4 }, (_unused, i) => i).join(';')}\r\n`,
  ],
  ...REPEATED.map(
    ([name, unit]) =>
      [
        `a=${name} with ${JSON.stringify(unit)}`,
        (n: number) => `v=0\r\nm=video 9 RTP/SAVPF 97\r\na=${name}:97 send ${unit.repeat(n)}\x01\r\n`,
      ] as const,
  ),
];

const SMALL = 6_000;

describe.each(SHAPES)('%s', (_title, make) => {
  test('does no harm, and eight times as much takes about eight times as long', () => {
    const text = make(SMALL * 8);
    const { lines, readings } = inspect(text);
    expect(lines.map(({ raw, eol }) => raw + eol).join('') === text).toBe(true);
    expect(readings.length).toBe(lines.length);
    const few = Math.min(...[1, 2].map(() => processorTime(() => inspect(make(SMALL)))));
    const many = processorTime(() => inspect(text));
    // 64 times would be quadratic; the floor keeps the noise of a busy machine out.
    expect(many / Math.max(few, 4)).toBeLessThan(32);
  });
});

test('the largest text that is taken is redacted without harm', () => {
  const text = SHAPES[3]![1](SMALL * 8);
  expect(redact(text).length).toBeGreaterThan(text.length / 2);
});

test('10 MB is the limit, in bytes: one more is refused, and the message names it', () => {
  const inBytes = (text: string): number => new TextEncoder().encode(text).length;
  const ascii = `s=${'x'.repeat(PASTE_LIMIT - 4)}\r\n`;
  const wide = `s=${'é'.repeat(PASTE_LIMIT / 2 - 1)}\r\n`;
  expect(inBytes(ascii)).toBe(PASTE_LIMIT);
  expect(readPaste(ascii).ok).toBe(true);
  expect(wide.length).toBeLessThan(PASTE_LIMIT);
  for (const text of [`${ascii}x`, wide])
    expect(readPaste(text)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('10 MB') as string },
    });
});
