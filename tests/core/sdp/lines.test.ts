import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBytes, readCandidateLines, readLines } from '../../../src/core/sdp/lines.ts';

const join = (lines: ReturnType<typeof readLines>) => lines.map(({ raw, eol }) => raw + eol).join('');

test('the text rejoins whatever it is', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('a', '=', ':', ' ', '\r', '\n', 'm', '\0') }),
  );
  fc.assert(
    fc.property(text, (input) => {
      expect(join(readLines(input))).toBe(input);
      expect(join(readCandidateLines(input))).toBe(input);
    }),
    { seed: 1, numRuns: 5000 },
  );
});

test('a line knows its number, offsets, section, name and value', () => {
  const [version, media, attribute, flag] = readLines('v=0\r\nm=audio 9 RTP/AVP 0\na=mid:x:y\ra=sendrecv');
  expect(version).toMatchObject({
    number: 1,
    start: 0,
    end: 3,
    eol: '\r\n',
    section: -1,
    type: 'v',
    name: 'v',
    value: '0',
  });
  expect(media).toMatchObject({ number: 2, eol: '\n', section: 0, type: 'm' });
  expect(attribute).toMatchObject({
    number: 3,
    eol: '\r',
    section: 0,
    name: 'mid',
    value: 'x:y',
    valueStart: 6,
  });
  expect(flag).toMatchObject({ number: 4, eol: '', name: 'sendrecv', value: '' });
});

test.each([
  'a=rtcp-mux-only',
  'a=sendrecvfoo',
  'a=ice-ufrag-something:x',
  ' a=mid:0',
  '=x',
  'abc',
  'A=upper',
])('%s is not taken for another line', (raw) => {
  const [line] = readLines(raw);
  expect(['rtcp-mux', 'sendrecv', 'ice-ufrag', 'mid', 'a']).not.toContain(line!.name);
});

test('bytes that are no UTF-8 do not end the text, and a byte order mark stays', () => {
  expect(decodeBytes(new Uint8Array([0xef, 0xbb, 0xbf, 0x76, 0x00, 0xff]))).toBe('\ufeffv\0\ufffd');
});
