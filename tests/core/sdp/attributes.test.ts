import { describe, expect, test } from 'vitest';
import { codecDocs } from '../../../src/core/sdp/attributes/codecs/index.ts';
import { describeProfileLevelId } from '../../../src/core/sdp/attributes/codecs/h264.ts';
import { attributeDocs } from '../../../src/core/sdp/attributes/index.ts';
import { checks } from '../../../src/core/sdp/checks/index.ts';
import { explainLine, readLine } from '../../../src/core/sdp/explain.ts';
import { readLines } from '../../../src/core/sdp/lines.ts';
import { sectionUrl } from '../../../src/core/base/cite.ts';
import { sectionTitle } from '../../../src/core/base/rfc-sections.ts';
import { uncovered } from './uncovered.ts';

describe.each(attributeDocs.all)('$id', (doc) => {
  const [line] = readLines(doc.example);
  const reading = readLine(line!);

  test('its example is known, explained token by token, and follows the grammar', () => {
    expect(reading.known).toBe(true);
    expect(reading.doc).toBe(doc);
    expect(uncovered(doc.example, reading.tokens)).toBe('');
    expect(reading.defects.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(reading.explanation).toMatch(/\w{3}.*[.]$/);
    for (const token of reading.tokens) expect(token.explanation.length, token.role).toBeGreaterThan(0);
  });

  test('it cites a listed section', () => {
    expect(sectionTitle(doc.rfc)).toBeTruthy();
  });
});

test.each(codecDocs.all)(
  'the example of the codec $id has only parameters that are explained',
  ({ example, names, parameters }) => {
    const [payload] = example.split(' ');
    const codecs = new Map([[payload!, `${names[0]!}/90000`]]);
    const { tokens, defects } = readLine(readLines(`a=fmtp:${example}`)[0]!, { codecs });
    expect(defects).toEqual([]);
    const used = tokens.filter(({ role }) => role === 'parameter').length;
    expect(used).toBeGreaterThan(0);
    expect(parameters.size).toBeGreaterThan(0);
  },
);

test('every check cites a listed section', () => {
  expect(checks.all.filter((check) => sectionTitle(check.rfc) === undefined)).toEqual([]);
});

test('sections of RFCs have an address, others have none', () => {
  expect(sectionUrl({ rfc: 'RFC 8839', section: '5.1' })).toBe(
    'https://www.rfc-editor.org/rfc/rfc8839#section-5.1',
  );
  expect(sectionUrl({ rfc: 'libwebrtc', section: 'x' })).toBeUndefined();
  expect(sectionTitle({ rfc: 'RFC 8839', section: 'toString' })).toBeUndefined();
});

const tokensOf = (raw: string) =>
  explainLine(readLines(raw)[0]!).tokens.map(({ role, explanation }) => `${role}: ${explanation}`);

test('tokens say their actual value', () => {
  expect(tokensOf('a=candidate:1 1 udp 2122260223 192.168.1.7 54400 typ host')).toContain(
    'priority: priority 2122260223: type preference 126 (host), local preference 32542, component 1; 32542 is 256 × 127 for the network interface (127 is the best) + 30 for IPv4, as libwebrtc counts',
  );
  expect(tokensOf('o=- 18446744069414584320 2 IN IP4 0.0.0.0')).toContain(
    'session id: the session is identified by 18446744069414584320',
  );
});

test.each([
  ['42e01f', 'Constrained Baseline profile, level 3.1'],
  ['640c1f', 'Constrained High profile, level 3.1'],
  ['4d0028', 'Main profile, level 4.0'],
  ['42f00b', 'Constrained Baseline profile, level 1b'],
])('profile-level-id %s is %s', (value, words) => {
  expect(describeProfileLevelId(value)).toBe(words);
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'the name %s is like any other',
  (name) => {
    for (const raw of [
      `a=${name}:x`,
      `a=mid:${name}`,
      `a=fmtp:111 ${name}=1`,
      `a=ssrc:1 ${name}:y`,
      `a=group:BUNDLE ${name}`,
      `a=rtcp-fb:1 ${name}`,
    ]) {
      expect(explainLine(readLines(raw)[0]!).explanation.length).toBeGreaterThan(0);
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  },
);
