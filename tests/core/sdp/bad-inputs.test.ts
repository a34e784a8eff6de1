/** Rows B01 to B34, B73 and B79 of the table of bad inputs: what people paste. Each named after its row. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { diff } from '../../../src/core/sdp/diff.ts';
import { visible } from '../../../src/core/sdp/grammar.ts';
import { inspect } from '../../../src/core/sdp/inspect.ts';
import { decodeBytes } from '../../../src/core/sdp/lines.ts';
import { negotiate } from '../../../src/core/sdp/negotiate.ts';
import { PASTE_LIMIT, readPaste } from '../../../src/core/sdp/read-paste.ts';
import { redact } from '../../../src/core/sdp/redact.ts';
import { readLink } from '../../../src/core/sdp/share.ts';

const HEAD = 'v=0\r\no=- 5 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n';
const AUDIO =
  'm=audio 9 UDP/TLS/RTP/SAVPF 0\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\na=ice-ufrag:aXb1\r\na=ice-pwd:q7ZtPw0rdOfAlice99xKmu2R\r\n' +
  'a=fingerprint:sha-256 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB:4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF\r\n' +
  'a=setup:actpass\r\na=rtcp-mux\r\n';
const SDP = HEAD + AUDIO;

const read = (text: string) => {
  const paste = readPaste(text);
  if (!paste.ok) throw new Error(paste.error.message);
  return paste.value;
};
const rules = (text: string): readonly string[] => inspect(text).findings.map(({ rule }) => rule);
const said = (text: string): string =>
  inspect(text)
    .findings.map(({ severity, line, message }) => `${severity} ${line} ${message}`)
    .join('\n');
const withLine = (line: string): string => `${SDP}${line}\r\n`;

test('B01 nothing, blanks or line breaks: a hint, and no error', () => {
  for (const text of ['', '    ', '\n\r\n\n'])
    expect(read(text)).toMatchObject({ kind: 'empty', descriptions: [] });
});

test('B02 text that is not SDP: what is accepted is said', () => {
  for (const text of ['Dear Bob, the call failed again.', '<!doctype html><p>hi</p>', '{"a":[1,2]}']) {
    const paste = readPaste(text);
    expect(paste.ok).toBe(false);
    if (!paste.ok) expect(`${paste.error.message} ${paste.error.expected}`).toMatch(/SDP/);
  }
});

describe('B03 to B05 wrappings are taken off, and it is said', () => {
  test.each([
    ['B03 JSON', JSON.stringify({ type: 'answer', sdp: SDP }), 'answer'],
    ['B04 literal \\r\\n', SDP.replaceAll('\r\n', '\\r\\n'), 'offer'],
    [
      'B05 base64 of JSON',
      Buffer.from(JSON.stringify({ type: 'offer', sdp: SDP })).toString('base64'),
      'offer',
    ],
  ])('%s', (_name, text, type) => {
    const { descriptions, notices } = read(text);
    expect(descriptions.map(({ sdp }) => sdp)).toEqual([SDP]);
    expect(descriptions[0]!.type).toBe(type);
    expect(notices.length).toBeGreaterThan(0);
  });

  test('B05 base64 above the limit is refused', () => {
    expect(readPaste('QUJD'.repeat(PASTE_LIMIT / 4 + 1)).ok).toBe(false);
  });
});

test('B06 line ends of all kinds: every line explained under its own number, one warning a class', () => {
  const text = 'v=0\no=- 5 1 IN IP4 0.0.0.0\rs=-\r\n\nt=0 0 \n';
  const { lines, readings, findings } = inspect(text);
  expect(lines.map(({ number, raw }) => `${number}${raw}`)).toEqual([
    '1v=0',
    '2o=- 5 1 IN IP4 0.0.0.0',
    '3s=-',
    '4',
    '5t=0 0 ',
  ]);
  expect(readings).toHaveLength(5);
  const claims = findings.filter(({ rule }) => rule === 'line-endings').map(({ claim }) => claim);
  expect(claims.length).toBeGreaterThan(0);
  expect(new Set(claims).size).toBe(claims.length);
});

test('B07 no line end after the last line: taken, with a warning', () => {
  expect(said(SDP.trimEnd())).toMatch(/libwebrtc|Chromium/);
  expect(rules(SDP)).not.toContain('final-line-ending');
  expect(rules(SDP.trimEnd())).toContain('final-line-ending');
});

test('B08 invisible characters are an error, and are written as escapes', () => {
  for (const char of ['\ufeff', '\u200b', '\u202e', '\u00a0']) {
    expect(visible(`a${char}b`)).toBe(`a\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}b`);
    expect(
      inspect(withLine(`a=label:${char}x`)).findings.some(({ rule }) => rule === 'invisible-characters'),
    ).toBe(true);
  }
});

test('B09 NUL, control bytes and invalid UTF-8: nothing is cut off', () => {
  const text = decodeBytes(
    Uint8Array.from([...Buffer.from('v=0\r\ns=a'), 0, 0xff, 0x07, ...Buffer.from('b\r\n')]),
  );
  const { lines } = inspect(text);
  expect(lines[1]!.raw).toBe('s=a\0\ufffd\x07b');
  expect(visible(lines[1]!.raw)).toBe('s=a\\u0000\\ufffd\\u0007b');
});

test('B10, B11 markup and URLs stay text: the page has no {@html}, and links nothing but citations', () => {
  const text = withLine('a=label:<img src=x onerror=alert(1)>');
  expect(inspect(text).lines.at(-1)!.value).toBe('<img src=x onerror=alert(1)>');
  const link = readFileSync(new URL('../../../src/app/inspect/RfcLink.svelte', import.meta.url), 'utf8');
  expect(link).toMatch(/rel="noopener/);
});

const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];

test('B12 names that every object has are names like any other', () => {
  const text = NAMES.map(
    (name) =>
      `m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:${name}\r\na=${name}:1\r\na=fmtp:96 ${name}=1\r\na=ssrc:1 ${name}:x\r\n`,
  ).join('');
  const whole = `${HEAD}a=group:BUNDLE ${NAMES.join(' ')}\r\n${text}`;
  expect(inspect(whole).description.media.map(({ mid }) => mid)).toEqual(NAMES);
  negotiate(whole, whole);
  expect(diff(whole, whole)).toEqual([]);
  redact(whole);
  expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test('B13 values that are numbers stay texts', () => {
  const text = `${HEAD}a=group:BUNDLE 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 97\r\na=mid:0\r\na=rid:1 send\r\na=simulcast:send 1\r\na=fmtp:97 5\r\n`;
  expect(inspect(text).description.groups[0]!.ids).toEqual(['0']);
  expect(() => negotiate(text, text)).not.toThrow();
});

test.each(['m=audio 49170/2 RTP/AVP 0', 'm=audio', 'm=audio x RTP/AVP 0'])(
  'B14 %s is a section, whatever is missing',
  (line) => {
    const { description, findings } = inspect(`${HEAD}${line}\r\n`);
    expect(description.media.map(({ kind }) => kind)).toEqual(['audio']);
    if (line !== 'm=audio 49170/2 RTP/AVP 0')
      expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
  },
);

test('B15 what only begins like an attribute is not taken for it', () => {
  const { description, readings } = inspect(
    withLine('a=sendrecvfoo\r\na=rtcp-mux-onlyx\r\na=ice-lite2\r\na=ice-ufrag-x:1'),
  );
  expect(readings.slice(-4).map(({ known }) => known)).toEqual([false, false, false, false]);
  expect(description.media[0]!.attributes.has('sendrecv')).toBe(false);
});

test.each(['a=msid:- 3f1c9a52-0000-4000-8000-000000000001', 'a=msid:{a1} {b2}'])(
  'B16 %s: both parts are explained',
  (line) => {
    expect(
      inspect(withLine(line))
        .readings.at(-1)!
        .tokens.filter(({ role }) => role !== 'type' && role !== 'name'),
    ).toHaveLength(2);
  },
);

test('B17 a session id above 2^53 is shown digit for digit', () => {
  expect(inspect(HEAD.replace('- 5 1', '- 9223372036854775807 1')).readings[1]!.explanation).toContain(
    '9223372036854775807',
  );
});

test.each(['a=mid:1', 'a=ice-ufrag:zzzz', 'a=setup:active'])(
  'B18 a second %s: an error that names both lines',
  (line) => {
    const finding = inspect(withLine(line)).findings.find(({ rule }) => rule === 'duplicate-attribute');
    expect(finding?.lines).toHaveLength(2);
  },
);

test('B19 lines out of their order are explained, and found', () => {
  const text = `a=mid:9\r\n${SDP}v=0\r\n`;
  const { readings, findings } = inspect(text);
  expect(readings.every(({ explanation }) => explanation !== '')).toBe(true);
  expect(findings.some(({ rule, severity }) => /order/.test(rule) && severity === 'error')).toBe(true);
});

test.each(['k=prompt', 'x=1', 'A=1', ' a=mid:0', '=x', 'abc'])(
  'B20 the line %s is listed for itself, with what is wrong',
  (line) => {
    const { lines, findings } = inspect(withLine(line));
    expect(lines.at(-1)!.raw).toBe(line);
    expect(findings.some((finding) => finding.line === lines.length)).toBe(true);
  },
);

test.each([
  ['b=AS:-1', 'warning'],
  ['b=AS:soon', 'error'],
])('B21 %s: %s', (line, severity) => {
  expect(said(withLine(line).replace(`${line}\r\n`, '').replace('a=mid:0', `${line}\r\na=mid:0`))).toMatch(
    new RegExp(`^${severity} `, 'm'),
  );
});

test.each([
  ['sha-256 4A:AD', 'error'],
  ['sha-256 ZZ:ZZ', 'error'],
  ['sha-256', 'error'],
  ['md5 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B', ''],
  ['sha-256 4A:AD x', 'error'],
])('B22 the fingerprint “%s” is found', (value, severity) => {
  expect(said(SDP.replace(/a=fingerprint:.*/, `a=fingerprint:${value}`))).toMatch(
    new RegExp(`^${severity}.*`, 'm'),
  );
  expect(inspect(SDP.replace(/a=fingerprint:.*/, `a=fingerprint:${value}`)).findings.length).toBeGreaterThan(
    inspect(SDP).findings.length,
  );
});

test.each([
  ['a mid that is not there', `${HEAD}a=group:BUNDLE 0 7\r\n${AUDIO}`, 'bundle-mid'],
  ['two sections of one mid', SDP + AUDIO, 'mid-unique'],
  ['bundle-only with a port', withLine('a=bundle-only'), 'bundle-only-port'],
  [
    'a rejected section in BUNDLE',
    `${HEAD}a=group:BUNDLE 0\r\n${AUDIO.replace('audio 9', 'audio 0')}`,
    'bundle-rejected',
  ],
])('B23 %s', (_name, text, rule) => {
  expect(rules(text)).toContain(rule);
});

test('B24, B25 a megabyte of lines, sections, candidates or one line is read whole', () => {
  for (const text of ['a=d\n'.repeat(260_000), 'm=a\n'.repeat(30_000), `s=${'x'.repeat(5_000_000)}\n`]) {
    const { lines } = inspect(text);
    expect(lines.reduce((sum, { raw, eol }) => sum + raw.length + eol.length, 0)).toBe(text.length);
  }
}, 60_000);

test('B26 is measured: tests/core/growth', () => {
  expect(readFileSync(new URL('../growth/growth.test.ts', import.meta.url), 'utf8')).toContain(
    'toBeLessThan(6)',
  );
});

test('B27 above 10 MB the limit is named, before anything is read', () => {
  const paste = readPaste(`v=0\r\ns=${'x'.repeat(PASTE_LIMIT)}`);
  expect(!paste.ok && paste.error.message).toContain('10 MB');
});

const candidate = (text: string) => inspect(`${text}\n`, { candidates: true }).findings;

test.each(['65536', '99999999', '-1', 'x'])('B28 the port %s', (port) => {
  expect(
    candidate(`candidate:1 1 udp 1 192.0.2.9 ${port} typ host`).some(({ severity }) => severity === 'error'),
  ).toBe(true);
});

test.each([
  ['B28 a priority above 2^31', 'candidate:1 1 udp 4294967296 192.0.2.9 9 typ host'],
  ['B28 component 0', 'candidate:1 0 udp 1 192.0.2.9 9 typ host'],
  ['B28 component 99999999', 'candidate:1 99999999 udp 1 192.0.2.9 9 typ host'],
  ['B29 a foundation of 33 characters', `candidate:${'f'.repeat(33)} 1 udp 1 192.0.2.9 9 typ host`],
  ['B29 a foundation with $', 'candidate:a$ 1 udp 1 192.0.2.9 9 typ host'],
  ['B32 tcp without tcptype', 'candidate:1 1 tcp 1 192.0.2.9 9 typ host'],
  ['B32 udp with tcptype', 'candidate:1 1 udp 1 192.0.2.9 9 typ host tcptype active'],
  ['B32 srflx without raddr', 'candidate:1 1 udp 1 192.0.2.9 9 typ srflx'],
  ['B32 an unknown type', 'candidate:1 1 udp 1 192.0.2.9 9 typ moon'],
])('%s is found', (_name, text) => {
  expect(candidate(text).some(({ severity }) => severity !== 'info')).toBe(true);
});

test('B30 extensions in any order are all explained', () => {
  const text =
    'candidate:1 1 udp 1 192.0.2.9 9 typ host generation 0 ufrag aXb1 network-id 3 network-cost 10 shade blue\n';
  const explained = inspect(text, { candidates: true }).readings[0]!.tokens.map(({ start, end }) =>
    text.slice(start, end),
  );
  for (const word of ['0', 'aXb1', '3', '10', 'blue']) expect(explained).toContain(word);
});

test.each([
  ['3f0c2f7e-91d1-4d2b-8b1e-6a2b7c5d4e3f.local', 'mDNS'],
  ['redacted-ip.invalid', 'placeholder'],
  ['x.x.x.x', 'blanked out'],
  ['turn.example.net', 'host name'],
  ['fe80::1%eth0', 'link-local'],
  ['::ffff:192.0.2.1', 'IPv4 address written as IPv6'],
])('B31 the address %s: %s', (address, words) => {
  const { readings } = inspect(`candidate:1 1 udp 1 ${address} 9 typ host\n`, { candidates: true });
  expect(JSON.stringify(readings)).toContain(words);
});

test.each([
  ['two lines', 'candidate:1 1 udp 1 192.0.2.1 9 typ host\r\ncandidate:2 1 udp 1 192.0.2.2 9 typ host', 2],
  ['a= before it', 'a=candidate:1 1 udp 1 192.0.2.1 9 typ host', 1],
  ['an object', '{"candidate":"candidate:1 1 udp 1 192.0.2.1 9 typ host","sdpMid":"0"}', 1],
])('B33 candidates as %s', (_name, text, count) => {
  const { descriptions } = read(text);
  expect(
    descriptions.flatMap(({ sdp }) =>
      inspect(sdp, { candidates: true }).lines.filter(({ name }) => name === 'candidate'),
    ),
  ).toHaveLength(count);
});

test('B34 an empty candidate means the end of candidates', () => {
  expect(read('{"candidate":""}').notices.join(' ') + read('').notices.join(' ')).toMatch(
    /no more candidates|end/i,
  );
});

test('B73 a fragment that no link has is refused in words', () => {
  for (const text of ['', 'x', '1.AAAA', '%00', '<svg onload=alert(1)>', 'A'.repeat(2_000_000), '9.abc']) {
    const link = readLink(text);
    expect(link.ok).toBe(false);
    if (!link.ok) expect(link.error.message).not.toBe('');
  }
});

test('B79 offer and answer the wrong way round, or of different lengths, are told', () => {
  const answer = SDP.replace('actpass', 'active');
  expect(negotiate(answer, SDP).predictedErrors.length).toBeGreaterThan(0);
  expect(negotiate(SDP, answer + AUDIO).sections[1]!.reason).toContain('not offered');
  expect(negotiate(SDP + AUDIO, answer).sections[1]!.reason).toContain('no section for this one');
});
