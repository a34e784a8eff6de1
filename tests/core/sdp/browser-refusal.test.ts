/**
 * What the inspection says of one description, held against what Chromium and Firefox did with it: the same recordings that the
 * negotiation is held against (tests/fixtures/sdp/negotiation).
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inspectForBrowsers as inspect } from '../../../src/core/sdp/inspect-for-browsers.ts';
import { munges } from '../../fixtures/make/sdp/munges.ts';

interface Table {
  readonly pairs: Readonly<Record<string, { readonly offer: string; readonly answer: string }>>;
  readonly cases: readonly {
    readonly munge: string;
    readonly role: 'offer' | 'answer';
    readonly direction: string;
    readonly error: string | null;
  }[];
}

const table = (browser: string): Table =>
  JSON.parse(
    readFileSync(new URL(`../../fixtures/sdp/negotiation/${browser}.json`, import.meta.url), 'utf8'),
  ) as Table;

const cases = (['chromium', 'firefox'] as const).flatMap((browser) => {
  const { pairs, cases: all } = table(browser);
  return all.flatMap(({ munge, role, direction, error }) => {
    const change = munges[munge];
    if (change === undefined || direction !== 'sendrecv') return [];
    const { findings } = inspect(change(pairs[direction]![role]), { type: role });
    const told = findings.filter(({ severity }) => severity !== 'info');
    return [{ browser, name: `${munge} ${role}`, refused: error !== null, told }];
  });
});

/** Refused for what the other description says, or because there is no text at all. */
const NEEDS_THE_OTHER = new Set([
  'midOther answer',
  'midOtherNoGroup answer',
  'fewerUngroup answer',
  'more offer',
  'more answer',
  'swapped answer',
  'cleanUnknown answer',
  'extNew answer',
  'sctp0 answer',
  'empty offer',
  'empty answer',
]);

test('what a browser refuses does not pass without a word', () => {
  const refused = cases.filter((one) => one.refused);
  expect(refused.length).toBeGreaterThanOrEqual(400);
  const silent = new Set(refused.filter(({ told }) => told.length === 0).map(({ name }) => name));
  expect([...silent].filter((name) => !NEEDS_THE_OTHER.has(name))).toEqual([]);
});

test('a browser is not said to refuse what it takes', () => {
  const names = { chromium: 'Chromium', firefox: 'Firefox' } as const;
  const wrong = cases.filter(
    ({ browser, refused, told }) =>
      !refused &&
      told.some(
        ({ rule, claim }) =>
          rule === 'browser-refusal' &&
          / refuses? this/.test(claim) &&
          claim.split(' refuse', 1)[0]!.includes(names[browser]),
      ),
  );
  expect(wrong.map(({ browser, name }) => `${browser} ${name}`)).toEqual([]);
});

test('a description as SIP servers send it says what it lacks, in the words of the browser too', () => {
  const sdp = [
    'v=0',
    'o=FreeSWITCH 1538380016 1538380017 IN IP4 192.0.2.4',
    's=FreeSWITCH',
    'c=IN IP4 192.0.2.4',
    't=0 0',
    'm=audio 16628 UDP/TLS/RTP/SAVPF 8',
    'a=rtcp-mux',
    'a=ice-ufrag:75EDuLTEOkEUd3cu',
    'a=ice-pwd:5dvb9SbfooWc49814CupdeTS',
    '',
  ].join('\r\n');
  const [finding, ...others] = inspect(sdp).findings;
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ rule: 'browser-refusal', severity: 'warning', line: 6 });
  expect(finding!.claim).toBe('Chromium and Firefox refuse this: there is no certificate fingerprint');
  expect(finding!.reason).toContain('Called with SDP without DTLS fingerprint');
});
