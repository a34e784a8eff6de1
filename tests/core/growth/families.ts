/** Texts that somebody could send to make a program slow: each family grows with one number, about so many bytes. */
export interface Family {
  readonly name: string;
  readonly make: (bytes: number) => string;
}

const HEAD = 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n';
const AUDIO = `${HEAD}m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n`;

/** `line(0)`, `line(1)`, … until there are so many bytes. */
function lines(bytes: number, line: (index: number) => string): string {
  const parts: string[] = [];
  for (let index = 0, length = 0; length < bytes; index++) {
    const part = line(index);
    parts.push(part);
    length += part.length;
  }
  return parts.join('');
}

const each = (name: string, head: string, line: (index: number) => string, foot = '\r\n'): Family => ({
  name,
  make: (bytes) => head + lines(bytes, line) + foot,
});

const address = (i: number): string => `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`;

/** Many lines, or many words in one line, that each are right. */
export const SDP: readonly Family[] = [
  each('lines a=d', HEAD, () => 'a=d\r\n'),
  each('sections', HEAD, () => 'm=audio 9 UDP/TLS/RTP/SAVPF 0\r\n'),
  each('shortest sections', '', () => 'm=\n'),
  each(
    'sections with mids in one BUNDLE',
    HEAD,
    (i) => `m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:${i}\r\na=ice-ufrag:abcd\r\n`,
  ),
  {
    name: 'sections and a BUNDLE of their mids',
    make: (bytes) => {
      const count = Math.ceil(bytes / 60);
      const ids = Array.from({ length: count }, (_, i) => ` ${i}`).join('');
      const sections = Array.from(
        { length: count },
        (_, i) => `m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:${i}\r\n`,
      );
      return `${HEAD}a=group:BUNDLE${ids}\r\n${sections.join('')}`;
    },
  },
  each('sections with one mid', HEAD, () => 'm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:x\r\n'),
  each(
    'sections for data',
    HEAD,
    (i) => `m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:${i}\r\na=sctp-port:${i}\r\n`,
  ),
  each('one format over and over', `${HEAD}m=audio 9 RTP/AVP`, () => ' 96'),
  each('formats', `${HEAD}m=audio 9 RTP/AVP`, (i) => ` ${i}`),
  each('rtpmaps', AUDIO, (i) => `a=rtpmap:${i} opus/48000/2\r\n`),
  each('rtpmaps of one number', AUDIO, (i) => `a=rtpmap:96 X${i}/90000\r\n`),
  {
    name: 'codecs',
    make: (bytes) => {
      const count = Math.ceil(bytes / 90);
      const ids = Array.from({ length: count }, (_, i) => i);
      const each = ids.map(
        (i) => `a=rtpmap:${i} VP8/90000\r\na=rtcp-fb:${i} nack\r\na=fmtp:${i} max-fs=${i};apt=${i}\r\n`,
      );
      return `${HEAD}m=video 9 UDP/TLS/RTP/SAVPF ${ids.join(' ')}\r\n${each.join('')}`;
    },
  },
  {
    name: 'codecs that repair each other',
    make: (bytes) => {
      const count = Math.ceil(bytes / 50);
      const ids = Array.from({ length: count }, (_, i) => i);
      const each = ids.map((i) => `a=rtpmap:${i} rtx/90000\r\na=fmtp:${i} apt=${i + 1}\r\n`);
      return `${HEAD}m=video 9 UDP/TLS/RTP/SAVPF ${ids.join(' ')}\r\n${each.join('')}`;
    },
  },
  each('fmtp lines of one number', AUDIO, (i) => `a=fmtp:0 x${i}=1\r\n`),
  each('fmtp parameters', `${AUDIO}a=rtpmap:96 H264/90000\r\na=fmtp:96 `, (i) => `p${i}=${i};`),
  each('rtcp-fb', AUDIO, (i) => `a=rtcp-fb:${i} nack pli\r\n`),
  each('extmaps', AUDIO, (i) => `a=extmap:${i} urn:x:${i}\r\n`),
  each('extmaps of one number', AUDIO, (i) => `a=extmap:1 urn:x:${i}\r\n`),
  each(
    'candidates',
    AUDIO,
    (i) => `a=candidate:${i} 1 udp ${2122260223 - i} ${address(i)} ${1024 + (i % 60000)} typ host\r\n`,
  ),
  each(
    'one candidate over and over',
    AUDIO,
    () => 'a=candidate:1 1 udp 2122260223 10.0.0.1 5000 typ host\r\n',
  ),
  each('candidate extensions', `${AUDIO}a=candidate:1 1 udp 1 10.0.0.1 5000 typ host`, (i) => ` x${i} ${i}`),
  each('groups', HEAD, (i) => `a=group:BUNDLE ${i} ${i + 1}\r\n`),
  each('names in one group', `${HEAD}a=group:BUNDLE`, (i) => ` ${i}`),
  each('mids of one section', AUDIO, (i) => `a=mid:${i}\r\n`),
  each('ssrcs', AUDIO, (i) => `a=ssrc:${i} cname:${i}\r\na=ssrc:${i} msid:s t\r\n`),
  each('attributes of one ssrc', AUDIO, (i) => `a=ssrc:1 x${i}:${i}\r\n`),
  each('ssrc-groups', AUDIO, (i) => `a=ssrc-group:FID ${i} ${i + 1}\r\n`),
  each('ssrcs in one group', `${AUDIO}a=ssrc-group:FID`, (i) => ` ${i}`),
  each('msids', AUDIO, (i) => `a=msid:s${i} t${i}\r\n`),
  each('streams in msid-semantic', `${HEAD}a=msid-semantic: WMS`, (i) => ` ${i.toString(36)}`),
  each('rids', AUDIO, (i) => `a=rid:${i} send pt=0\r\n`),
  each('rids in simulcast', `${AUDIO}a=simulcast:send `, (i) => `${i};`),
  each('alternatives in simulcast', `${AUDIO}a=simulcast:send `, (i) => `${i},`),
  each('fingerprints', AUDIO, (i) => `a=fingerprint:sha-256 ${i.toString(16).padStart(2, '0')}:AA\r\n`),
  each('crypto', AUDIO, (i) => `a=crypto:${i} AES_CM_128_HMAC_SHA1_80 inline:${i}\r\n`),
  each('setups', AUDIO, (i) => `a=setup:${i % 2 ? 'active' : 'actpass'}\r\n`),
  each('unknown attributes', AUDIO, (i) => `a=x-${i}:${i}\r\n`),
  each('session ids', '', (i) => `o=- ${i} 1 IN IP4 ${address(i)}\r\n`),
  each('times', HEAD, (i) => `t=${i} ${i}\r\nr=1 1 ${i}\r\n`),
  each('bandwidths', AUDIO, (i) => `b=AS:${i}\r\n`),
  each('blank lines', HEAD, () => '\r\n'),
  each('bare CRs', HEAD, () => 'a=d\r'),
  each('lines that are none', HEAD, (i) => `${i} is no line\r\n`),
];

const TOKENS = [
  'x',
  '0',
  '*',
  ' ',
  '\t',
  '(',
  '[',
  '{',
  '"',
  "'",
  '\\',
  '/',
  ':',
  ';',
  ',',
  '=',
  '-',
  '.',
  '+',
  '%',
  '<',
  '>',
  '\u00e9',
  '\u200b',
  '\0',
  '1.',
  '::',
  '[x]',
  'a=',
  '\\n',
  '&#13;',
  '%0A',
  '#015#012',
  '1.1.1.',
  'f:',
  '> ',
];

/** One mark, or some, over and over: alone, in the value of an attribute, and in JSON. */
export const MARKS: readonly Family[] = TOKENS.flatMap((token) => {
  const many = (bytes: number): string => token.repeat(Math.ceil(bytes / token.length));
  const name = JSON.stringify(token);
  return [
    { name: `${name} alone`, make: many },
    { name: `${name} in fmtp`, make: (bytes: number) => `${AUDIO}a=fmtp:0 ${many(bytes)}\x01\r\n` },
  ];
});

/** The attributes whose values have a grammar of their own, each with a piece of it over and over. */
const PIECES: readonly (readonly [name: string, piece: string])[] = [
  ['imageattr', '[x]['],
  ['simulcast', '1;'],
  ['simulcast', 'send '],
  ['ptime', '1.'],
  ['floorid', ' m-stream'],
  ['mediaclk', ' '],
  ['source-filter', ' '],
  ['group', 'A '],
  ['rid', 'a=b;'],
  ['candidate', '1 '],
  ['candidate', 'raddr '],
  ['rtcp', '1 '],
  ['rtcp-fb', 'nack '],
  ['extmap', 'u:'],
  ['crypto', 'inline:|'],
  ['crypto', ';'],
  ['ssrc', 'cname:'],
  ['msid', 'x '],
  ['fingerprint', 'AA:'],
  ['range', '1-'],
  ['ts-refclk', ':'],
  ['pcfg', '[1],'],
  ['acap', '1 '],
  ['path', 'msrp://'],
  ['3gpp_sync_info', ' '],
  ['dcmap', 'a="b";'],
  ['file-selector', 'name:"'],
];
export const GRAMMARS: readonly Family[] = PIECES.map(([name, piece]) => ({
  name: `a=${name} with ${JSON.stringify(piece)}`,
  make: (bytes) => `${AUDIO}a=${name}:${piece.repeat(Math.ceil(bytes / piece.length))}\x01\r\n`,
}));
