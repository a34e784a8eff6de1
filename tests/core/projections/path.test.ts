import { describe, expect, it } from 'vitest';
import {
  carryingWay,
  encryptedSince,
  standingCandidates,
  waysOf,
} from '../../../src/core/projections/path.ts';
import { HAND_MADE, viewOf } from '../../app/paths/sessions.ts';
import { FIXTURES, viewAt } from '../../support/sessions.ts';

const { throughDoors, relayed, oneEnd } = HAND_MADE;
const factsAt = (log: typeof throughDoors, time: number) => viewOf(log, { time }).facts;
const names = (log: typeof throughDoors, time: number) =>
  waysOf(factsAt(log, time)).map(
    ({ ends: [a, b], kind }) => `${a.type} ${a.port} – ${b.type} ${b.port}: ${kind}`,
  );

describe('ways', () => {
  it('join what both ends say of the same two addresses', () => {
    const [way] = waysOf(factsAt(throughDoors, 35));
    expect(way?.pairs.map(({ peer }) => peer)).toEqual(['A', 'B']);
    expect(way?.requests).toBe(2);
  });

  it('are called by their dearest candidate, the chosen one first', () => {
    expect(names(throughDoors, 33)).toContain('host 50124 – relay 49170: relay');
    expect(names(throughDoors, 35)[0]).toBe('srflx 51742 – srflx 62031: srflx');
  });

  it('go through stages: inferred until a reading says succeeded, failed when every end says so', () => {
    const before = waysOf(factsAt(throughDoors, 20)).find(({ kind }) => kind === 'srflx')!;
    const after = waysOf(factsAt(throughDoors, 35)).find(({ kind }) => kind === 'srflx')!;
    expect([before.evidence, before.succeededAt, before.chosenAt]).toEqual(['inferred', null, null]);
    expect([after.evidence, after.succeededAt, after.chosenAt]).toEqual(['observed', 33, 34]);
    expect(waysOf(factsAt(throughDoors, 35)).find(({ kind }) => kind === 'host')?.failedAt).toBe(32);
  });

  it('know no earlier time for a check than both candidates, and no later one than "connected"', () => {
    const [check] = waysOf(factsAt(oneEnd, 21))[0]!.checks;
    expect(check).toMatchObject({ side: 0, after: 18, until: 20 });
    const relay = waysOf(factsAt(relayed, 40))[0]!.checks[0]!;
    expect(relay).toMatchObject({ after: 19, until: 29, requests: 1, responses: 1 });
  });
});

describe('carryingWay', () => {
  it('is the selected one, where a reading names it', () => {
    const facts = factsAt(relayed, 40);
    expect(carryingWay(facts, waysOf(facts))?.kind).toBe('relay');
  });

  it('is unknown before', () => {
    const facts = factsAt(throughDoors, 33);
    expect(carryingWay(facts, waysOf(facts))).toBeNull();
  });
});

describe('standing candidates', () => {
  it('are the own ones, or those that the other end was told of where nobody recorded it', () => {
    expect(standingCandidates(factsAt(oneEnd, 21), 0).map(({ port }) => port)).toContain(50007);
    expect(standingCandidates(factsAt(oneEnd, 21), 1).map(({ type }) => type)).toEqual(['host', 'srflx']);
  });

  it('of an older generation are gone after an ICE restart, but for those in use', () => {
    const fixture = FIXTURES.find(({ name }) => name === 'restart-chromium')!;
    const facts = viewAt(fixture, fixture.log.events.length).facts;
    const standing = standingCandidates(facts, 0);
    const newest = facts.candidates['A']!.local.at(-1)!.ufrag;
    const used = waysOf(facts)
      .filter(({ chosenAt }) => chosenAt !== null)
      .map(({ ends }) => ends[0].key);
    const old = standing.filter(({ ufrag }) => ufrag !== newest);
    expect(standing.length).toBeLessThan(facts.candidates['A']!.local.length);
    expect(old.every(({ key }) => used.includes(key))).toBe(true);
  });
});

describe('encryptedSince', () => {
  it('waits for every recorded end', () => {
    expect(encryptedSince(factsAt(relayed, 32.5))).toBeNull();
    expect(encryptedSince(factsAt(relayed, 33))).toBe(33);
    expect(encryptedSince(factsAt(oneEnd, 21))).toBe(21);
  });
});

/** What the browsers themselves said, read from the dump's text without our projections. */
describe.each(FIXTURES.map((fixture) => [fixture.name, fixture] as const))('%s', (_name, fixture) => {
  const rows = fixture.text
    .trim()
    .split('\n')
    .slice(2)
    .map((row) => JSON.parse(row) as unknown[]);

  it('chooses exactly the pair that the last reading selected', () => {
    const last = new Map<string, string>();
    for (const [method, peer, value] of rows) {
      // An event after the last reading knows better.
      if (method === ':ice.selected') last.delete(String(peer));
      if (method !== 'getStats') continue;
      const reports = value as Record<
        string,
        { type: string; selectedCandidatePairId?: string; selected?: boolean }
      >;
      for (const [id, report] of Object.entries(reports)) {
        if (report.selectedCandidatePairId) last.set(String(peer), report.selectedCandidatePairId);
        else if (report.type === 'candidate-pair' && report.selected) last.set(String(peer), id);
      }
    }
    const facts = viewAt(fixture, fixture.log.events.length).facts;
    const chosen = waysOf(facts).filter(({ chosenAt }) => chosenAt !== null);
    const told = chosen.flatMap(({ pairs }) => pairs.map(({ id }) => id));
    for (const [peer, id] of last) expect(told).toContain(`${peer}/${id}`);
    const isTold = last.size > 0 || rows.some(([method]) => method === ':ice.selected');
    if (!isTold) expect(chosen).toEqual([]);
  });

  it('has checks only while somebody could ask', () => {
    const facts = viewAt(fixture, fixture.log.events.length).facts;
    for (const way of waysOf(facts)) {
      for (const { after, until } of way.checks) expect(after).toBeLessThanOrEqual(until);
      expect(way.ends.map(({ port }) => port).every(Number.isFinite)).toBe(true);
    }
  });
});
