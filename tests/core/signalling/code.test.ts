import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import decodeQR from 'qr/decode.js';
import encodeQR from 'qr';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode62, encode62, encodedLength } from '../../../src/core/signalling/base62.ts';
import { type CodeContent, descriptionId, readCode, writeCode } from '../../../src/core/signalling/code.ts';
import { packSdp, unpackSdp } from '../../../src/core/signalling/pack-sdp.ts';
import { FIXTURES } from '../../support/sessions.ts';

const folder = join(import.meta.dirname, '../../fixtures/sdp/browsers');
const FILES = readdirSync(folder)
  .filter((file) => file.endsWith('.sdp'))
  .map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const);

/** Descriptions that real browsers made, with all their candidates where they were not sent one by one. */
const RECORDED = FIXTURES.flatMap(({ log }) =>
  log.events.flatMap((event) =>
    event.type === ':signal.sent' && event.value.payload && 'sdp' in event.value.payload
      ? [event.value.payload.sdp]
      : [],
  ),
).filter((sdp) => sdp);

/** From Chromium 156 and Firefox 140 on a machine with an IPv4 and an IPv6 address, gathering complete. */
export const CHROMIUM = crlf(`v=0
o=- 6635127470813370235 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0
a=extmap-allow-mixed
a=msid-semantic: WMS
m=application 9 UDP/DTLS/SCTP webrtc-datachannel
c=IN IP4 0.0.0.0
a=candidate:426756817 1 udp 2113937151 ddb0e972-3d44-4d56-b97c-a6d80da84f8c.local 39155 typ host generation 0 network-cost 999
a=candidate:505259617 1 udp 2113942271 a64c2bf8-3b76-4d77-af39-3457a3719ff8.local 40248 typ host generation 0 network-cost 999
a=ice-ufrag:mNX5
a=ice-pwd:S00pereJFNgADiWAhvI3OwJX
a=ice-options:trickle
a=fingerprint:sha-256 8F:5D:F7:5F:12:67:C0:53:D4:40:17:17:B4:9D:1D:B5:8D:AD:CB:11:A4:F4:A5:BD:AA:3A:4D:A0:2B:F3:B9:B4
a=setup:actpass
a=mid:0
a=sctp-port:5000
a=max-message-size:262144
`);
export const FIREFOX = crlf(`v=0
o=mozilla...THIS_IS_SDPARTA-99.0 956319326433208606 0 IN IP4 0.0.0.0
s=-
t=0 0
a=sendrecv
a=fingerprint:sha-256 38:E5:F0:8B:F9:8A:C3:62:AC:52:DE:11:E9:10:9B:70:2D:0F:C0:BA:F8:EF:B0:7A:E0:C5:D1:D4:ED:AD:BC:04
a=group:BUNDLE 0
a=ice-options:trickle
a=msid-semantic:WMS *
m=application 9 UDP/DTLS/SCTP webrtc-datachannel
c=IN IP4 0.0.0.0
a=candidate:0 1 UDP 2122187007 fbc9bd98-ae53-4e52-a1e5-c51a46c201d1.local 51807 typ host
a=candidate:1 1 UDP 2122252543 3ce722ef-24ea-41bc-8fc3-1134567b900e.local 38294 typ host
a=candidate:2 1 TCP 2105458943 fbc9bd98-ae53-4e52-a1e5-c51a46c201d1.local 9 typ host tcptype active
a=candidate:3 1 TCP 2105524479 3ce722ef-24ea-41bc-8fc3-1134567b900e.local 9 typ host tcptype active
a=sendrecv
a=end-of-candidates
a=ice-pwd:5256d2423eb9d6e7bf5da887caf6c1ac
a=ice-ufrag:df1c5ffa
a=mid:0
a=setup:actpass
a=sctp-port:5000
a=max-message-size:1073741823
`);

function crlf(text: string): string {
  return text.replaceAll('\n', '\r\n');
}

const NOW = 1_790_000_000_000;
const offer = (sdp: string): CodeContent => ({ kind: 'offer', sdp, writtenAt: NOW, answers: null });

describe('a description comes out byte for byte', () => {
  it.each([...FILES, ['chromium', CHROMIUM] as const, ['firefox', FIREFOX] as const])('%s', (_name, sdp) => {
    expect(unpackSdp(packSdp(sdp))).toBe(sdp);
    expect(readCode(writeCode(offer(sdp)))).toEqual({ ok: true, value: offer(sdp) });
  });

  it('and all that were recorded', () => {
    expect(RECORDED.length).toBeGreaterThan(20);
    for (const sdp of RECORDED) expect(unpackSdp(packSdp(sdp))).toBe(sdp);
  });

  it('and texts that no browser writes', () => {
    const piece = fc.constantFrom(
      ...CHROMIUM.split('\r\n'),
      ...FIREFOX.split('\r\n'),
      '\r\n',
      '\n',
      '\r',
      'a=ice-ufrag:007',
      'a=candidate:01 1 udp 007 1.2.3.4 300 typ host generation 0',
      'a=candidate:1 1 udp 99999999999999999999 999.2.3.4 1 typ host',
      '\u{1f9ca}',
      '\ufeff',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), fc.boolean(), (parts, ends) => {
        const sdp = parts.join('\r\n') + (ends ? '\r\n' : '');
        expect(unpackSdp(packSdp(sdp))).toBe(sdp);
      }),
      { numRuns: 500, seed: 4 },
    );
  });
});

describe('its size', () => {
  it.each([
    ['Chromium', CHROMIUM, 300],
    ['Firefox', FIREFOX, 300],
  ])(
    '%s, with all candidates: at most 700 characters, and one QR code that is read back',
    (_name, sdp, most) => {
      const text = `https://icescope.example/#/j/${writeCode(offer(sdp))}`;
      expect(text.length).toBeLessThanOrEqual(most);
      const modules = encodeQR(text, 'raw', { ecc: 'medium', border: 4 });
      // Version 13 has 69 modules: in 340 px each is more than four pixels wide.
      expect(modules.length - 8).toBeLessThanOrEqual(69);
      expect(decodeQR(picture(modules, 4))).toBe(text);
    },
  );

  it('is at most 700 also with ten candidates of servers and of IPv6', () => {
    const many = Array.from({ length: 8 }, (_, at) => {
      const type = at % 2 ? 'relay raddr 203.0.113.7 rport 50000' : 'srflx raddr 0.0.0.0 rport 0';
      return `a=candidate:${3_000_000_000 + at * 7919} 1 udp ${41_885_439 + at} 198.51.100.${at} ${50_000 + at} typ ${type} generation 0 network-id 1 network-cost 10\r\n`;
    });
    const sdp = CHROMIUM.replace('a=ice-ufrag', `${many.join('')}a=ice-ufrag`);
    expect(writeCode(offer(sdp)).length).toBeLessThanOrEqual(700);
  });
});

function picture(modules: readonly (readonly boolean[])[], scale: number) {
  const size = modules.length * scale;
  const data = new Uint8ClampedArray(size * size * 4).fill(255);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      if (modules[Math.floor(y / scale)]![Math.floor(x / scale)])
        data.fill(0, (y * size + x) * 4, (y * size + x) * 4 + 3);
  return { width: size, height: size, data };
}

describe('base 62', () => {
  it('gives back every bytes, in the length that it says', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const text = encode62(bytes);
        expect(text).toMatch(/^[0-9A-Za-z]*$/);
        expect(text.length).toBe(encodedLength(bytes.length));
        expect(decode62(text)).toEqual(Uint8Array.from(bytes));
      }),
      { seed: 4 },
    );
  });

  it.each(['!', 'A', 'AAAA', 'zzzzzzzzzzz', 'zz'])('refuses %s', (text) => {
    expect(decode62(text)).toBeNull();
  });
});

describe('damage', () => {
  const text = writeCode(offer(CHROMIUM));

  it('each changed character is noticed', () => {
    for (let at = 2; at < text.length; at++) {
      const other = text[at] === 'A' ? 'B' : 'A';
      expect(readCode(text.slice(0, at) + other + text.slice(at + 1)).ok, `character ${at}`).toBe(false);
    }
    const swapped = text.slice(0, 40) + text[41] + text[40] + text.slice(42);
    expect(swapped === text || !readCode(swapped).ok).toBe(true);
  });

  it('each shortened one says how much is missing', () => {
    for (let length = 13; length < text.length; length++) {
      expect(readCode(text.slice(0, length))).toEqual({
        ok: false,
        error: { is: 'truncated', missing: text.length - length },
      });
    }
  });

  it('bytes of chance with a right checksum open or are refused, and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 80 }), (bytes) => {
        try {
          expect(typeof unpackSdp(bytes)).toBe('string');
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 3000, seed: 4 },
    );
  });
});

it('an answer names the offer that it answers', () => {
  const letter: CodeContent = {
    kind: 'answer',
    sdp: FIREFOX,
    writtenAt: NOW,
    answers: descriptionId(CHROMIUM),
  };
  expect(readCode(writeCode(letter))).toEqual({ ok: true, value: letter });
});
