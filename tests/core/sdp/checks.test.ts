import { describe, expect, test } from 'vitest';
import { applyFix } from '../../../src/core/sdp/checks/check.ts';
import { checks } from '../../../src/core/sdp/checks/index.ts';
import { inspect } from '../../../src/core/sdp/inspect.ts';

const options = (id: string) => (id === 'setup-role' ? { type: 'offer' as const } : {});

describe.each(checks.all)('$id', ({ id, example }) => {
  const findings = inspect(example, options(id)).findings.filter(({ rule }) => rule === id);

  test('its example triggers it, on a line that exists', () => {
    expect(findings.length).toBeGreaterThan(0);
    const count = example.split(/\r\n|\r|\n/).length;
    for (const finding of findings) expect(finding.line).toBeLessThanOrEqual(count);
  });

  test('its fix removes the finding', () => {
    for (const { fix } of findings) {
      if (fix === undefined) continue;
      const after = inspect(applyFix(example, fix), options(id)).findings.filter(({ rule }) => rule === id);
      expect(after.length, fix.title).toBeLessThan(findings.length);
    }
  });
});

test('a duplicate names both lines', () => {
  const [finding] = inspect('m=audio 9 RTP/AVP 0\r\na=mid:0\r\na=mid:1\r\n').findings;
  expect(finding).toMatchObject({ rule: 'duplicate-attribute', severity: 'error', line: 3, lines: [2, 3] });
});

test.each([
  ['a=ice-ufrag:abc', 'error'],
  ['a=fingerprint:sha-1 cd:34:d1:62:16:95:7b:b7:eb:74:e2:39:27:97:eb:0b:23:73:ac:bc', 'warning'],
  ['a=extmap:300 urn:x', 'error'],
  ['b=AS:-1', 'warning'],
  ['c=IN IP6 ::g', 'error'],
  ['a=candidate:1 257 udp 1 10.0.0.1 1 typ host', 'error'],
  ['a=candidate: 1 udp 500 127.0.0.1 80 typ host', 'warning'],
  ['a=rid:x send max-width=', 'error'],
  ['a=sendrecv foo', 'error'],
  ['a=ssrc:1', 'error'],
])('%s is reported with severity %s', (line, severity) => {
  expect(inspect(`${line}\r\n`).findings.map((finding) => finding.severity)).toContain(severity);
});

test('an answer with actpass is an error, an offer with it is not', () => {
  const text = 'm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=setup:actpass\r\n';
  const rules = (type: 'offer' | 'answer') => inspect(text, { type }).findings.map(({ rule }) => rule);
  expect(rules('answer')).toContain('setup-role');
  expect(rules('offer')).not.toContain('setup-role');
});
