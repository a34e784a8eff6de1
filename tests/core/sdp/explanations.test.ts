/** Explanations without empty words: what a token says is its meaning, and not its name once more. */
import { expect, test } from 'vitest';
import { codecDocs } from '../../../src/core/sdp/attributes/codecs/index.ts';
import { attributeDocs } from '../../../src/core/sdp/attributes/index.ts';
import { explainLine, readLine } from '../../../src/core/sdp/explain.ts';
import { readLines, type SdpLine } from '../../../src/core/sdp/lines.ts';
import { contextOf, describe } from '../../../src/core/sdp/structure.ts';

/** The last line of a text, in its section. */
function explained(text: string) {
  const lines = readLines(text);
  const line = lines.at(-1)!;
  const media = describe(lines).media[line.section];
  return explainLine(line, media === undefined ? {} : contextOf(media, true));
}

const readDefects = (line: SdpLine): string =>
  readLine(line)
    .defects.map(({ claim }) => claim)
    .join('; ');

/** What the tokens of the value say: `0x14: after 20 ms without sound`. */
function values(text: string): readonly string[] {
  const raw = readLines(text).at(-1)!.raw;
  return explained(text)
    .tokens.filter(({ role }) => role !== 'type' && role !== 'name')
    .map(({ start, end, explanation }) => `${raw.slice(start, end)}: ${explanation}`);
}

test('the name of an attribute says what its line says', () => {
  for (const { example, name } of attributeDocs.all.filter(({ id }) => id.startsWith('a='))) {
    const { tokens, explanation } = explained(example);
    const own = tokens.find(({ role }) => role === 'name')!;
    expect(own.explanation).toBe(`${name}: ${explanation.replace(/\.$/, '')}`);
  }
});

test('no token of an example says only its own text', () => {
  const empty = attributeDocs.all.flatMap(({ example }) =>
    explained(example).tokens.flatMap(({ start, end, explanation }) => {
      const own = example.slice(start, end);
      return explanation === `"${own}"` || explanation === own ? [`${example}: ${explanation}`] : [];
    }),
  );
  expect(empty).toEqual([]);
});

test('each setting of each registered codec is told in words', () => {
  for (const { parameters, names } of codecDocs.all)
    for (const [key, { says }] of parameters)
      for (const value of ['1', '0', 'no'])
        expect(says(value).replace(/"[^"]*" is neither .*/, 'words'), `${names[0]} ${key}`).toMatch(
          /[a-z]{2}/i,
        );
});

test.each([
  [
    'a=silenceSupp:on 0x32 custom "No SID" 64',
    ['0x32: after 50 ms without sound', '"No SID": nothing is sent in silence (No SID)'],
  ],
  [
    'a=tcap:3 UDP/TLS/RTP/SAVPF RTP/AVP',
    ['RTP/AVP: transport capability 4: RTP without encryption (RTP/AVP)'],
  ],
  ['a=pcfg:2 t=4 a=[5]|6', ['a: with attribute capability 5 if possible, or 6']],
  ['a=pcfg:1 t=1 a=-ms:7', ['a: with attribute capability 7, without the attributes of section and session']],
  ['a=acap:9 setup:actpass', ['9: attribute capability 9', 'setup: the line a=setup']],
  ['a=T38MaxBitRate:33600', ['33600: at most 33600 bits a second']],
  ['a=T38FaxUdpEC:t38UDPFEC', ['t38UDPFEC: packets carry parity of earlier ones']],
  ['a=T38FaxFillBitRemoval', []],
  ['a=floorctrl:s-only', ['s-only: this side can be the server: it gives the floor']],
  ['a=bfcpver:2', ['2: version 2: over an unreliable transport (UDP)']],
  ['a=path:msrps://im.example.org:2855/x9;ws', ['msrps: MSRP over TLS', '2855: port 2855', 'ws: over WS']],
  ['a=accept-types:message/imdn+xml', ['message/imdn+xml: notes that a message was delivered or read']],
  ['a=file-selector:name:"a b.png" size:17', ['"a b.png": it is called "a b.png"', '17: it has 17 bytes']],
  ['a=ecan:b off G168', ['off: echo is not cancelled', 'G168: after ITU-T G.168']],
  ['a=mediaclk:direct=0', ['0: they follow the reference clock directly: 0 at its beginning']],
  [
    'a=extmap:9/sendonly urn:ietf:params:rtp-hdrext:toffset',
    ['sendonly: sendonly: this side sends it and does not want to get it'],
  ],
  [
    'a=simulcast:send big,small;~tiny',
    [
      'big: the encoding "big", the preferred of 2 forms of one stream',
      '~tiny: the encoding "tiny", paused at first',
    ],
  ],
  ['a=ssrc:77 msid:- cam', ['msid: it belongs to no stream and carries the track "cam"']],
  [
    'a=imageattr:97 recv [x=[64:16:320],y=[48,96]]',
    ['x: 64 to 320, in steps of 16, pixels wide', 'y: 48 or 96 pixels high'],
  ],
  ['r=1d 1h 0', ['1d: it repeats every 1 day', '1h: each time for 1 hour']],
  [
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    ['webrtc-datachannel: webrtc-datachannel: the data channels of WebRTC run here (RFC 8841)'],
  ],
])('%s', (text, expected) => {
  expect(values(text)).toEqual(expect.arrayContaining(expected));
});

const media = (map: string, fmtp: string) =>
  `m=audio 4000 RTP/AVP 97\r\na=rtpmap:97 ${map}\r\na=fmtp:97 ${fmtp}`;

test.each([
  [
    'EVS/16000',
    'br=7.2-13.2;bw=wb',
    'Settings for EVS/16000: 7.2 to 13.2 kbit/s in both directions; wideband (up to 8 kHz), in both directions.',
  ],
  ['iLBC/8000', 'mode=20', 'Settings for iLBC/8000: frames of 20 ms.'],
  [
    'H263-1998/90000',
    'CIF4=2',
    'Settings for H263-1998/90000: 704 × 576 (CIF4) at 14.99 frames a second at most.',
  ],
  [
    'H264/90000',
    'profile-level-id=640028;packetization-mode=1',
    'Settings for H264/90000: High 4.0, non-interleaved.',
  ],
  ['AV1/90000', 'level-idx=8;profile=0;tier=0', 'Settings for AV1/90000: Main profile, level 4.0.'],
  ['opus/48000/2', 'minptime=10;usedtx=1', 'Settings for opus/48000/2: mono wanted (no stereo=1), with DTX.'],
  ['opus/48000/2', 'stereo=1;useinbandfec=1', 'Settings for opus/48000/2: stereo wanted, with FEC.'],
])('%s with %s in a line', (map, fmtp, sentence) => {
  expect(explained(media(map, fmtp)).explanation).toBe(sentence);
});

test('the row of a codec has its settings too', () => {
  const text = media('H264/90000', 'profile-level-id=4d0029');
  const lines = readLines(text);
  const context = contextOf(describe(lines).media[0]!, true);
  expect(explainLine(lines[1]!, context).explanation).toBe(
    'Payload type 97 stands for H264/90000: Main 4.1, single NAL unit.',
  );
});

test.each([
  ['ptp=traceable', 'the PTP version is missing'],
  ['ptp=IEEE1588-2008:00-1D-C1-0-FF-FE-12-34', 'is not eight bytes'],
  ['ptp=IEEE1588-2008:00-1D-C1-FF-FE-12-34-56:200', 'the PTP domain 200'],
  ['gps=1', 'nothing is expected after gps'],
  ['localmac=00-1D-C1-12-34', 'is not the address of a network card'],
  ['ntp=', 'which ntp clock is missing'],
])('a=ts-refclk:%s is a mistake (RFC 7273, section 4)', (value, claim) => {
  const lines = readLines(`a=ts-refclk:${value}`);
  expect(readDefects(lines[0]!)).toContain(claim);
});

test.each([
  'ptp=IEEE1588-2008:traceable',
  'ptp=IEEE802.1AS-2011:00-1D-C1-FF-FE-12-34-56',
  'ptp=IEEE1588-2002:00-1D-C1-FF-FE-12-34-56:_DFLT',
  'ntp=/traceable/',
  'private:traceable',
  'gps',
  'localmac=00-1D-C1-12-34-56',
])('a=ts-refclk:%s is none', (value) => {
  expect(readDefects(readLines(`a=ts-refclk:${value}`)[0]!)).toBe('');
});
