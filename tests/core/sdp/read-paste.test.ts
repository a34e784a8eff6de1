import { expect, test } from 'vitest';
import type { Paste } from '../../../src/core/sdp/paste/paste.ts';
import { inspectForBrowsers } from '../../../src/core/sdp/inspect-for-browsers.ts';
import { PASTE_LIMIT, readPaste } from '../../../src/core/sdp/read-paste.ts';

const OFFER =
  'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\nc=IN IP4 0.0.0.0\r\na=setup:actpass\r\n';
const ANSWER = OFFER.replace('actpass', 'active');
const CANDIDATE = 'candidate:1 1 udp 2122260223 192.0.2.1 54400 typ host';

function read(text: string): Paste {
  const result = readPaste(text);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

test.each([
  ['SDP', OFFER, 'sdp'],
  ['JSON', JSON.stringify({ type: 'offer', sdp: OFFER }), 'json'],
  ['a JSON string', JSON.stringify(OFFER), 'json'],
  ['literal \\r\\n', JSON.stringify(OFFER).slice(1, -1), 'escaped'],
  ['base64 of SDP', base64(OFFER), 'base64'],
  ['base64 of JSON', base64(JSON.stringify({ type: 'offer', sdp: OFFER })), 'base64'],
  ['wrapped base64', base64(OFFER).replace(/(.{40})/g, '$1\n'), 'base64'],
])('%s is read as it was meant', (_name, text, kind) => {
  const paste = read(text);
  expect(paste.kind).toBe(kind);
  expect(paste.descriptions.map(({ sdp }) => sdp)).toEqual([OFFER]);
  if (kind !== 'sdp') expect(paste.notices.length).toBeGreaterThan(0);
});

test('the body of a SIP message keeps its line numbers', () => {
  const head = 'INVITE sip:bob@example.com SIP/2.0\r\nContent-Type: application/sdp\r\n\r\n';
  expect(read(head + OFFER)).toMatchObject({
    kind: 'message',
    descriptions: [{ type: 'offer', sdp: OFFER, firstLine: 4 }],
  });
});

test('a part of a multipart body ends at its boundary', () => {
  const text = `SIP/2.0 200 OK\r\n\r\n--x\r\nContent-Type: application/sdp\r\n\r\n${ANSWER}--x--\r\n`;
  expect(read(text).descriptions).toMatchObject([{ type: 'answer', sdp: ANSWER }]);
});

test.each([
  ['one after the other', `${OFFER}${ANSWER}`],
  ['with headings', `${OFFER}\r\nAnswer:\r\n${ANSWER}`],
  [
    'as a JSON array',
    JSON.stringify([
      { type: 'offer', sdp: OFFER },
      { type: 'answer', sdp: ANSWER },
    ]),
  ],
  [
    'as a JSON object',
    JSON.stringify({ offer: { type: 'offer', sdp: OFFER }, answer: { type: 'answer', sdp: ANSWER } }),
  ],
])('offer and answer %s are paired', (_name, text) => {
  expect(read(text).descriptions.map(({ type }) => type)).toEqual(['offer', 'answer']);
});

test('a second description in one text keeps the numbers of the text', () => {
  expect(read(`${OFFER}\r\nAnswer:\r\n${ANSWER}`).descriptions[1]!.firstLine).toBe(10);
});

test.each([CANDIDATE, `a=${CANDIDATE}`, CANDIDATE.replace('candidate:', ''), `${CANDIDATE}\n${CANDIDATE}`])(
  '%s is read as candidates',
  (text) => {
    const { kind, candidates, descriptions } = read(text);
    expect(kind === 'candidates' || (kind === 'lines' && descriptions.length === 1)).toBe(true);
    if (kind === 'candidates') expect(candidates.length).toBe(text.split('\n').length);
  },
);

test('candidate JSON keeps what belongs to it', () => {
  const { kind, candidates } = read(
    JSON.stringify({ candidate: CANDIDATE, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: null }),
  );
  expect(kind).toBe('candidate-json');
  expect(candidates).toEqual([{ candidate: CANDIDATE, sdpMid: '0', sdpMLineIndex: 0 }]);
});

test.each(['', '   ', '\n\r\n'])('%j is empty, not wrong', (text) => {
  expect(read(text)).toMatchObject({ kind: 'empty', descriptions: [] });
});

test.each([
  'hello world',
  '<html><body>a=b</body></html>',
  '{"a":1}',
  'null and void',
  '[[[]]]',
  'fooooobarrrr',
  '[,',
])('%s is no SDP, and the message says what is', (text) => {
  const result = readPaste(text);
  expect(result.ok).toBe(false);
  if (!result.ok) expect(result.error.message).toMatch(/^This does not look like SDP.*candidate/s);
});

test('the limit is named', () => {
  const result = readPaste('a'.repeat(PASTE_LIMIT + 1));
  expect(result).toMatchObject({ ok: false, error: { message: expect.stringContaining('10 MB') as string } });
});

test('JSON that is nested ten thousand times does no harm', () => {
  expect(readPaste('['.repeat(10_000) + ']'.repeat(10_000)).ok).toBe(false);
});

test('names of Object.prototype inside JSON are data', () => {
  expect(read(`{"__proto__": {"sdp": ${JSON.stringify(OFFER)}}}`).descriptions.length).toBe(1);
});

const FRAGMENT =
  'a=ice-ufrag:h2Qx\r\na=ice-pwd:0123456789abcdefghijkl\r\nm=video 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:v\r\na=candidate:5 1 udp 2122260223 192.0.2.77 50505 typ host\r\n';

test.each([
  ['alone', FRAGMENT],
  [
    'in a PATCH',
    `PATCH /whep/77 HTTP/1.1\r\nContent-Type: application/trickle-ice-sdpfrag\r\nContent-Length: ${FRAGMENT.length}\r\n\r\n${FRAGMENT}`,
  ],
])('an ICE fragment %s is a kind of its own', (_name, text) => {
  const { kind, descriptions } = read(text);
  expect(kind).toBe('fragment');
  expect(descriptions).toMatchObject([{ sdp: FRAGMENT, complete: false, fragment: true }]);
  const { findings } = inspectForBrowsers(FRAGMENT, { complete: false, fragment: true });
  expect(findings).toEqual([]);
});

test('lines of a log keep the numbers and offsets of the log', () => {
  const log = ['started', ...OFFER.trimEnd().split('\r\n')]
    .map((line, index) => `[${index}] gw: ${line}\n`)
    .join('');
  const [description] = read(log).descriptions;
  expect(description!.origins.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 8]);
  for (const { offset } of description!.origins) expect(log.slice(offset, offset + 2)).toMatch(/^[a-z]=$/);
});

test('what stands in JSON knows where it stood', () => {
  const text = `{"a": 1,\n "sdp": ${JSON.stringify(OFFER)}}`;
  const [description] = read(text).descriptions;
  expect(description!.origins.every(({ line }) => line === 2)).toBe(true);
  expect(text.slice(description!.origins[4]!.offset).startsWith('m=audio')).toBe(true);
});

const same = (sdp: string): string => sdp.replace('- 1 1', '- 77 1');
const other = (sdp: string): string => sdp.replace('- 1 1', '- 5150 3');

test.each([
  ['order, where both say active', same(ANSWER) + other(ANSWER), ['offer', 'answer']],
  ['order, where both say actpass', same(OFFER) + other(OFFER), ['offer', 'answer']],
  ['setup, where it is plain', same(ANSWER) + other(OFFER), ['answer', 'offer']],
  [
    'words before order',
    `the answer is\n${same(ANSWER)}\nfor this offer\n${other(ANSWER)}`,
    ['answer', 'offer'],
  ],
  [
    'one word for both',
    `${same(ANSWER)}setRemoteDescription(offer)\r\n${other(ANSWER)}`,
    ['answer', 'offer'],
  ],
  ['one side, twice', same(OFFER) + same(OFFER).replace('77 1', '77 2'), ['offer', 'offer']],
])('which is the offer: %s', (_name, text, types) => {
  expect(read(text).descriptions.map(({ type }) => type)).toEqual(types);
});

test.each([
  ['an object as text', '[object RTCIceCandidate]', /object as text/],
  [
    'a string that a console has cut',
    `{type: 'offer', sdp: 'v=0\\r\\no=- 9 2 IN IP4 127.0.0.1\\r\\ns…=sendrecv\\r\\n'}`,
    /shortened/,
  ],
  [
    'a program with variables',
    `x = "v=0\\r\\n" + "o=- 1 1 IN IP4 " + ip + "\\r\\n" + "s=-\\r\\n" + "t=0 0\\r\\n"`,
    /variables/,
  ],
  ['lines behind two prefixes', `A: v=0\nA: o=- 1 1 IN IP4 1\nB: a=mid:0\nA: s=-\n`, /line 3|Line 3/],
])('%s is refused with the reason', (_name, text, reason) => {
  const result = readPaste(text);
  expect(result).toMatchObject({ ok: false, error: { message: expect.stringMatching(reason) as string } });
});

test.each([
  ['a printed candidate', `RTCIceCandidate {candidate: '${CANDIDATE} generation 0', sdpMid: '1'}`],
  ['a row of a dump', `sdpMid: 1, sdpMLineIndex: 1, candidate: ${CANDIDATE} generation 0, url: null`],
  ['rows of a log', `local ${CANDIDATE} generation 0\nremote: (${CANDIDATE} generation 0)\n`],
])('%s is read as a candidate', (_name, text) => {
  expect(read(text).candidates).toEqual([{ candidate: `${CANDIDATE} generation 0` }]);
});

test('the tree of a packet analyser is read', () => {
  const tree = OFFER.trimEnd()
    .split('\r\n')
    .map((line) => `        Some Field (${line[0]!}): ${line.slice(2)}\r\n            [Generated]\r\n`)
    .join('');
  expect(read(tree).descriptions.map(({ sdp }) => sdp)).toEqual([OFFER]);
});

test('a response whose body lacks its first lines is read, because its header says what it is', () => {
  const body = 'm=audio 0 RTP/AVP 97\r\na=control:track2\r\n';
  const paste = read(`RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\n\r\n${body}`);
  expect(paste.descriptions).toMatchObject([{ sdp: body, complete: true }]);
});
