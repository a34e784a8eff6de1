import { expect, test } from 'vitest';
import { redact } from '../../../src/core/sdp/redact.ts';
import { random } from '../../support/random.ts';

const HELD = {
  password: 'q7ZtPw0rdOfAlice99xKmu2R',
  ufrag: 'uFr8Gq',
  fingerprint:
    '9C:4E:1F:A2:77:B0:3D:58:E6:21:0A:C9:84:5B:F3:6E:12:D7:90:AB:4C:38:E1:05:7F:B6:29:DA:63:8C:F0:17',
  key: 'WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz',
  public4: '81.187.44.203',
  private4: '10.73.11.6',
  public6: '2a01:4f8:c17:b8f::2',
  host: 'alice-laptop.corp-north.example',
  mdns: '3f0c2f7e-91d1-4d2b-8b1e-6a2b7c5d4e3f.local',
  cname: 'cn4me+Of/Alice',
  stream: 'b61a7e02-77aa-4c1c-9f33-0d0fb8a5d2c1',
  session: '7812394410027615533',
  msrp: 'j8s2kd93ff',
};

const TEXT = [
  'v=0',
  `o=- ${HELD.session} 2 IN IP4 ${HELD.public4}`,
  's=-',
  't=0 0',
  'a=group:BUNDLE 0 1',
  `a=msid-semantic: WMS ${HELD.stream}`,
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 0',
  `c=IN IP4 ${HELD.public4}`,
  `a=rtcp:9 IN IP6 ${HELD.public6}`,
  `a=candidate:1 1 udp 2130706431 ${HELD.private4} 51000 typ host generation 0 ufrag ${HELD.ufrag}`,
  `a=candidate:2 1 udp 1694498815 ${HELD.public4} 51000 typ srflx raddr ${HELD.private4} rport 51000`,
  `a=candidate:3 1 tcp 1518280447 ${HELD.public6} 9 typ host tcptype active`,
  `a=candidate:4 1 udp 2130706431 ${HELD.mdns} 51002 typ host`,
  `a=ice-ufrag:${HELD.ufrag}`,
  `a=ice-pwd:${HELD.password}`,
  `a=fingerprint:sha-256 ${HELD.fingerprint}`,
  'a=setup:actpass',
  'a=mid:0',
  'a=rtpmap:111 opus/48000/2',
  'a=fmtp:111 minptime=10;useinbandfec=1',
  `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${HELD.key}|2^20|1:32`,
  `a=ssrc:3735928559 cname:${HELD.cname}`,
  `a=ssrc:3735928559 msid:${HELD.stream} ${HELD.stream}`,
  'm=message 7394 TCP/TLS/MSRP *',
  `a=path:msrps://${HELD.host}:7394/${HELD.msrp};tcp`,
  `a=x-candidate-ipv6:4 1 UDP 2130705919 ${HELD.public6} 6000 typ host`,
  `a=oldmediaip:${HELD.public4}`,
  `a=x-token:${HELD.password}`,
];

type Draw = ReturnType<typeof random>;
type Mutation = (line: string, draw: Draw) => string;

const put = (line: string, at: number, text: string): string => line.slice(0, at) + text + line.slice(at);
const BLANKS = [' ', '  ', '\t', '\u00a0', '\u200b', '\ufeff'];
const PREFIXES = [
  '> ',
  '| ',
  '* ',
  '+',
  '-',
  '[11:43:52] ',
  'I/app ( 8410): ',
  'Aug  5 host sip[9]: ',
  'sdp: "',
  '\u2028',
];
const NAMES = ['x-mine', 'zz', 'ICE-PWD', 'pass word', 'constructor', 'mid', '', 'a.b'];

const MUTATIONS: readonly Mutation[] = [
  (line, draw) => draw.of(BLANKS) + line,
  (line, draw) => draw.of(PREFIXES) + line,
  (line, draw) => put(line, draw.below(line.length + 1), draw.of(BLANKS)),
  (line, draw) => line.replace(/^a=[^: ]+/, `a=${draw.of(NAMES.slice(0, 5))}`),
  (line, draw) => line.replace(/^./, draw.of(['A', 'x', 'q', ' ', '=', 'é'])),
  (line) => line.replace(':', ' '),
  (line) => line.replaceAll(' ', '  '),
  (line) => line.replace('=', ' = '),
  (line, draw) => put(line, draw.below(line.length + 1), draw.of(['\n', '"', ';', ',', '\\', '&#13;'])),
];
const ENDS = ['\r\n', '\n', '\r', '\r\r\n', '#015#012', '\\r\\n', ' ', '\u2028', '\n\n', ''];

function mutated(draw: Draw): string {
  const oneEnd = draw.of(ENDS);
  return TEXT.map((line) => {
    const changed = draw.below(3) === 0 ? draw.of(MUTATIONS)(line, draw) : line;
    return changed + (draw.below(12) === 0 ? draw.of(ENDS) : oneEnd);
  }).join('');
}

/** A short value only counts where it stands for itself: two letters more make another word. */
const holds = (text: string, value: string): boolean =>
  value.length > 6
    ? text.toLowerCase().includes(value.toLowerCase())
    : new RegExp(`(?<![A-Za-z0-9+/])${value}(?![A-Za-z0-9+/])`).test(text);

test('no password, ufrag, fingerprint, key, address or name of 2,000 mutated descriptions is printed', () => {
  for (let seed = 0; seed < 2000; seed++) {
    const text = mutated(random(seed));
    const redacted = redact(text);
    const left = Object.entries(HELD).filter(([, value]) => holds(redacted, value));
    expect(left, `seed ${seed}\n${text}\n--\n${redacted}`).toEqual([]);
  }
}, 120_000);

const lineOf = (text: string): string => redact(text).split('\n').at(-1)!;

test('a line that is set in is read without its blanks and marks', () => {
  expect(lineOf(`v=0\n  a=ice-options:trickle`)).toBe('  a=ice-options:trickle');
  expect(lineOf(`v=0\n> a=rtpmap:111 opus/48000/2`)).toBe('> a=rtpmap:111 opus/48000/2');
  expect(lineOf(`v=0\n\t* a=ice-pwd:${HELD.password}`)).toMatch(/^\t\* a=ice-pwd:[A-Za-z0-9]{24}$/);
});

test('of an unknown attribute only the name stays, and the kind of its addresses', () => {
  expect(lineOf('v=0\na=oldmediaip:81.187.44.203')).toBe('a=oldmediaip:198.18.0.1');
  expect(lineOf('v=0\na=x-peer:192.168.9.9:5060')).toMatch(/^a=x-peer:192\.168\.0\.1:\d{4}$/);
  expect(lineOf('v=0\na=AliceSmith')).not.toContain('Alice');
  expect(lineOf('v=0\na=note:zażółć 電話')).not.toMatch(/za|電/);
});

const valuesOf = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map((match) => match[1]!);

test.each([
  ['stream ids of one and two letters', (n: number) => `a=msid:${n.toString(36)} -\n`, /^a=msid:(\S+)/gm],
  [
    'private addresses',
    (n: number) => `c=IN IP4 192.168.${n % 250}.${1 + Math.floor(n / 250)}\n`,
    /^c=IN IP4 (\S+)/gm,
  ],
  [
    'public addresses',
    (n: number) => `c=IN IP4 81.${n % 250}.${Math.floor(n / 250)}.7\n`,
    /^c=IN IP4 (\S+)/gm,
  ],
  ['IPv6 addresses', (n: number) => `c=IN IP6 2a01::${n.toString(16)}\n`, /^c=IN IP6 (\S+)/gm],
  [
    'mapped addresses',
    (n: number) => `c=IN IP6 ::ffff:9.9.${n % 250}.${Math.floor(n / 250)}\n`,
    /^c=IN IP6 (\S+)/gm,
  ],
  ['short mDNS names', (n: number) => `c=IN IP4 ${n.toString(36)}.local\n`, /^c=IN IP4 (\S+)/gm],
  ['session names', (n: number) => `s=meeting ${n}\n`, /^s=(.+)/gm],
])('two %s never share a pseudonym', (_name, line, pattern) => {
  const text = Array.from({ length: 4000 }, (_, number) => line(number)).join('');
  const [before, after] = [valuesOf(text, pattern), valuesOf(redact(text), pattern)];
  expect(after).toHaveLength(4000);
  expect(new Set(after).size).toBe(4000);
  expect(after.filter((value) => new Set(before).has(value))).toEqual([]);
});
