/**
 * What reads something from outside takes about four times as long for four times as much, whatever it is. Processor time,
 * the best of some, and a ratio within one run: so a busy machine changes nothing.
 */
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readServers } from '../../../src/core/ice/read-servers.ts';
import { diff } from '../../../src/core/sdp/diff.ts';
import { inspect } from '../../../src/core/sdp/inspect.ts';
import { negotiate } from '../../../src/core/sdp/negotiate.ts';
import { readPaste } from '../../../src/core/sdp/read-paste.ts';
import { redact } from '../../../src/core/sdp/redact.ts';
import { checksumOf, readLink, readShared, writeLink } from '../../../src/core/sdp/share.ts';
import { readSession } from '../../../src/core/session/codec.ts';
import { readPasted } from '../../../src/core/signalling/paste.ts';
import { writeCode } from '../../../src/core/signalling/code.ts';
import { knownWork, slownessFrom } from '../../support/known-work.ts';
import { processorTime } from '../../support/processor-time.ts';
import { GRAMMARS, MARKS, SDP, type Family } from './families.ts';
import { growth } from './measure.ts';
import { CODES, ROWS, SERVERS } from './other-families.ts';

interface Entry {
  readonly name: string;
  readonly families: readonly Family[];
  readonly run: (text: string) => unknown;
  /** The longest text that it takes at all. */
  readonly most?: number;
}

const half = (text: string): string => text.slice(0, text.length / 2) + text.slice(text.length / 2 + 40);

function link(text: string): void {
  const bytes = new TextEncoder().encode(text);
  const written = writeLink({ compressed: deflateRawSync(bytes, { level: 0 }), checksum: checksumOf(bytes) });
  if (written.ok) readLink(written.value);
  readShared(bytes, checksumOf(bytes));
}

const ENTRIES: readonly Entry[] = [
  { name: 'inspect', families: [...SDP, ...GRAMMARS, ...MARKS], run: (text) => inspect(text) },
  { name: 'redact', families: [...SDP, ...MARKS], run: (text) => redact(text) },
  { name: 'negotiate', families: SDP, run: (text) => negotiate(text, text) },
  { name: 'negotiate without an offer', families: SDP, run: (text) => negotiate('v=0\r\n', text) },
  { name: 'diff', families: SDP, run: (text) => diff(half(text), text) },
  { name: 'read a paste', families: [...SDP, ...MARKS], run: readPaste },
  { name: 'share and open a link', families: SDP, run: link, most: 400_000 },
  { name: 'open a link', families: CODES, run: readLink, most: 400_000 },
  { name: 'read a code for copy and paste', families: [...MARKS, ...CODES], run: readPasted, most: 400_000 },
  {
    name: 'write a code for copy and paste',
    families: SDP,
    run: (sdp) => writeCode({ kind: 'offer', sdp, writtenAt: 0, answers: null }),
    most: 400_000,
  },
  { name: 'read a list of servers', families: [...MARKS, ...SERVERS], run: readServers },
  { name: 'open a session', families: ROWS, run: readSession },
];

/** All take minutes: the run draws every fifth, beginning elsewhere for each entry; `ICESCOPE_GROWTH=all` measures each. */
const drawn = (families: readonly Family[], entry: string): readonly Family[] => {
  const from = ENTRIES.findIndex(({ name }) => name === entry);
  return process.env['ICESCOPE_GROWTH'] === 'all'
    ? families
    : families.filter((_, index) => index % 5 === from % 5);
};

describe.each(ENTRIES)('$name', ({ name, families, run, most }) => {
  test.each(drawn(families, name))(
    'of $name: four times as much takes less than six times as long',
    ({ make }) => {
      expect(growth(make, run, most)).toBeLessThan(6);
    },
    300_000,
  );
});

const MEGABYTE = 1_000_000;
/** The slowest of them. */
const SLOW = [
  'sections',
  'shortest sections',
  'sections with mids in one BUNDLE',
  'formats',
  'codecs',
  'extmaps of one number',
];

/** The best of three, on a machine as quick as ours: what the machine does beside it is not the subject. */
function quickest(run: () => unknown): number {
  let best = Infinity;
  for (let tries = 0; tries < 3 && best >= 3000; tries++)
    best = Math.min(best, processorTime(run) / slownessFrom(knownWork()));
  return best;
}

describe('a megabyte takes less than three seconds', () => {
  test.each(SDP.filter(({ name }) => SLOW.includes(name)))('of $name', ({ make }) => {
    const text = make(MEGABYTE);
    expect(
      quickest(() => inspect(text)),
      'inspect',
    ).toBeLessThan(3000);
    expect(
      quickest(() => redact(text)),
      'redact',
    ).toBeLessThan(3000);
    expect(
      quickest(() => negotiate(text, text)),
      'negotiate',
    ).toBeLessThan(3000);
    expect(
      quickest(() => diff(half(text), text)),
      'diff',
    ).toBeLessThan(3000);
  });
});
