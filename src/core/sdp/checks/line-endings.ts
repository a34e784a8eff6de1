/** Line endings, the last line's ending, and spaces at the end of lines: one finding for each class. */
import type { SdpLine } from '../lines.ts';
import { cite } from '../../base/cite.ts';
import { check, type Fix, type Span } from './check.ts';

const NAMES: ReadonlyMap<string, string> = new Map([
  ['\n', 'LF alone'],
  ['\r', 'CR alone'],
]);

export const lineEndings = check({
  id: 'line-endings',
  severity: 'warning',
  rfc: cite('RFC 8866', '5'),
  example: 'v=0\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n',
  find: ({ lines, complete }, report) => {
    if (!complete) return;
    for (const [eol, name] of NAMES) {
      const lone = lines.filter((line) => line.eol === eol);
      if (lone.length === 0) continue;
      report(lone[0]!, {
        claim: `${lone.length} ${lone.length === 1 ? 'line ends' : 'lines end'} with ${name}`,
        reason: 'The grammar wants CR LF; most readers put up with LF.',
        with: lone.slice(1, 50),
        fix: crlf(lines),
      });
    }
  },
});

/** One edit for the whole text: thousands of single ones would be larger than the text. */
const crlf = (lines: readonly SdpLine[]): Fix => ({
  title: 'End every line with CR LF',
  edits: [
    {
      start: 0,
      end: lines.at(-1)!.end + lines.at(-1)!.eol.length,
      text: lines.map((line) => `${line.raw}\r\n`).join(''),
    },
  ],
});

export const finalLineEnding = check({
  id: 'final-line-ending',
  severity: 'warning',
  rfc: cite('RFC 8866', '9'),
  example: 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0',
  find: ({ lines, complete }, report) => {
    const last = lines.at(-1);
    if (!complete || last === undefined || last.eol !== '') return;
    report(last, {
      claim: 'The last line has no line ending',
      reason: 'Every line ends with CR LF; libwebrtc refuses this.',
      fix: { title: 'Add CR LF', edits: [{ start: last.end, end: last.end, text: '\r\n' }] },
    });
  },
});

export const trailingSpace = check({
  id: 'trailing-space',
  severity: 'warning',
  rfc: cite('RFC 8866', '9'),
  example: 'a=mid:0 \r\n',
  find: ({ lines }, report) => {
    const guilty = lines.filter(
      (line) => line.type !== '' && line.value !== ' ' && /[ \t]$/.test(line.raw.slice(-1)),
    );
    if (guilty.length === 0) return;
    const harmless = guilty.every(({ name }) => IGNORED_AFTER.has(name));
    const [first, ...others] = guilty.toSorted((a, b) => rank(a) - rank(b));
    report(first!, {
      claim: `${guilty.length} ${guilty.length === 1 ? 'line has' : 'lines have'} spaces at the end`,
      reason: harmless
        ? 'Browsers ignore them in such lines, which many servers write so.'
        : 'They become a part of the value.',
      severity: harmless ? 'info' : 'warning',
      at: spacesOf(first!),
      with: others.slice(0, 49).map((line) => ({ line, at: spacesOf(line) })),
      fix: {
        title: 'Remove the spaces',
        edits: guilty
          .toSorted((a, b) => a.start - b.start)
          .map((line) => ({ start: line.start + spacesOf(line).start, end: line.end, text: '' })),
      },
    });
  },
});

/**
 * Lines in which Chromium and Firefox pass over a space at the end (tried in both); Pion and mediasoup write `nack `. In others,
 * such as mid, setup and group, Chromium refuses it.
 */
const IGNORED_AFTER = new Set([
  'rtcp-fb',
  'msid-semantic',
  'candidate',
  'extmap',
  'rtpmap',
  'fmtp',
  'ice-options',
]);

/** Those that matter first. */
const rank = ({ name }: SdpLine): number => (IGNORED_AFTER.has(name) ? 1 : 0);

const spacesOf = ({ raw }: SdpLine): Span => ({ start: raw.trimEnd().length, end: raw.length });
