/**
 * Descriptions as products that are no browsers send them, shortened: nothing in them is called an error, and what is particular
 * in them is explained. From the logs and tests of those products, with addresses and keys of ours.
 */
import { expect, test } from 'vitest';
import { inspectForBrowsers } from '../../../src/core/sdp/inspect-for-browsers.ts';

const head = (name: string): string =>
  `v=0\r\no=- 1 1 IN IP4 192.0.2.5\r\ns=${name}\r\nc=IN IP4 192.0.2.5\r\nt=0 0\r\n`;
const FINGERPRINT =
  'a=fingerprint:sha-256 35:5A:BC:8E:CD:F8:CD:EB:36:00:BB:C4:C3:33:54:B5:9B:70:3C:E9:C4:33:8F:39:3C:4B:5B:5C:AD:88:12:2B';
const ICE = 'a=ice-ufrag:75EDuLTEOkEUd3cu\r\na=ice-pwd:5dvb9SbfooWc49814CupdeTS';

/** What is more than information. */
const told = (sdp: string): readonly string[] =>
  inspectForBrowsers(sdp)
    .findings.filter(({ severity }) => severity !== 'info')
    .map(({ severity, rule }) => `${severity} ${rule}`);

const words = (sdp: string, start: string): readonly string[] => {
  const { lines, readings } = inspectForBrowsers(sdp);
  const at = lines.findIndex(({ raw }) => raw.startsWith(start));
  return readings[at]!.tokens.map(({ explanation }) => explanation);
};

test('an SFU in the browser library (mediasoup, Pion): spaces after feedback are nothing to warn of', () => {
  const sdp =
    `v=0\r\no=mediasoup-client 10000 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=ice-lite\r\n${FINGERPRINT}\r\na=group:BUNDLE 0\r\n` +
    `m=video 7 UDP/TLS/RTP/SAVPF 101\r\nc=IN IP4 127.0.0.1\r\na=rtpmap:101 VP8/90000\r\na=fmtp:101 x-google-start-bitrate=1000\r\n` +
    `a=rtcp-fb:101 transport-cc \r\na=rtcp-fb:101 nack \r\na=setup:active\r\na=mid:0\r\na=recvonly\r\n${ICE}\r\na=rtcp-mux\r\n`;
  expect(told(sdp)).toEqual([]);
  expect(words(sdp, 'a=fmtp')).toContain('sending begins with 1000 kbit/s (libwebrtc; others ignore it)');
  expect(inspectForBrowsers(sdp).findings).toMatchObject([{ rule: 'trailing-space', severity: 'info' }]);
  expect(told(sdp.replace('a=mid:0\r\n', 'a=mid:0 \r\n'))).toEqual(['warning trailing-space']);
});

test('a telephone system that can do without much (Cisco): no errors for its rejected sections', () => {
  const sdp =
    `${head('SIP Call')}m=audio 18594 RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n` +
    'a=fmtp:101 0-15\r\na=trafficclass:conversational.audio.aq:admitted\r\nm=application 0 UDP/BFCP *\r\n' +
    'm=application 0 RTP/AVP 96\r\na=rtpmap:96 H224/0\r\na=inactive\r\nm=application 0 UDP/UDT/IX\r\n';
  expect(told(sdp)).toEqual(['warning syntax', 'warning syntax']);
  expect(words(sdp, 'm=application 0 UDP/UDT/IX')).toContain(
    'the iX channel of Cisco, for conference control',
  );
});

test('a PBX for browsers (FreeSWITCH, Asterisk): nothing to say', () => {
  const sdp =
    `${head('FreeSWITCH')}a=msid-semantic: WMS x\r\nm=audio 16628 UDP/TLS/RTP/SAVPF 8 101\r\na=rtpmap:8 PCMA/8000\r\n` +
    `a=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\n${FINGERPRINT}\r\na=setup:active\r\na=connection:new\r\na=rtcp-mux\r\n` +
    `a=rtcp:16628 IN IP4 192.0.2.5\r\n${ICE}\r\na=candidate:0560693492 1 udp 659136 192.0.2.5 16628 typ host generation 0\r\n` +
    'a=end-of-candidates\r\na=ssrc:2690029308 cname:rbaag6w9fGmRXQm6\r\n';
  expect(told(sdp)).toEqual([]);
});

/** RFC 4568 section 6.2: 16 + 14 bytes; RFC 7714 section 12: 32 + 12. */
test.each([
  ['AES_CM_128_HMAC_SHA1_80 inline:tMuyik1Aiiq9p4DQVHhAASSWDEP7K7wo0cICOn39', []],
  ['AEAD_AES_256_GCM inline:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKis=', []],
  ['AES_CM_128_HMAC_SHA1_80 inline:dG9vIHNob3J0', ['The key has 9 bytes']],
])('the key of a=crypto:1 %s', (value, claims) => {
  const sdp = `${head('Asterisk')}m=audio 10374 RTP/SAVP 0\r\na=crypto:1 ${value}\r\n`;
  const { findings } = inspectForBrowsers(sdp);
  expect(findings.filter(({ rule }) => rule === 'syntax').map(({ claim }) => claim)).toEqual(claims);
});

test.each([
  ['b=TIAS:64000', 'RFC 3890 6.2'],
  ['b=AS:64', 'RFC 8866 5.8'],
  ['a=candidate:1 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active', 'RFC 6544 4.5'],
  ['a=candidate:1 1 udp 2122260223 192.0.2.1 54400 typ host', 'RFC 8839 5.1'],
  ['a=rtcp-fb:96 ccm fir', 'RFC 5104 7.1'],
  ['a=rtcp-fb:96 nack', 'RFC 4585 4.2'],
  ['a=group:BUNDLE 0', 'RFC 9143 7'],
  ['a=group:LS 0', 'RFC 5888 5'],
])('%s refers to the document that says what its value means', (line, source) => {
  const { rfc, section } = inspectForBrowsers(`${line}\r\n`).readings[0]!.rfc;
  expect(`${rfc} ${section}`).toBe(source);
});
