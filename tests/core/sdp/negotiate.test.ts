import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { negotiate, type Negotiation } from '../../../src/core/sdp/negotiate.ts';
import { munges, withDirection, type Munge } from '../../fixtures/make/sdp/munges.ts';
import type { Outcome } from '../../fixtures/make/sdp/page.ts';

const FOLDER = new URL('../../fixtures/sdp/negotiation/', import.meta.url);

interface Table {
  readonly browser: 'chromium' | 'firefox';
  readonly version: string;
  readonly pairs: Readonly<Record<string, { readonly offer: string; readonly answer: string }>>;
  readonly cases: readonly (Outcome & {
    readonly munge: string;
    readonly role: 'offer' | 'answer';
    readonly direction: string;
  })[];
}

const tables = readdirSync(FOLDER).map((file) => ({
  file: file.replace('.json', ''),
  ...(JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Table),
}));

type Case = Table['cases'][number];

function predict(
  { pairs }: Table,
  { munge, role, direction }: Case,
  prepare: Munge = (sdp) => sdp,
): Negotiation {
  const { offer, answer: made } = pairs[direction]!;
  const answer = prepare(made);
  const change = munges[munge] ?? ((sdp: string) => withDirection(sdp, munge.replace('direction ', '')));
  return role === 'offer' ? negotiate(change(offer), answer) : negotiate(offer, change(answer));
}

/** `OperationError at answerer.createAnswer`, or `accepted`. A changed offer is only followed to the answer that is made. */
function predicted({ browser }: Table, { role }: Case, { predictedErrors }: Negotiation): string {
  const error = predictedErrors.find(
    ({ call, ...entry }) =>
      entry.browser === browser &&
      call !== 'answerer.setLocalDescription' &&
      (role === 'answer' || call !== 'offerer.setRemoteDescription'),
  );
  return error === undefined ? 'accepted' : `${error.error} at ${error.call}`;
}

const observed = ({ error, call }: Outcome): string => (error === null ? 'accepted' : `${error} at ${call}`);

/** `active` and `passive` as getStats calls them. */
const DTLS_ROLES: Readonly<Record<string, string>> = { active: 'client', passive: 'server' };

/** The offerer's DTLS role on each transport that is left. */
const predictedRoles = ({ sections, bundle }: Negotiation): readonly string[] =>
  bundle.map(([mid]) => {
    const role = sections.find((section) => section.mid === mid)?.agreed?.setup.offerer ?? '';
    return DTLS_ROLES[role] ?? 'unknown';
  });

/** Prints what was predicted, and the table of disagreements. */
function report(what: string, { all, wrong }: { all: number; wrong: readonly string[] }): void {
  const share = ((100 * (all - wrong.length)) / all).toFixed(1);
  console.log(
    `${what}: ${all - wrong.length} of ${all} predicted, ${share} %${wrong.map((line) => `\n  ${line}`).join('')}`,
  );
}

const sorted = (list: readonly (string | null)[]): string => JSON.stringify([...list].sort());

describe.each(tables)('$file: what $browser $version said', (table) => {
  const results = new Map<Case, Negotiation>();
  const negotiated = (entry: Case): Negotiation => {
    const known = results.get(entry) ?? predict(table, entry);
    results.set(entry, known);
    return known;
  };

  test('at least 95 % of the outcomes are predicted: accepted, or which error at which call', () => {
    const wrong = table.cases.flatMap((entry) => {
      const [expected, actual] = [observed(entry), predicted(table, entry, negotiated(entry))];
      return expected === actual ? [] : [`${entry.role} ${entry.munge}: ${expected}, predicted ${actual}`];
    });
    const refused = table.cases.filter(({ error }) => error !== null).length;
    report(`${table.file}: outcomes (${refused} of them errors)`, { all: table.cases.length, wrong });
    expect(wrong.length / table.cases.length).toBeLessThan(0.05);
  });

  test('at least 95 % of the agreed directions and codecs are those of the transceivers', () => {
    const accepted = table.cases.filter(
      ({ role, error, directions }) =>
        role === 'answer' && error === null && directions?.length === 2 && !directions.includes('stopped'),
    );
    const wrong = accepted.flatMap((entry) => {
      const media = negotiated(entry).sections.filter(({ kind }) => kind === 'audio' || kind === 'video');
      const agreed = media.map(({ agreed }) => agreed?.direction ?? null);
      return JSON.stringify(agreed) === JSON.stringify(entry.directions)
        ? []
        : [`${entry.munge}: ${entry.directions}, predicted ${agreed}`];
    });
    report(`${table.file}: directions`, { all: accepted.length, wrong });
    expect(wrong.length / accepted.length).toBeLessThan(0.05);
  });

  test('at least 95 % of the agreed DTLS roles are those of the transports', () => {
    const accepted = table.cases.filter(({ roles }) => roles !== undefined && !roles.includes('unknown'));
    const wrong = accepted.flatMap((entry) => {
      const roles = predictedRoles(negotiated(entry));
      return sorted(roles) === sorted(entry.roles!)
        ? []
        : [`${entry.munge}: ${entry.roles}, predicted ${roles}`];
    });
    report(`${table.file}: roles of the offerer`, { all: accepted.length, wrong });
    expect(wrong.length / accepted.length).toBeLessThan(0.05);
  });

  test('at least 95 % of the roles that the answerer chooses are predicted from the offer', () => {
    const accepted = table.cases.filter(({ setups }) => setups !== undefined);
    const wrong = accepted.flatMap((entry) => {
      const { sections } = predict(table, entry, (answer) => answer.replace(/a=setup:.*\r\n/g, ''));
      const chosen = entry.setups!.map((role, index) =>
        role === null ? null : (sections[index]?.agreed?.setup.answerer ?? role),
      );
      return JSON.stringify(chosen) === JSON.stringify(entry.setups)
        ? []
        : [`${entry.munge}: ${entry.setups}, predicted ${chosen}`];
    });
    report(`${table.file}: roles in the answer`, { all: accepted.length, wrong });
    expect(wrong.length / accepted.length).toBeLessThan(0.05);
  });

  test('the codecs of an unchanged pair are those that the offerer can send', () => {
    const entry = table.cases.find(({ munge, role }) => munge === 'none' && role === 'answer')!;
    const { sections } = predict(table, entry);
    entry.codecs!.slice(0, 2).forEach((codecs, index) => {
      const agreed = sections[index]!.agreed!.codecs.map(({ name, answererPayload }) =>
        `${answererPayload} ${sections[index]!.kind}/${name}`.toLowerCase(),
      );
      expect(agreed).toEqual(expect.arrayContaining(codecs.map((codec) => codec.toLowerCase())));
    });
  });
});

const chromium = tables.find(({ browser }) => browser === 'chromium')!;
const { offer, answer } = chromium.pairs['sendrecv']!;

test('an offer and its answer share one transport and have opposite DTLS roles', () => {
  const result = negotiate(offer, answer);
  expect(result.bundle).toEqual([['0', '1', '2']]);
  expect(result.sections.map(({ agreed }) => agreed?.setup)).toEqual(
    Array.from({ length: 3 }, () => ({ offerer: 'passive', answerer: 'active' })),
  );
  expect(result.predictedErrors).toEqual([]);
});

test('a rejected section has a reason and no transport', () => {
  const result = negotiate(
    offer,
    answer.replace(/m=video \d+/, 'm=video 0').replace('BUNDLE 0 1 2', 'BUNDLE 0 2'),
  );
  expect(result.sections[1]).toMatchObject({
    rejected: true,
    agreed: null,
    reason: expect.stringContaining('port 0') as string,
  });
  expect(result.bundle).toEqual([['0', '2']]);
});

test('payload types may differ between the sides', () => {
  const one =
    'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=video 9 RTP/AVP 96 97\r\nc=IN IP4 0.0.0.0\r\na=rtpmap:96 VP8/90000\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\n';
  const other = one.replace(/\b97\b/g, '121').replace(/\b96\b/g, '120');
  expect(negotiate(one, other).sections[0]!.agreed!.codecs).toEqual([
    { name: 'VP8', clockRate: 90000, offererPayload: 96, answererPayload: 120 },
    { name: 'rtx', clockRate: 90000, offererPayload: 97, answererPayload: 121 },
  ]);
});
