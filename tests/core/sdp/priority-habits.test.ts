/** What we say of type preferences, held against the candidates that real Chromium and Firefox made in the recorded sessions. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  habitOf,
  preferenceInWords,
  priorityParts,
  typeOfPreference,
} from '../../../src/core/sdp/priority.ts';
import { parseCandidate, type SdpCandidate } from '../../../src/core/sdp/candidate.ts';
import { explainLine } from '../../../src/core/sdp/explain.ts';
import { readLines } from '../../../src/core/sdp/lines.ts';

const root = join(import.meta.dirname, '../../..');
const files = ['tests/fixtures/sessions', 'tests/fixtures/server-tests', 'src/public/recordings'].flatMap(
  (folder) => readdirSync(join(root, folder)).map((file) => join(root, folder, file)),
);

interface Gathered {
  readonly browser: 'libwebrtc' | 'Firefox';
  readonly line: string;
  readonly candidate: SdpCandidate;
  /** Of the TURN server, when the browser told it. */
  readonly url: string | undefined;
}

/** Firefox writes the protocol in capitals, libwebrtc in small letters. */
const gathered: readonly Gathered[] = files.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/"candidate": *"(candidate:[^"]+)"[^{}]*/g)].flatMap(
    ([all, line = '']) => {
      const candidate = parseCandidate(line);
      if (candidate === undefined || !/ (?:udp|tcp) \d{5,} /i.test(line)) return [];
      const browser = / (?:UDP|TCP) /.test(line) ? 'Firefox' : 'libwebrtc';
      // Made by hand, for a peer of a test.
      if (browser === 'libwebrtc' && !line.includes(' generation ')) return [];
      return [{ browser, line, candidate, url: /"url": *"([^"]+)"/.exec(all)?.[1] }];
    },
  ),
);

test('a preference stands for the type that the candidate has', () => {
  for (const browser of ['libwebrtc', 'Firefox'] as const)
    expect(gathered.filter((one) => one.browser === browser).length).toBeGreaterThan(40);
  for (const { browser, line, candidate } of gathered) {
    const { typePreference } = priorityParts(candidate.priority);
    const habit = habitOf(typePreference);
    expect(habit?.type ?? typeOfPreference(typePreference), line).toBe(candidate.type);
    if (habit === undefined) continue;
    expect(habit.whose, line).toBe(browser);
    if (candidate.type !== 'relay') expect(habit.way, line).toBe(`over ${candidate.transport.toUpperCase()}`);
  }
});

test('the preference of a relayed candidate tells how the TURN server is reached', () => {
  const seen = new Set<string>();
  for (const { browser, line, candidate, url } of gathered) {
    if (candidate.type !== 'relay' || url === undefined) continue;
    const { typePreference } = priorityParts(candidate.priority);
    const transport = url.startsWith('turns:') ? 'TLS' : /transport=tcp/.test(url) ? 'TCP' : 'UDP';
    const words = preferenceInWords(typePreference);
    // 0 is the recommended preference of relayed candidates: Firefox's for TCP and TLS, libwebrtc's for TLS.
    expect(words, line).toBe(
      typePreference === 0 ? 'relay' : `relay, TURN over ${transport}, as ${browser} numbers it`,
    );
    seen.add(`${browser} ${transport}`);
  }
  expect([...seen]).toEqual(expect.arrayContaining(['libwebrtc UDP', 'libwebrtc TCP']));
});

test('a host candidate of a browser says the rank of its interface', () => {
  const said = new Set<string>();
  for (const { browser, line, candidate } of gathered) {
    if (candidate.type !== 'host') continue;
    const { tokens } = explainLine(readLines(`a=${line}`)[0]!);
    const words = tokens.find(({ role }) => role === 'priority')!.explanation;
    expect(words, line).toMatch(
      new RegExp(`for (?:the network interface|no network interface) .*as ${browser} counts$`),
    );
    said.add(/ \+ .*(?=, as)/.exec(words)?.[0] ?? '');
    // A candidate that is bound to no interface has the highest cost.
    expect(words.includes('no network interface'), line).toBe(line.includes('network-cost 999'));
  }
  expect([...said]).toEqual(
    expect.arrayContaining([
      ' + 30 for IPv4',
      ' + 50 for a unique local IPv6 address',
      ' + 192 for the TCP type',
    ]),
  );
});

test.each([
  ['0', 'cost 0: a wired network'],
  ['10', 'cost 10: Wi-Fi'],
  ['11', 'cost 11: a VPN over Wi-Fi'],
  ['900', 'cost 900: a mobile network'],
  ['77', 'cost 77: the lower, the better'],
])('network-cost %s is "%s"', (cost, words) => {
  const line = `a=candidate:1 1 udp 2122260223 192.0.2.1 54400 typ host network-cost ${cost}`;
  const { tokens } = explainLine(readLines(line)[0]!);
  expect(tokens.at(-1)!.explanation).toBe(words);
});
