/** Verdicts over what real browsers told of coturn set up wrong in each way (tests/fixtures/make/server-tests.ts). */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../../../src/core/ice/server-test/findings.ts';
import { natOf } from '../../../../src/core/ice/server-test/nat.ts';
import { reportOf } from '../../../../src/core/ice/server-test/report.ts';
import { summaryOf } from '../../../../src/core/ice/server-test/summary.ts';
import type {
  ServerTest,
  Reported,
  ReportedCandidate,
} from '../../../../src/core/ice/server-test/evidence.ts';
import { type Row, rowsOf } from '../../../../src/core/ice/server-test/verdict.ts';
import type { Wrong } from '../../../support/wrong-servers.ts';

type Recorded = ServerTest & { readonly ids: readonly Wrong[] };
const folder = resolve(import.meta.dirname, '../../../fixtures/server-tests');
const recorded = (name: string): Recorded => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'));

/** Outcome by IPv4, by IPv6, and the cause. */
const EXPECTED: Readonly<Record<Wrong, readonly [string, string, string?]>> = {
  stun: ['found', 'not-tried'],
  stun6: ['not-tried', 'found'],
  udp: ['found', 'not-tried'],
  tcp: ['found', 'not-tried'],
  'bad-password': ['refused', 'not-tried', 'password'],
  'bad-password-tcp': ['refused', 'not-tried', 'password'],
  expired: ['refused', 'not-tried', 'expired'],
  quota: ['refused', 'not-tried', 'code'],
  'denied-peer': ['found', 'not-tried'],
  'wrong-realm': ['refused', 'not-tried', 'password'],
  'self-signed': ['refused', 'refused', 'tls'],
  'closed-tcp': ['refused', 'not-tried', 'connection'],
  'closed-udp': ['silent', 'not-tried', 'silent'],
  silent: ['silent', 'not-tried', 'silent'],
  'no-such-name': ['refused', 'refused', 'name'],
  'udp-blocked': ['silent', 'not-tried', 'silent'],
  'udp-blocked-tcp': ['found', 'not-tried'],
};
const WORKING: readonly Wrong[] = ['stun', 'stun6', 'udp', 'tcp', 'udp-blocked-tcp'];

describe.each(['chromium', 'firefox'])('recorded in %s', (name) => {
  const test = recorded(name);
  const rows = rowsOf(test);
  const findings = findingsOf(rows, test.startedAt);

  it.each(Object.keys(EXPECTED) as Wrong[])('%s', (id) => {
    const row = rows[test.ids.indexOf(id)]!;
    const { IPv4, IPv6 } = row.families;
    const cause = IPv4.cause ?? IPv6.cause;
    expect([IPv4.outcome, IPv6.outcome, ...(cause ? [cause] : [])]).toEqual(EXPECTED[id]);
    expect(row.works).toBe(WORKING.includes(id));
    expect(row.either).toBeNull();
  });

  it('every URL that does not work is explained, and nothing else is', () => {
    const explained = new Set(findings.flatMap(({ urls }) => urls));
    const failed = new Set(rows.filter(({ works }) => !works).map(({ url }) => url));
    expect(explained).toEqual(failed);
  });

  it('tells blocked UDP from a silent server by what its TCP does', () => {
    const blocked = test.told[test.ids.indexOf('udp-blocked')]!.url;
    expect(findings.find(({ urls }) => urls.includes(blocked))?.title).toMatch(
      /silent over UDP, and its TCP answers$/,
    );
  });

  it('sums up', () => {
    expect(summaryOf(rows, findings).verdict).toBe(
      'Five of 17 work. One needs a new password. Three need other passwords.',
    );
  });

  it('gives a report without names, users and addresses of others', () => {
    const report = reportOf(test, natOf(test.mapping, []));
    expect(report).not.toMatch(/nowhere\.invalid|\bann\b|192\.0\.2\.2/);
    expect(report).toContain('turn:server-2');
  });

  it('claims nothing about a NAT from servers on this machine', () => {
    expect(natOf(test.mapping, [])?.mapping).toBe('none');
  });
});

const candidate = (at: number, line: string, url: string | null = null): ReportedCandidate => ({
  at,
  candidate: `candidate:${line}`,
  url,
  relayProtocol: null,
});
const told = (part: Partial<Reported>): Reported => ({
  url: 'turn:turn.example.net:3478',
  candidates: [],
  errors: [],
  end: 'complete',
  took: 200,
  ...part,
});
const testOf = (...all: readonly Reported[]): ServerTest => ({
  browser: '',
  startedAt: 0,
  took: 0,
  told: all,
  mapping: null,
});
const only = (...all: readonly Reported[]): Row => rowsOf(testOf(...all))[0]!;
const fault = (errorCode: number, errorText: string, at: number, address: string | null = null) => ({
  at,
  url: 'turn:turn.example.net:3478?transport=udp',
  address,
  port: null,
  errorCode,
  errorText,
});

describe('families', () => {
  it('are told by the mapped address that comes with a relay, not by the relay itself', () => {
    const line = '1 1 udp 50339839 198.51.100.20 49170 typ relay raddr 2001:db8::5 rport 51742';
    const { families } = only(told({ candidates: [candidate(58, line)] }));
    expect(families.IPv6).toMatchObject({ outcome: 'found', address: '198.51.100.20:49170' });
    expect(families.IPv4.outcome).toBe('unknown');
  });

  it('follow in Firefox from the network byte of a priority, learned from server reflexive candidates', () => {
    const srflx = candidate(5, '1 1 UDP 1686052863 2001:db8::5 54396 typ srflx raddr 0.0.0.0 rport 0');
    const relay = candidate(9, '2 1 UDP 8331263 198.51.100.20 4000 typ relay raddr 198.51.100.20 rport 4000');
    const row = only(told({ candidates: [relay] }), told({ url: 'stun:a.example', candidates: [srflx] }));
    expect(row.families.IPv6.outcome).toBe('found');
  });

  it('can not be known where nothing tells them', () => {
    const relay = candidate(9, '2 1 UDP 8265727 198.51.100.20 4000 typ relay raddr 0.0.0.0 rport 0');
    const row = only(told({ candidates: [relay] }));
    expect(row.either?.outcome).toBe('found');
    expect([row.families.IPv4.outcome, row.families.IPv6.outcome]).toEqual(['unknown', 'unknown']);
  });

  it('of an error are those of the half-hidden own address in Chromium', () => {
    const errors = [fault(701, 'TURN host lookup received error.', 6, '[0:0:0:x:x:x:x:x]')];
    const relay = '1 1 udp 50339839 198.51.100.20 49170 typ relay raddr 203.0.113.24 rport 51742';
    const all = testOf(
      told({
        candidates: [candidate(58, relay)],
        errors,
        proof: { sent: 50, back: 50, roundTrip: 1, bitsPerSecond: 1, took: 9 },
      }),
    );
    const rows = rowsOf(all);
    expect(findingsOf(rows, 0)).toMatchObject([
      { costs: 'nothing', title: 'turn.example.net has no IPv6 address', meaning: 'Harmless: IPv4 answers.' },
    ]);
  });
});

describe('what the browser gives no reason for', () => {
  it('is said to be unknown, not guessed', () => {
    const row = only(told({ url: 'turns:turn.example.net:443?transport=tcp' }));
    expect(row.families.IPv4).toMatchObject({ outcome: 'unknown', cause: 'nothing-told' });
    const [finding] = findingsOf([row], 0);
    expect(finding).toMatchObject({ isUnknown: true, costs: 'you' });
    expect(finding?.meaning).toContain('a refused certificate');
  });

  it('is a refused URL when the browser throws', () => {
    const refusal = "'stuns:turn.example.net' stuns scheme is not supported";
    const row = only(told({ url: 'stuns:turn.example.net', end: 'refused', refusal }));
    expect(findingsOf([row], 0)).toMatchObject([{ cause: 'browser-refuses', said: refusal }]);
  });
});
