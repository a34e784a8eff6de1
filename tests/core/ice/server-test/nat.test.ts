import { describe, expect, it } from 'vitest';
import { natOf } from '../../../../src/core/ice/server-test/nat.ts';
import type { ReportedMapping } from '../../../../src/core/ice/server-test/evidence.ts';

/** As Chromium tells it: hidden host addresses, and the local preference that joins a mapping with its socket. */
const mapping = (urls: readonly string[], base: number, ...ports: readonly number[]): ReportedMapping => ({
  urls,
  errors: [],
  complete: true,
  candidates: [
    `candidate:1 1 udp 2113937151 0a.local ${base} typ host`,
    'candidate:2 1 udp 2113942271 0b.local 40001 typ host',
    ...ports.map(
      (port) => `candidate:3 1 udp 1677729535 203.0.113.24 ${port} typ srflx raddr 0.0.0.0 rport 0`,
    ),
  ].map((candidate) => ({ at: 1, candidate, url: null, relayProtocol: null })),
});
const TWO = ['stun:198.51.100.1:3478', 'stun:198.51.100.2:3478'];
const facts = (told: ReportedMapping | null) =>
  natOf(told, told?.candidates ?? [])?.facts.map(({ title, confidence }) => [title, confidence]);

describe('natOf', () => {
  it('sees one door for two servers at different addresses, and the port that changed', () => {
    const told = mapping(TWO, 50124, 51742);
    expect(facts(told)).toEqual([
      ['One door for everybody', 3],
      ['It changes your port', 3],
      ['Whom it lets in', 0],
    ]);
    expect(natOf(told, [])).toMatchObject({ base: 50124, mapped: [51742], mapping: 'independent' });
  });

  it('sees a door for each server', () => {
    expect(facts(mapping(TWO, 50124, 51742, 51743))?.[0]).toEqual(['Another door for each server', 3]);
  });

  it('is less sure of names, and guesses from two ports of one machine', () => {
    expect(facts(mapping(['stun:a.example', 'stun:b.example'], 50124, 51742))?.[0]).toEqual([
      'One door for everybody',
      2,
    ]);
    const ports = ['stun:198.51.100.1:3478', 'stun:198.51.100.1:3479'];
    expect(facts(mapping(ports, 50124, 51742))?.[0]).toEqual(['One door for both ports of a server', 1]);
  });

  it('says with a kept port that there may be no NAT at all', () => {
    const detail = natOf(mapping(TWO, 50124, 50124), [])?.facts[1]?.detail;
    expect(detail).toContain('no NAT at all');
  });

  it('knows nothing of the mapping from one server, and nothing at all from none', () => {
    const one = natOf(null, mapping([], 50124, 51742).candidates);
    expect(one?.facts[0]).toMatchObject({ title: 'One door or many', confidence: 0 });
    expect(natOf(null, [])).toBeNull();
  });
});
