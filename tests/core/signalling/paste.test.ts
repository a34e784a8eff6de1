import { describe, expect, it } from 'vitest';
import { type CodeContent, descriptionId, writeCode } from '../../../src/core/signalling/code.ts';
import { type Awaited, type PasteFault, ago, judge, readPasted } from '../../../src/core/signalling/paste.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const file = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../fixtures/sdp/browsers', name), 'utf8');
const OFFER = file('chromium-data-offer.sdp');
const ANSWER = file('firefox-data-answer.sdp');
const NOW = 1_790_000_000_000;
const letter = (change: Partial<CodeContent>): string =>
  writeCode({ kind: 'answer', sdp: ANSWER, writtenAt: NOW - 4000, answers: descriptionId(OFFER), ...change });
const RIGHT = letter({});
const offerBy = (sdp: string): string => letter({ kind: 'offer', sdp, answers: null });
const AWAITED: Awaited = { kind: 'answer', own: OFFER, now: NOW, timeout: 30_000 };
const url = (word: string): string => `https://icescope.example/#/j/${word}`;
const wrap = (word: string, width: number, before = ''): string =>
  (word.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).map((line) => before + line).join('\n');

describe('the right letter is read', () => {
  it.each<[string, string]>([
    ['bare', RIGHT],
    ['as an address', url(RIGHT)],
    ['between spaces and lines', `\n\n   ${RIGHT}  \n`],
    ['wrapped by a chat', wrap(url(RIGHT), 40)],
    ['wrapped and quoted', wrap(url(RIGHT), 60, '> ')],
    ['quoted twice', wrap(RIGHT, 50, '> > ')],
    ['with Windows line ends', wrap(RIGHT, 76).replaceAll('\n', '\r\n')],
    ['in straight quotes', `"${RIGHT}"`],
    ['in smart quotes', `“${url(RIGHT)}”`],
    ['in French quotes with thin spaces', `«\u202f${RIGHT}\u202f»`],
    ['as code', `\`\`\`\n${RIGHT}\n\`\`\``],
    ['in bold', `*${RIGHT}*`],
    ['with words before it', `here is my answer, paste it: ${url(RIGHT)}`],
    ['with words after it', `${url(RIGHT)} thanks, see you there`],
    ['with words around the bare letter', `Take this: ${RIGHT} and hurry`],
    ['with invisible characters', [...RIGHT].join('\u200b')],
    ['with soft hyphens and a byte order mark', `\ufeff${wrap(RIGHT, 30).replaceAll('\n', '\u00ad')}`],
    ['after another letter in the same chat', `${url(offerBy(OFFER))}\n\n${url(RIGHT)}`],
  ])('%s', (_name, text) => {
    const read = readPasted(text);
    expect(read.ok ? read.value.sdp : read.error).toBe(ANSWER);
    expect(read.ok && judge(read.value, AWAITED)).toBeNull();
  });

  it('says when it had to take something out', () => {
    const noticed = (text: string) => {
      const read = readPasted(text);
      return read.ok ? read.value.notices.length : -1;
    };
    expect(noticed(url(RIGHT))).toBe(0);
    expect(noticed(wrap(url(RIGHT), 60, '> '))).toBe(1);
  });

  it.each<[string, string]>([
    ['SDP', ANSWER],
    ['SDP whose CR a chat took', ANSWER.replaceAll('\r\n', '\n')],
    ['SDP, quoted', ANSWER.replace(/^/gm, '> ').trimEnd()],
    ['SDP without its last line end', ANSWER.trimEnd()],
    ['JSON', JSON.stringify({ type: 'answer', sdp: ANSWER })],
    ['JSON with smart quotes', JSON.stringify({ type: 'answer', sdp: ANSWER }).replace(/"(.*?)"/g, '“$1”')],
  ])('plain %s', (_name, text) => {
    const read = readPasted(text);
    expect(read.ok ? [read.value.kind, read.value.sdp.trimEnd()] : read.error).toEqual([
      'answer',
      ANSWER.trimEnd(),
    ]);
    expect(read.ok && judge(read.value, AWAITED)).toBeNull();
  });
});

interface Wrong {
  readonly name: string;
  readonly text: string;
  readonly fault: PasteFault;
  readonly says: RegExp;
  readonly awaited?: Partial<Awaited>;
}

const WRONG: readonly Wrong[] = [
  { name: 'nothing', text: ' \n ', fault: 'empty', says: /nothing to read/ },
  { name: 'its own offer', text: url(offerBy(OFFER)), fault: 'own', says: /your own letter, the offer/ },
  {
    name: 'its own answer',
    text: RIGHT,
    fault: 'own',
    says: /your own letter, the answer/,
    awaited: { kind: 'offer', own: ANSWER },
  },
  {
    name: 'an offer for the answer',
    text: offerBy(file('firefox-data-offer.sdp')),
    fault: 'offer-for-answer',
    says: /both devices have written an offer/,
  },
  {
    name: 'an answer for the offer',
    text: RIGHT,
    fault: 'answer-for-offer',
    says: /no offer of yours/,
    awaited: { kind: 'offer', own: null },
  },
  {
    name: 'the answer to another letter',
    text: letter({ answers: descriptionId('another') }),
    fault: 'other-letter',
    says: /another letter than yours/,
  },
  {
    name: 'one of yesterday',
    text: letter({ writtenAt: NOW - 86_400_000 }),
    fault: 'stale',
    says: /24 hours ago/,
  },
  {
    name: 'one of a minute ago',
    text: letter({ writtenAt: NOW - 60_000 }),
    fault: 'stale',
    says: /60 s ago/,
  },
  {
    name: 'a cut one',
    text: url(RIGHT).slice(0, -30),
    fault: 'truncated',
    says: /30 characters are missing/,
  },
  {
    name: 'hardly a beginning',
    text: `https://icescope.example/#/j/${RIGHT.slice(0, 8)}`,
    fault: 'truncated',
    says: /missing/,
  },
  {
    name: 'one shown in short',
    text: `${RIGHT.slice(0, 60)}…${RIGHT.slice(-20)}`,
    fault: 'truncated',
    says: /“…” stands for it/,
  },
  {
    name: 'one with a character changed',
    text: RIGHT.slice(0, 50) + (RIGHT[50] === 'x' ? 'y' : 'x') + RIGHT.slice(51),
    fault: 'altered',
    says: /checksum does not fit/,
  },
  { name: 'one in small letters', text: url(RIGHT.toLowerCase()), fault: 'altered', says: /small ones/ },
  { name: 'one of a later version', text: `3${RIGHT.slice(1)}`, fault: 'newer', says: /version 3/ },
  { name: 'an address without its letter', text: url(''), fault: 'truncated', says: /only the address/i },
  { name: 'an address with something else', text: url('letter=%%%'), fault: 'foreign', says: /not a letter/ },
  {
    name: 'one whose first character changed',
    text: url(`x${RIGHT.slice(1)}`),
    fault: 'altered',
    says: /check/,
  },
  {
    name: 'the link of a room',
    text: `https://icescope.example/#/?room=${'B'.repeat(21)}A&by=sse`,
    fault: 'room',
    says: /link of a room/,
  },
  { name: 'prose', text: 'Hello, can you hear me? I am in room 1.', fault: 'foreign', says: /not a letter/ },
  { name: 'another address', text: 'https://example.org/about#team', fault: 'foreign', says: /not a letter/ },
  { name: 'too much', text: 'x'.repeat(200_000), fault: 'foreign', says: /not a letter/ },
  {
    name: 'a candidate alone',
    text: 'a=candidate:1 1 udp 2113937151 192.0.2.1 39155 typ host',
    fault: 'candidates',
    says: /only parts/,
  },
  {
    name: 'some lines of SDP',
    text: 'a=ice-ufrag:abcd\na=ice-pwd:x\nm=audio 9',
    fault: 'candidates',
    says: /only parts/,
  },
  { name: 'offer and answer at once', text: `${OFFER}\n${ANSWER}`, fault: 'two', says: /two descriptions/ },
];

describe('each wrong paste has its own plain message', () => {
  it.each(WRONG.map((entry) => [entry.name, entry] as const))(
    '%s',
    (_name, { text, fault, says, awaited }) => {
      const read = readPasted(text);
      const problem = read.ok ? judge(read.value, { ...AWAITED, ...awaited }) : read.error;
      expect(problem?.fault).toBe(fault);
      expect(problem?.message).toMatch(says);
      expect(problem?.advice).toMatch(/^[A-Z].*\.$/);
    },
  );

  it('and no two kinds say the same', () => {
    const messages = new Map(
      WRONG.map(({ text, fault, awaited }) => {
        const read = readPasted(text);
        const problem = read.ok ? judge(read.value, { ...AWAITED, ...awaited }) : read.error;
        return [fault, problem?.message] as const;
      }),
    );
    expect(new Set(messages.values()).size).toBe(messages.size);
    expect(messages.size).toBe(13);
  });
});

it('ages in words', () => {
  expect([4000, 99_000, 180_000, 7_200_000, 400_000_000].map(ago)).toEqual([
    '4 s',
    '99 s',
    '3 minutes',
    '2 hours',
    '5 days',
  ]);
});
