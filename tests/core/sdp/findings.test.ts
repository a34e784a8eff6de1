import { expect, test } from 'vitest';
import { applyFix } from '../../../src/core/sdp/checks/check.ts';
import { checks } from '../../../src/core/sdp/checks/index.ts';
import { inspect, type InspectOptions } from '../../../src/core/sdp/inspect.ts';

/** What a finding of a rule underlines, line by line. */
function underlined(text: string, rule: string, options: InspectOptions = {}): readonly string[] {
  const { lines, findings } = inspect(text, options);
  return findings
    .filter((finding) => finding.rule === rule)
    .flatMap((finding) => [finding, ...(finding.others ?? [])])
    .map(({ line, start, end }) => `${line} ${lines[line - 1]!.raw.slice(start, end)}`);
}

test.each([
  ['bundle-mid', 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n', ['5 0']],
  ['rtpmap-missing', 'm=audio 9 RTP/AVP 0 96 9\r\na=mid:0\r\n', ['1 96']],
  ['payload-type-repeated', 'm=audio 9 RTP/AVP 0 8 0\r\n', ['1 0']],
  [
    'rtpmap-conflict',
    'm=audio 9 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:8 PCMU/8000\r\n',
    ['3 8', '2 8'],
  ],
  ['extmap-id', 'm=audio 9 RTP/AVP 0\r\na=extmap:1/sendonly urn:x\r\na=extmap:1 urn:y\r\n', ['3 1', '2 1']],
  ['several-directions', 'm=audio 9 RTP/AVP 0\r\na=sendonly\r\na=recvonly\r\n', ['3 recvonly', '2 sendonly']],
  ['simulcast-rid', 'm=video 9 RTP/AVP 31\r\na=rid:a send\r\na=simulcast:send a;ab;b\r\n', ['3 ab', '3 b']],
  ['rid-payload-type', 'm=video 9 RTP/AVP 31\r\na=rid:a send pt=96\r\n', ['2 96', '1 m=video 9 RTP/AVP 31']],
  [
    'candidate-ufrag',
    'm=audio 9 RTP/AVP 0\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\na=candidate:1 1 udp 1 192.0.2.1 1 typ host ufrag wxyz\r\n',
    ['4 wxyz'],
  ],
  ['syntax', 'a=candidate:1 1 udp 7 192.0.2.1 99999 typ host', ['1 99999']],
  ['syntax', 'a=setup:both', ['1 both']],
  ['syntax', 'a=rtcp-mux:1', ['1 1']],
  ['syntax', 'a=fmtp:96 packetization-mode=7;x=1', ['1 7']],
  ['trailing-space', 'a=mid:0  \r\na=sendrecv \r\n', ['1   ', '2  ']],
  ['invisible-characters', 'a=mid:0\u200b1\r\n', ['1 \u200b']],
  ['unknown-attribute', 'a=x-call:7', ['1 x-call']],
])('%s underlines what is guilty (%#)', (rule, text, expected) => {
  expect(underlined(text, rule)).toEqual(expected);
});

test('a description may have several times, each with its repeats and zones (RFC 8866, section 9)', () => {
  const times = 't=3724394400 3724398000\r\nr=7d 1h 0\r\nz=3730928400 -1h\r\n';
  const { findings } = inspect(`v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\n${times}${times}`);
  expect(findings).toEqual([]);
});

test('the same role in all sections is one finding, underlined in each', () => {
  const section = 'm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=setup:active\r\n';
  const text = `v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n${section}${section}`;
  expect(underlined(text, 'setup-role', { type: 'offer' })).toEqual(['6 active', '8 active']);
});

test.each(checks.all)('$id says a claim and a reason, and marks a part of its lines', ({ id, example }) => {
  const { lines, findings } = inspect(example, id === 'setup-role' ? { type: 'offer' } : {});
  for (const finding of findings.filter(({ rule }) => rule === id)) {
    expect(finding.claim).toMatch(/^[A-Z0-9"a-z].*[^.]$/);
    expect(finding.claim.length).toBeLessThan(90);
    expect(finding.reason.length).toBeGreaterThan(10);
    expect(finding.message).toBe(`${finding.claim}. ${finding.reason}`);
    for (const { line, start, end } of [finding, ...(finding.others ?? [])]) {
      if (start === undefined || end === undefined) continue;
      expect(start).toBeLessThan(end);
      expect(end).toBeLessThanOrEqual(lines[line - 1]!.raw.length);
    }
  }
});

test('spaces at the end are taken off in the order of the lines, whichever of them matters most', () => {
  const text =
    'v=0 \r\no=- 1 1 IN IP4 0.0.0.0 \r\ns=-\r\nt=0 0\r\na=extmap-allow-mixed\r\nm=audio 9 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000 \r\na=mid:7 \r\n';
  const { fix } = inspect(text).findings.find(({ rule }) => rule === 'trailing-space')!;
  expect(applyFix(text, fix!)).toBe(text.replaceAll(' \r\n', '\r\n'));
});
