/** What programs, logs and people put around a description: each wraps a text as its tool does. */

export interface Wrapping {
  readonly name: string;
  /** `eol` is the line end of the log; literals keep the line ends of the description. */
  readonly wrap: (sdp: string, eol: string) => string;
  /** What must come back: the description, with the line ends that the wrapping leaves. */
  readonly expected: (sdp: string, eol: string) => string;
}

const linesOf = (sdp: string): readonly string[] => sdp.replace(/\r?\n$/, '').split(/\r?\n/);

const asIs = (sdp: string): string => sdp;
const relined = (sdp: string, eol: string): string =>
  linesOf(sdp)
    .map((line) => line + eol)
    .join('');

const perLine = (name: string, prefix: (index: number) => string, around = ['', '']): Wrapping => ({
  name,
  wrap: (sdp, eol) =>
    [around[0]!, ...linesOf(sdp).map((line, index) => prefix(index) + line), around[1]!]
      .filter((line) => line !== '')
      .map((line) => line + eol)
      .join(''),
  expected: relined,
});

const literal = (name: string, wrap: (quoted: string, sdp: string) => string): Wrapping => ({
  name,
  wrap: (sdp) => wrap(JSON.stringify(sdp).slice(1, -1), sdp),
  expected: asIs,
});

const two = (value: number): string => String(value % 60).padStart(2, '0');

export const WRAPPINGS: readonly Wrapping[] = [
  perLine('as it is', () => ''),
  perLine('labelled', () => '', ['The remote description:', '']),
  perLine('indented', () => '      '),
  perLine('tabs', () => '\t\t'),
  perLine('quoted mail', () => '> > '),
  perLine('console of a PBX', (i) => `[Dec 11 09:${two(i)}:07] `, [
    '[Dec 11 09:00:07] <--- Transmitting (no NAT) --->',
    '[Dec 11 09:59:59] <------------>',
  ]),
  perLine('ISO times', (i) => `2031-02-03T04:05:${two(i)}.123456Z `, [
    '2031-02-03T04:05:06.000001Z remote description set',
    '2031-02-03T04:06:06.000001Z waiting for candidates',
  ]),
  perLine('system log', (i) => `Jan 1${i % 10} 10:11:${two(i)} host-7 gateway[${900 + i}]: `),
  perLine(
    'logger with thread',
    (i) => `[${1000 + i * 7}][0x7f3a${i.toString(16)}c][signaling.cc:42] DEBUG - `,
  ),
  perLine('line numbers', (i) => `${String(i + 1).padStart(5)}\t`),
  perLine('numbers and bars', (i) => `${i + 1} | `),
  perLine('comment block', () => ' * ', ['/**', ' */']),
  perLine('mobile log', (i) => `03-0${1 + (i % 9)} 21:22:${two(i)}.777  3111  3222 D PeerClient: `),
  {
    name: 'printed map',
    wrap: (sdp, eol) => `received: {type: answer, sdp: ${relined(sdp, eol)}}${eol}`,
    expected: relined,
  },
  {
    name: 'YAML',
    wrap: (sdp, eol) =>
      [`kind: answer`, 'body: |-', ...linesOf(sdp).map((line) => `    ${line}`)]
        .map((line) => line + eol)
        .join(''),
    expected: relined,
  },
  {
    name: 'template string',
    wrap: (sdp, eol) => `setRemote(\`${relined(sdp, eol)}\`);${eol}`,
    expected: relined,
  },
  {
    name: 'markup lines',
    wrap: (sdp, eol) => `<pre>${linesOf(sdp).join(`<br/>${eol}`)}<br/>${eol}</pre>${eol}`,
    expected: relined,
  },
  literal('JSON', (quoted) => `{"kind":"answer","payload":{"sdp":"${quoted}","n":1}}`),
  literal('JSON in a row', (quoted) => `12:01:02 ws <- {"method":"answer","sdp":"${quoted}"} (3 ms)`),
  literal('JSON in JSON', (_quoted, sdp) =>
    JSON.stringify({ data: JSON.stringify({ type: 'answer', sdp }) }),
  ),
  literal('frame', (quoted) => `430[{"jsep":{"type":"answer","sdp":"${quoted}"}}]`),
  literal('written line ends', (quoted) => quoted),
  literal('struct', (quoted) => `&{Kind:answer Sdp:${quoted} Valid:true}`),
  literal('assignment', (quoted) => `let answer = "${quoted}"`),
  literal(
    'one string a line',
    (_quoted, sdp) =>
      `char *sdp =\n${sdp
        .split(/(?<=\n)/)
        .map((line) => `  "${JSON.stringify(line).slice(1, -1)}"`)
        .join('\n')};\n`,
  ),
  literal('strings added', (_quoted, sdp) =>
    sdp
      .split(/(?<=\n)/)
      .map((line) => `sdp += '${JSON.stringify(line).slice(1, -1)}';`)
      .join('\n'),
  ),
  literal(
    'list of lines',
    (_quoted, sdp) => JSON.stringify(sdp.split(/(?<=\n)/), null, 2).slice(0, -1) + '].join("")',
  ),
  literal('percent encoding', (_quoted, sdp) => `https://x.example/?offer=${encodeURIComponent(sdp)}&v=2`),
  literal(
    'octal of syslog',
    (_quoted, sdp) => `relay[4]: answer ${sdp.replace(/\r/g, '#015').replace(/\n/g, '#012')}`,
  ),
  literal('base64', (_quoted, sdp) => Buffer.from(sdp).toString('base64')),
  literal('base64 in a row', (_quoted, sdp) => `sending ${Buffer.from(sdp).toString('base64')} to peer`),
  literal(
    'SIP message',
    (_quoted, sdp) =>
      `SIP/2.0 200 OK\r\nContent-Type: application/sdp\r\nContent-Length: ${Buffer.byteLength(sdp)}\r\n\r\n${sdp}`,
  ),
  literal(
    'two messages',
    (_quoted, sdp) =>
      `INVITE sip:a@b.example SIP/2.0\r\nContent-Length: ${Buffer.byteLength(sdp)}\r\n\r\n${sdp}SIP/2.0 100 Trying\r\nContent-Length: 0\r\n\r\n`,
  ),
];
