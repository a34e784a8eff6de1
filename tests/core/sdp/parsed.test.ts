import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as fc from 'fast-check';
import { parse, write } from 'sdp-transform';
import { expect, test } from 'vitest';
import { readLines } from '../../../src/core/sdp/lines.ts';
import { parseLine, parseTree, roundTrip } from '../../../src/core/sdp/parsed.ts';

const folder = resolve(import.meta.dirname, '../../fixtures/sdp');
const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.sdp'))
  .map((file) => readFileSync(join(folder, file), 'utf8'));

/** Lines of a section that are missing among those of the same section as they are written, each counted once. */
function missing(text: string): readonly number[] {
  const written = write(parse(text))
    .split(/(?=^m=)/m)
    .map((part) => part.split('\r\n'));
  let section = text.startsWith('m=') ? -1 : 0;
  return text.split(/\r\n|\r|\n/).flatMap((raw, index) => {
    if (raw.startsWith('m=')) section += 1;
    const part = written[section + (text.startsWith('m=') ? 1 : 0)] ?? [];
    const at = part.indexOf(raw);
    if (raw === '' || at >= 0) {
      if (at >= 0) part.splice(at, 1);
      return [];
    }
    return [index + 1];
  });
}

const lossy = (text: string): readonly number[] =>
  roundTrip(text, readLines(text)).lossy.map(({ line }) => line);

test('on every fixture the tree is that of sdp-transform, and the lossy lines are those that do not come back', () => {
  for (const text of texts) {
    expect(parseTree(text)).toEqual(parse(text));
    expect(lossy(text)).toEqual(missing(text));
  }
});

const LINES = [...new Set(texts.flatMap((text) => text.split(/\r?\n/)))].filter(
  (line) => line !== '' && !/^[vm]=/.test(line),
);
const section = fc.tuple(
  fc.constantFrom(
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    'm=video 9/2 RTP/AVP 96',
    'm=application 9 UDP/DTLS/SCTP x',
  ),
  fc.array(fc.constantFrom(...LINES), { maxLength: 12 }),
);

test('on descriptions put together at random the same holds', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...LINES), { maxLength: 6 }),
      fc.array(section, { maxLength: 3 }),
      (head, media) => {
        const text = ['v=0', ...head, ...media.flatMap(([first, rest]) => [first, ...rest]), ''].join('\r\n');
        expect(lossy(text)).toEqual(missing(text));
      },
    ),
    { seed: 8866, numRuns: 500 },
  );
});

test.each([
  ['a=ice-options:trickle renomination', /“ renomination” at its end is lost/],
  ['a=rtcp-mux-only', /rtcpMux, and “-only” at its end is lost/],
  ['a=msid-semantic:WMS *', /written back as “a=msid-semantic: WMS \*”/],
  ['k=clear:x', /no line k=/],
  ['nonsense', /not the form/],
])('%s: what becomes of it', (raw, why) => {
  const text = `v=0\r\ns=-\r\n${raw}\r\n`;
  expect(roundTrip(text, readLines(text)).lossy).toMatchObject([
    { line: 3, why: expect.stringMatching(why) as string },
  ]);
});

test('a name that stands twice is overwritten, and the line that does it is named', () => {
  const text = 'v=0\r\ns=-\r\nm=audio 9 RTP/AVP 0\r\na=ice-ufrag:one1\r\na=mid:0\r\na=ice-ufrag:two2\r\n';
  expect(roundTrip(text, readLines(text)).lossy).toEqual([
    { line: 4, why: 'Line 6 overwrites it: the tree holds one iceUfrag.' },
  ]);
});

test.each([
  ['a=rtpmap:96 VP8/90000', 'rtp', { payload: 96, codec: 'VP8', rate: 90000 }],
  [
    'a=candidate:1 1 udp 5 192.0.2.9 4000 typ host',
    'candidates',
    { foundation: 1, ip: '192.0.2.9', type: 'host' },
  ],
  ['a=unheard-of:x', 'invalid', { value: 'unheard-of:x' }],
])('%s goes by the name of the grammar', (raw, name, value) => {
  const [, line] = readLines(`m=video 9 RTP/AVP 96\r\n${raw}\r\n`);
  expect(parseLine(line!)).toMatchObject({ name, value, written: raw });
});
