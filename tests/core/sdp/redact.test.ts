import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inspect } from '../../../src/core/sdp/inspect.ts';
import { negotiate } from '../../../src/core/sdp/negotiate.ts';
import { createRedactor, redact } from '../../../src/core/sdp/redact.ts';
import { secretsOf } from './secrets.ts';

const FOLDER = new URL('../../fixtures/sdp/browsers/', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8');
const files = readdirSync(FOLDER);

const findings = (text: string) =>
  inspect(text).findings.map(({ rule, severity, line }) => `${line} ${severity} ${rule}`);

describe.each(files)('%s', (file) => {
  const text = read(file);
  const redacted = redact(text);

  test('nothing of it that could identify somebody is left', () => {
    for (const secret of secretsOf(text)) expect(redacted).not.toContain(secret);
  });

  test('lines, lengths of credentials and findings are the same', () => {
    expect(redacted.split('\r\n').length).toBe(text.split('\r\n').length);
    expect(findings(redacted)).toEqual(findings(text));
  });
});

test('offer and answer negotiate as before', () => {
  const [offer, answer] = [read('chromium-all-offer.sdp'), read('chromium-all-answer.sdp')];
  const redactor = createRedactor([offer, answer]);
  expect(negotiate(redactor(offer), redactor(answer))).toEqual(negotiate(offer, answer));
});

const STACKS = new URL('../../fixtures/sdp/', import.meta.url);
const pairs = ['browsers', 'werift', 'node-datachannel', 'wrtc'].flatMap((stack) =>
  readdirSync(new URL(`${stack}/`, STACKS))
    .filter((name) => name.endsWith('-offer.sdp'))
    .map((name) => `${stack}/${name}`),
);

test.each(pairs)('%s and its answer: no secret left, findings and negotiation as before', (path) => {
  const texts = [path, path.replace('-offer', '-answer')].map((name) =>
    readFileSync(new URL(name, STACKS), 'utf8'),
  );
  const redactor = createRedactor(texts);
  const redacted = texts.map((text) => redactor(text));
  for (const secret of texts.flatMap(secretsOf)) expect(redacted.join('')).not.toContain(secret);
  expect(redacted.map(findings)).toEqual(texts.map(findings));
  expect(negotiate(redacted[0]!, redacted[1]!)).toEqual(negotiate(texts[0]!, texts[1]!));
});

const WITH_ADDRESSES = [
  'v=0',
  'o=alice 2890844526 1 IN IP4 198.51.100.9',
  's=Board meeting',
  'c=IN IP4 198.51.100.9',
  't=0 0',
  'm=audio 9 RTP/AVP 0',
  'a=candidate:1 1 udp 1 10.1.2.3 5000 typ host ufrag abcd',
  'a=candidate:2 1 udp 1 198.51.100.9 5000 typ srflx raddr 10.1.2.3 rport 5000',
  'a=candidate:3 1 udp 1 2001:db8:1::7 5000 typ host',
  'a=ice-ufrag:abcd',
  'a=x-private:10.1.2.3',
  '',
].join('\r\n');

test('the same address has the same pseudonym everywhere, with its family and scope', () => {
  const lines = redact(WITH_ADDRESSES).split('\r\n');
  const host = / (10\.0\.\d+\.\d+) 5000 typ host/.exec(lines[6]!)?.[1];
  expect(host).toBeDefined();
  expect(lines[7]).toContain(`raddr ${host!}`);
  expect(lines[10]).toBe(`a=x-private:${host!}`);
  expect(lines[3]!.slice('c=IN IP4 '.length)).toBe(lines[1]!.split(' ')[5]);
  expect(lines[8]).toMatch(/ 2001:db8::[0-9a-f]+ 5000/);
  expect(lines[2]).toBe('s=session');
  expect(lines[6]!.split('ufrag ')[1]).toBe(lines[9]!.slice('a=ice-ufrag:'.length));
});

test('candidates without a description are redacted too', () => {
  expect(redact('candidate:77 1 udp 1 10.1.2.3 5 typ host', { candidates: true })).not.toMatch(
    /77|10\.1\.2\.3/,
  );
});
