/** Values of codec parameters, held against the documents they come from and the browsers that write them. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { explainLine } from '../../../src/core/sdp/explain.ts';
import { readLines } from '../../../src/core/sdp/lines.ts';
import { inspect } from '../../../src/core/sdp/inspect.ts';

/** The last value of an fmtp line of a codec, in words, and where its meaning is written. */
function said(codec: string, parameters: string): readonly [words: string, source: string] {
  const codecs = new Map([['96', codec]]);
  const { tokens, rfc } = explainLine(readLines(`a=fmtp:96 ${parameters}`)[0]!, { codecs });
  return [tokens.at(-1)!.explanation, `${rfc.rfc} ${rfc.section}`];
}

/** RFC 6184 section 8.1: table 5, row by row with the x taken both ways, and the text on level 1b; H.264 for the last three. */
test.each([
  ['42400a', 'Constrained Baseline profile, level 1.0'],
  ['42e01f', 'Constrained Baseline profile, level 3.1'],
  ['4d8028', 'Constrained Baseline profile, level 4.0'],
  ['4df028', 'Constrained Baseline profile, level 4.0'],
  ['58c015', 'Constrained Baseline profile, level 2.1'],
  ['420015', 'Baseline profile, level 2.1'],
  ['42a015', 'Baseline profile, level 2.1'],
  ['58b015', 'Baseline profile, level 2.1'],
  ['4d4015', 'Main profile, level 2.1'],
  ['583015', 'Extended profile, level 2.1'],
  ['640033', 'High profile, level 5.1'],
  ['6e0033', 'High 10 profile, level 5.1'],
  ['7a1033', 'High 4:2:2 Intra profile, level 5.1'],
  ['2c1033', 'CAVLC 4:4:4 Intra profile, level 5.1'],
  ['42f00b', 'Constrained Baseline profile, level 1b'],
  ['6e100b', 'High 10 Intra profile, level 1.1'],
  ['640009', 'High profile, level 1b'],
  ['640829', 'Progressive High profile, level 4.1'],
  ['640c29', 'Constrained High profile, level 4.1'],
  ['42e0ff', 'Constrained Baseline profile, level_idc 255, which is not a level'],
])('profile-level-id %s is %s', (value, words) => {
  const [all, source] = said('H264/90000', `profile-level-id=${value}`);
  expect(all.replace(/, enough .*/, '')).toBe(words);
  expect(source).toBe('RFC 6184 8.1');
});

/**
 * The rates that H.264 itself works out for usual pictures in table A-6 ("maximum frame rates for some example frame sizes"):
 * rounded down here.
 */
test.each([
  ['42e00a', '176 × 144 at 15'],
  ['42e00d', '352 × 288 at 30'],
  ['42e01e', '720 × 576 at 25'],
  ['42e01f', '1280 × 720 at 30'],
  ['42e020', '1280 × 720 at 60'],
  ['42e028', '1920 × 1080 at 30'],
  ['42e02a', '1920 × 1080 at 64'],
])('%s is enough for %s frames a second', (value, size) => {
  expect(said('H264/90000', `profile-level-id=${value}`)[0]).toContain(`enough for ${size} frames a second`);
});

test.each([
  // AV1 RTP section 7.2: the default level-idx, 5, is level 3.1. AV1 section A.3: indexes 24 to 30 are reserved, 31 sets no limits.
  ['AV1/90000', 'level-idx=5', 'level index 5: level 3.1, enough for 1280 × 720 at 34 frames a second'],
  ['AV1/90000', 'level-idx=8', 'level index 8: level 4.0, enough for 1920 × 1080 at 34 frames a second'],
  ['AV1/90000', 'level-idx=2', 'level index 2: level 2.2, not defined yet'],
  ['AV1/90000', 'level-idx=26', 'level index 26: reserved, no level yet'],
  ['AV1/90000', 'level-idx=31', 'level index 31: any size (maximum parameters)'],
  // RFC 7798 section 7.1: level-id is 30 times the level, 93 is the default.
  ['H265/90000', 'level-id=93', 'level 3.1, enough for 1280 × 720 at 36 frames a second'],
  ['H265/90000', 'level-id=180', 'level 6.0, enough for 7680 × 4320 at 32 frames a second'],
  ['H265/90000', 'level-id=100', 'level-id 100, which is not a level'],
  ['H265/90000', 'profile-id=2', 'profile 2: Main 10'],
  // RFC 7587 section 6.1: outside 6000 to 510000 the average bit rate is ignored.
  ['opus/48000/2', 'maxaveragebitrate=510000', 'at most 510000 bit/s on average'],
  [
    'opus/48000/2',
    'maxaveragebitrate=5999',
    'at most 5999 bit/s on average; ignored, as it is not from 6000 to 510000',
  ],
  // RFC 6184 section 8.1: units of 1000 bits a second, and hundredths of a frame a second.
  ['H264/90000', 'max-br=5000', 'at most 5000 kbit/s'],
  ['H264/90000', 'max-fps=2997', 'at most 29.97 frames a second (2997 hundredths)'],
  ['VP8/90000', 'x-google-start-bitrate=800', 'sending begins with 800 kbit/s (libwebrtc; others ignore it)'],
])('%s %s: %s', (codec, parameters, words) => {
  expect(said(codec, parameters)[0]).toBe(words);
});

test.each([
  ['opus/48000/2', 'stereo=1', 'RFC 7587 6.1'],
  ['VP9/90000', 'profile-id=0', 'RFC 9628 6'],
  ['rtx/90000', 'apt=97', 'RFC 4588 8.6'],
  ['red/48000/2', '111/111', 'RFC 2198 5'],
  ['telephone-event/8000', '0-16', 'RFC 4733 2.4.1'],
  ['unheard/90000', 'x=1', 'RFC 8866 6.15'],
])('settings of %s (%s) come from %s', (codec, parameters, source) => {
  expect(said(codec, parameters)[1]).toBe(source);
});

test('red around video is no copying of frames', () => {
  const words = (line: string) => explainLine(readLines(line)[0]!).tokens[3]!.explanation;
  expect(words('a=rtpmap:116 red/90000')).toContain('ulpfec');
  expect(words('a=rtpmap:63 red/48000/2')).toContain('older frames');
});

test('every setting that a browser or another stack writes is read in words', () => {
  const root = new URL('../../fixtures/sdp/', import.meta.url);
  const dumb = ['browsers', 'werift', 'wrtc', 'node-datachannel'].flatMap((folder) =>
    readdirSync(new URL(folder, root)).flatMap((file) =>
      inspect(readFileSync(new URL(`${folder}/${file}`, root), 'utf8')).readings.flatMap(({ doc, tokens }) =>
        doc?.name === 'fmtp' ? tokens.filter(({ explanation }) => /^"/.test(explanation)) : [],
      ),
    ),
  );
  expect(dumb.map(({ explanation }) => explanation)).toEqual([]);
});
