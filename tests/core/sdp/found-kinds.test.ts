/** Kinds of mistakes that people reported in public, each with values of its own; what a browser or an RFC says stands beside it. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inspectForBrowsers as inspect } from '../../../src/core/sdp/inspect-for-browsers.ts';
import type { InspectOptions } from '../../../src/core/sdp/inspect.ts';
import { negotiate } from '../../../src/core/sdp/negotiate.ts';

const read = (path: string): string =>
  readFileSync(new URL(`../../fixtures/sdp/${path}`, import.meta.url), 'utf8');

/** What is said of a text, with the line and the rule: `7 rtx-apt: …`. */
const said = (text: string, options: InspectOptions = {}): readonly string[] =>
  inspect(text, options).findings.map(({ line, rule, message }) => `${line} ${rule}: ${message}`);
const about = (text: string, rule: string, options: InspectOptions = {}): readonly string[] =>
  said(text, options).filter((line) => line.includes(` ${rule}: `));

const session = 'v=0\r\no=- 7 1 IN IP4 198.51.100.9\r\ns=-\r\nt=0 0\r\n';
const plain = (media: string): string => `${session}c=IN IP4 198.51.100.9\r\n${media}`;
const offer = read('browsers/chromium-all-offer.sdp');
const answer = read('browsers/chromium-all-answer.sdp');
const lineOf = (text: string, needle: string): number =>
  text.slice(0, text.indexOf(needle)).split('\r\n').length;

describe('what the sections of a BUNDLE group share', () => {
  test('one number for two codecs (RFC 9143, section 9.1.1)', () => {
    const text = offer
      .replace('a=rtpmap:111 opus/48000/2', 'a=rtpmap:96 G722/8000')
      .replace(/(m=audio \S+ \S+ )111/, '$196');
    const [first] = about(text, 'bundle-payload-type');
    expect(first).toMatch(/Payload type 96 is G722\/8000 in another section.*Here it is VP8\/90000/);
  });

  test('one number for one codec with another packetization', () => {
    const half = (mid: string, mode: number) =>
      `m=video 9 UDP/TLS/RTP/SAVPF 99\r\na=mid:${mid}\r\na=rtpmap:99 H264/90000\r\na=fmtp:99 packetization-mode=${mode};profile-level-id=4d001f\r\n`;
    const group = 'a=group:BUNDLE p q\r\n';
    expect(about(plain(group + half('p', 0) + half('q', 1)), 'bundle-payload-type')).toHaveLength(1);
    expect(about(plain(group + half('p', 1) + half('q', 1)), 'bundle-payload-type')).toEqual([]);
    expect(about(plain(half('p', 0) + half('q', 1)), 'bundle-payload-type')).toEqual([]);
  });

  test('two roles on one transport: the first section counts', () => {
    const two = answer.replace(/(m=video[^]*?)a=setup:active/, '$1a=setup:passive');
    expect(about(two, 'bundle-role', { type: 'answer' })[0]).toContain(`${lineOf(two, 'a=setup:passive')} `);
    for (const { agreed } of negotiate(offer, two).sections)
      expect(agreed?.setup).toEqual({ offerer: 'passive', answerer: 'active' });
  });

  test('one source in two sections', () => {
    const both = offer
      .replace(/(?=m=video)/, 'a=ssrc:40404 cname:k\r\n')
      .replace(/\r\n$/, '\r\na=ssrc:40404 cname:k\r\n');
    const [first] = about(both, 'ssrc-two-sections', { type: 'offer' });
    expect(first).toContain('40404');
    expect(first).toContain('Chromium');
  });
});

describe('tracks and tones', () => {
  const tracks = (named: string) =>
    plain(`m=video 9 RTP/AVP 31\r\na=msid:cam pic\r\na=ssrc:5 cname:n\r\na=ssrc:5 msid:cam ${named}\r\n`);

  test('a track of a=ssrc that is not that of a=msid is lost', () => {
    expect(about(tracks('screen'), 'ssrc-other-track')).toHaveLength(1);
    expect(about(tracks('pic'), 'ssrc-other-track')).toEqual([]);
  });

  test('key tones have the clock of a codec (RFC 4733)', () => {
    const audio = (...codecs: string[]) =>
      plain(
        `m=audio 4000 RTP/AVP ${codecs.map((_codec, index) => 100 + index).join(' ')}\r\n${codecs
          .map((codec, index) => `a=rtpmap:${100 + index} ${codec}\r\n`)
          .join('')}`,
      );
    const clock = (...codecs: string[]) => about(audio(...codecs), 'telephone-event-clock');
    expect(clock('SILK/24000', 'telephone-event/16000')[0]).toContain('telephone-event/24000');
    expect(clock('AMR-WB/16000', 'telephone-event/16000')).toEqual([]);
    expect(clock('SILK/24000', 'telephone-event/24000', 'telephone-event/8000')).toEqual([]);
    expect(clock('opus/48000/2', 'telephone-event/8000')).toEqual([]);
  });
});

describe('answers that their offer did not allow', () => {
  const h264 = (fmtp: string, payload = 110) =>
    plain(
      `m=video 5000 RTP/AVP ${payload}\r\na=rtpmap:${payload} H264/90000\r\na=fmtp:${payload} packetization-mode=1;${fmtp}\r\n`,
    );
  const rules = (one: string, other: string) => negotiate(one, other).findings.map(({ rule }) => rule);

  test.each([
    ['profile-level-id=42e015', 'profile-level-id=42e01e', ['answer-level']],
    ['profile-level-id=42e00b', 'profile-level-id=42f00b', []],
    ['profile-level-id=42e00a', 'profile-level-id=42f00b', ['answer-level']],
    ['profile-level-id=64002a', 'profile-level-id=640028', []],
    ['profile-level-id=42e015;level-asymmetry-allowed=1', 'profile-level-id=42e01e', ['answer-level']],
    [
      'profile-level-id=42e015;level-asymmetry-allowed=1',
      'profile-level-id=42e01e;level-asymmetry-allowed=1',
      [],
    ],
  ])('RFC 6184, section 8.2.2: %s answered with %s', (one, other, expected) => {
    expect(rules(h264(one), h264(other))).toEqual(expected);
  });

  test('other settings make another format, and the answer says which', () => {
    const video = (map: string, fmtp: string) =>
      plain(`m=video 5000 RTP/AVP 101\r\na=rtpmap:101 ${map}\r\na=fmtp:101 ${fmtp}\r\n`);
    const reason = (map: string, one: string, other: string) =>
      negotiate(video(map, one), video(map, other)).sections[0]!.reason;
    expect(reason('H265/90000', 'tx-mode=MRST', 'profile-id=1')).toContain('tx-mode=MRST');
    expect(reason('H265/90000', 'tx-mode=srst', 'profile-id=1')).toBeUndefined();
    expect(reason('AV1/90000', 'profile=1', 'level-idx=8')).toContain('profile=1');
    expect(reason('AV1/90000', 'level-idx=12', 'level-idx=5')).toBeUndefined();
    expect(reason('VP9/90000', 'profile-id=2', 'max-fs=3600')).toContain('profile-id=2');
  });

  test('H.265 levels go down only (RFC 7798, section 7.2.2)', () => {
    const h265 = (level: number) =>
      plain(`m=video 5000 RTP/AVP 97\r\na=rtpmap:97 H265/90000\r\na=fmtp:97 level-id=${level}\r\n`);
    expect(rules(h265(90), h265(120))).toEqual(['answer-level']);
    expect(rules(h265(120), h265(90))).toEqual([]);
  });

  test('a number that the offer gave to something else (RFC 3264, section 6.1)', () => {
    const audio = (te8: number, te16: number) =>
      plain(
        `m=audio 4000 RTP/AVP 9 ${te8} ${te16}\r\na=rtpmap:${te8} telephone-event/8000\r\na=rtpmap:${te16} telephone-event/16000\r\n`,
      );
    expect(rules(audio(102, 103), audio(103, 104))).toEqual([
      'answer-payload-type-taken',
      'answer-payload-type',
    ]);
    expect(rules(audio(102, 103), audio(102, 103))).toEqual([]);
  });
});

describe('values that somebody blanked out before they asked', () => {
  test.each([
    'a=candidate:1 1 udp 2122260223 xxx.xxx.xxx.xxx 50000 typ host',
    'a=candidate:1 1 udp 2122260223 192.168.x.x 50000 typ host',
    'a=candidate:1 1 udp 2122260223 [redacted] 50000 typ host',
    'a=candidate:1 1 udp 2122260223 (redacted) 50000 typ host',
    'a=candidate:1 1 udp 2122260223 2001:db8:xxxx:xxxx:xxxx:xxxx:xxxx:xxxx 50000 typ host',
    'a=candidate:1 1 udp 2122260223 *.*.*.* 50000 typ host',
    'a=candidate:1 1 udp 1686052607 <public-ip> 50000 typ srflx raddr {local} rport 50000',
    'c=IN IP4 ***.***.***.***',
    'o=- 4611 2 IN IP4 [SERVER_IP]',
    'a=rtcp:9 IN IP4 X.X.X.X',
    'a=ice-ufrag:xxx',
    'a=ice-pwd:********',
    'a=ice-pwd:<redacted>',
    'a=fingerprint:sha-256 XX:XX:XX:XX',
    'a=fingerprint:sha-256 [fingerprint]',
  ])('%s', (line) => {
    const { findings } = inspect(`${line}\r\n`);
    expect(findings.map(({ severity, claim }) => `${severity}: ${claim}`)).toEqual([
      'warning: The value was blanked out',
      ...(line.includes('{local}') ? ['warning: The value was blanked out'] : []),
    ]);
  });

  test.each(['a=candidate:1 1 udp 1 1.2.3 9 typ host', 'a=ice-ufrag:abc', 'a=fingerprint:sha-256 AB:CD'])(
    '%s is a mistake',
    (line) => {
      expect(inspect(`${line}\r\n`).findings.map(({ severity }) => severity)).toContain('error');
    },
  );
});

describe('where the mistake really is', () => {
  test('m= without a port is one mistake', () => {
    expect(
      said(
        'a=ice-ufrag:EsAx\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\nm=video UDP/TLS/RTP/SAVPF 97\r\na=mid:0\r\n',
        { fragment: true, complete: false },
      ),
    ).toEqual([expect.stringMatching(/^3 syntax: The port is missing/)]);
  });

  test('an empty line: what stands after it is not read', () => {
    for (const before of ['a=rtpmap:96 VP8/90000', 'a=group:BUNDLE']) {
      const text = offer.replace(before, `\r\n${before}`);
      const found = said(text, { type: 'offer' });
      expect(found).toHaveLength(1);
      expect(found[0]).toMatch(/line-form.*Chromium.*refuse/);
    }
  });

  test('settings under a number that is not there name the one that is meant, and are not judged', () => {
    const text = plain(
      'm=audio 5004 RTP/AVP 97\r\na=rtpmap:97 opus/48000/2\r\na=fmtp:79 useinbandfec=2;stereo=1\r\n',
    );
    const found = inspect(text).findings.filter(({ line }) => line === 8);
    expect(found).toMatchObject([{ rule: 'payload-type-unused', fix: { title: 'Write 97' } }]);
  });

  test('the number 15 of a header extension is refused by Firefox', () => {
    const text = read('browsers/firefox-audio-offer.sdp').replace(/a=extmap:1 /, 'a=extmap:15 ');
    expect(said(text, { type: 'offer' })).toEqual([expect.stringMatching(/15 is reserved.*Firefox refuses/)]);
  });

  test('a fingerprint without a role gets the role of its kind', () => {
    const fixOf = (text: string, type?: 'offer' | 'answer') =>
      inspect(text.replace(/a=setup:\w+\r\n/g, ''), { type }).findings.find(
        ({ rule }) => rule === 'setup-missing',
      )?.fix?.title;
    expect(fixOf(answer, 'answer')).toBe('Set active');
    expect(fixOf(offer, 'offer')).toBe('Set actpass');
    expect(fixOf(answer)).toBeUndefined();
  });

  test('an error elsewhere does not hide what a browser refuses', () => {
    const text = read('browsers/chromium-video-answer.sdp')
      .replace(/m=video .*/, 'm=video 9 UDP/TLS/RTP/SAVPF 8')
      .replace(/a=(?:rtpmap|fmtp|rtcp-fb):(?:9\d|1[012]\d|3\d|4\d) .*\r\n/g, '')
      .replace('a=mid:0', 'a=mid:0\r\na=candidate:1 1 udp 7 192.0.2.256 5000 typ host');
    const found = said(text, { type: 'answer' });
    expect(found.join('\n')).toMatch(/192\.0\.2\.256/);
    expect(found.join('\n')).toMatch(/Chromium refuses this: no video codec is known/);
  });
});
