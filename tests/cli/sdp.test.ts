import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { run } from '../../src/cli/main.ts';

const FOLDER = new URL('../fixtures/sdp/browsers/', import.meta.url);
const fixture = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8');

const FILES: Readonly<Record<string, string>> = {
  'offer.sdp': fixture('chromium-all-offer.sdp'),
  'answer.sdp': fixture('chromium-all-answer.sdp'),
  'bad.sdp':
    'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\nc=IN IP4 0.0.0.0\r\na=ptime:x\r\n',
  'lossy.sdp':
    'log: offer\nlog: v=0\nlog: o=- 1 1 IN IP4 0.0.0.0\nlog: s=-\nlog: t=0 0\nlog: m=audio 9 RTP/AVP 0\nlog: a=ice-options:trickle renomination\n',
  'line.txt': 'c=IN IP6 ::g',
  'prose.txt': 'hello world',
  'empty.txt': '',
  'candidate.txt': 'candidate:1 1 udp 2122260223 192.0.2.1 54400 typ host',
  both: `${fixture('chromium-all-offer.sdp')}${fixture('chromium-all-answer.sdp')}`,
};

async function icescope(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(args, {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    write: () => Promise.reject(new Error('nothing is written')),
    read: (path) => {
      const text = FILES[path === '-' ? 'offer.sdp' : path];
      return text === undefined
        ? Promise.reject(Object.assign(new Error('no such file'), { code: 'ENOENT' }))
        : Promise.resolve(new TextEncoder().encode(text));
    },
  });
  return { code, out: out.join(''), err: err.join('') };
}

/** Of what is printed, as much as the tests look at. */
interface Printed {
  readonly lines: readonly { readonly number: number; readonly origin: { readonly line: number } }[];
  readonly findings: readonly unknown[];
  readonly sections: readonly unknown[];
  readonly descriptions: readonly unknown[];
}

const json = async (...args: readonly string[]) =>
  JSON.parse((await icescope(...args, '--json')).out) as Printed;

test('inspect --json has lines, tokens and findings', async () => {
  const report = await json('inspect', 'bad.sdp');
  expect(report).toMatchObject({ icescope: 1, input: { kind: 'sdp', notices: [] } });
  expect(report.lines[6]).toMatchObject({
    number: 7,
    raw: 'a=ptime:x',
    section: 0,
    type: 'a',
    name: 'ptime',
    known: true,
  });
  expect(report.findings[0]).toMatchObject({
    rule: 'syntax',
    severity: 'error',
    line: 7,
    rfc: { rfc: 'RFC 8866', section: '6.4' },
  });
});

test.each([
  [['inspect', 'offer.sdp'], 0],
  [['inspect', '-'], 0],
  [['inspect', 'bad.sdp'], 1],
  [['inspect', 'line.txt'], 1],
  [['inspect', 'candidate.txt'], 0],
  [['inspect', 'prose.txt'], 2],
  [['inspect', 'empty.txt'], 2],
  [['inspect', 'missing.sdp'], 2],
  [['inspect', 'offer.sdp', '--nonsense'], 2],
  [['negotiate', 'offer.sdp', 'answer.sdp'], 0],
  [['negotiate', 'offer.sdp', 'offer.sdp'], 1],
  [['negotiate', 'offer.sdp'], 2],
  [['diff', 'offer.sdp', 'offer.sdp'], 0],
  [['diff', 'offer.sdp', 'answer.sdp'], 1],
  [['redact', 'offer.sdp'], 0],
  [['redact', 'prose.txt'], 2],
  [['nonsense'], 2],
  [[], 2],
  [['--help'], 0],
] as const)('%j ends with %i', async (args, expected) => {
  const { code, err } = await icescope(...args);
  expect(code).toBe(expected);
  expect(err.split('\n').length).toBe(expected === 2 ? 2 : 1);
});

test('an error names its file once, and says it in words', async () => {
  for (const args of [
    ['inspect', 'missing.sdp'],
    ['inspect', 'missing.sdp', '--json'],
    ['negotiate', 'missing.sdp', 'answer.sdp'],
    ['diff', 'offer.sdp', 'missing.sdp'],
    ['redact', 'missing.sdp'],
  ])
    expect((await icescope(...args)).err).toBe(`icescope ${args[0]}: missing.sdp: there is no such file\n`);
  expect((await icescope('negotiate', 'line.txt', 'answer.sdp')).err).toMatch(
    /^icescope negotiate: line\.txt: a whole/,
  );
});

test('what can not be read does not keep the other files from being read', async () => {
  const { out, err, code } = await icescope('inspect', 'missing.sdp', 'bad.sdp', 'offer.sdp', '--json');
  const reports = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { file: string; problem?: string });
  expect(reports.map(({ file, problem }) => [file, problem])).toEqual([
    ['missing.sdp', 'there is no such file'],
    ['bad.sdp', undefined],
    ['offer.sdp', undefined],
  ]);
  expect(err.split('\n').length).toBe(2);
  expect(code).toBe(2);
});

test('a finding says where in its line, and claim and reason beside the message', async () => {
  const { findings } = await json('inspect', 'bad.sdp');
  expect(findings[0]).toMatchObject({
    line: 7,
    start: 8,
    end: 9,
    claim: expect.stringContaining('x') as string,
  });
});

test('several files give one JSON a line', async () => {
  const { out, code } = await icescope('inspect', 'offer.sdp', 'bad.sdp', 'prose.txt', '--json');
  const reports = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { file: string });
  expect(reports.map(({ file }) => file)).toEqual(['offer.sdp', 'bad.sdp', 'prose.txt']);
  expect(code).toBe(2);
});

test('what is no SDP still has its lines and one finding', async () => {
  const report = await json('inspect', 'prose.txt');
  expect(report).toMatchObject({
    input: { kind: 'unreadable' },
    lines: [{ number: 1 }],
    findings: [{ rule: 'not-sdp', severity: 'error', line: 1 }],
  });
});

test('lines of two descriptions in one text are numbered through', async () => {
  const report = await json('inspect', 'both');
  const numbers = report.lines.map(({ number }) => number);
  expect(numbers).toEqual(numbers.map((_unused, index) => index + 1));
  expect(report.descriptions).toMatchObject([{ type: 'offer', firstLine: 1 }, { type: 'answer' }]);
});

test('negotiate --json has the promised shape', async () => {
  const result = await json('negotiate', 'offer.sdp', 'answer.sdp');
  expect(result).toMatchObject({ icescope: 1, bundle: [['0', '1', '2']], predictedErrors: [] });
  expect(result.sections[0]).toMatchObject({
    mid: '0',
    kind: 'audio',
    rejected: false,
    agreed: { setup: { offerer: 'passive', answerer: 'active' } },
  });
});

test('redacted output is inspected without errors', async () => {
  const { out } = await icescope('redact', 'offer.sdp');
  expect(out).not.toContain(/a=ice-pwd:(\S+)/.exec(FILES['offer.sdp']!)![1]);
});

test('inspect --json has what sdp-transform makes of each description, and what it loses', async () => {
  const report = await json('inspect', 'lossy.sdp');
  expect(report.descriptions).toMatchObject([
    {
      firstLine: 2,
      parsed: { name: '-', media: [{ type: 'audio', port: 9, iceOptions: 'trickle' }] },
      lossy: [{ line: 7, why: expect.stringContaining('renomination') as string }],
    },
  ]);
  expect(report.lines.map(({ number, origin }) => [number, origin.line])).toEqual(
    [2, 3, 4, 5, 6, 7].map((line) => [line, line]),
  );
});
