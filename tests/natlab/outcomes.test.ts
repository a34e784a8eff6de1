/**
 * Which way two browsers find through which routers, as our own app recorded it. What is expected is what RFC 4787's
 * mapping and filtering make possible: a symmetric router has another port for each destination, so the port that the
 * STUN server saw helps nobody, unless the other router lets everybody in.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from 'playwright';
import type { Candidate } from '../../src/core/projections/candidates.ts';
import type { Facts } from '../../src/core/projections/index.ts';
import { foretold } from './foretold.ts';
import { Lab } from './lab.ts';
import { STUN_AND_TURN, STUN_ONLY, factsOf, meet } from './meeting.ts';
import type { RouterId } from './routers.ts';
import { seenIn, wayOf } from './seen.ts';

const lab = new Lab();
if (!lab.possible)
  console.warn('SKIPPED: no NAT laboratory (needs root, network namespaces, nftables, coturn, chromium)');

let browsers: readonly [Browser, Browser];
beforeAll(async () => {
  if (!lab.possible) return;
  await lab.startServers();
  browsers = await Promise.all([lab.launchBrowser('a'), lab.launchBrowser('b')]);
}, 60_000);
afterAll(async () => {
  await Promise.all((browsers ?? []).map((browser) => browser.close()));
  await lab.close();
});

interface End {
  readonly connection: string;
  readonly local?: string | undefined;
  readonly remote?: string | undefined;
  readonly relayProtocol?: string | null | undefined;
}

async function outcome(
  a: RouterId,
  b: RouterId,
  servers: readonly string[],
): Promise<Record<'A' | 'B', End>> {
  lab.setRouter('a', a);
  lab.setRouter('b', b);
  const text = await meet(...browsers, servers);
  const facts = factsOf(text);
  const said = foretold({
    browser: 'chromium',
    a,
    b,
    servers: servers === STUN_ONLY ? 'stun' : 'stun and turn',
  });
  // A controls, and chooses; B may show for a moment what it had before.
  const seen = seenIn(text).A;
  expect(wayOf({ A: seen, B: seen }), 'as the simulator foretells').toBe(wayOf(said));
  return { A: endOf(facts, 'A'), B: endOf(facts, 'B') };
}

function endOf(facts: Facts, peer: string): End {
  const connection = facts.states[peer]!.connection.current;
  const { pairs, selectedId } = facts.pairs[peer]!;
  const selected = pairs.find(({ id }) => id === selectedId);
  const { local, remote } = facts.candidates[peer]!;
  const find = (list: readonly Candidate[], id: string) => list.find(({ statsId }) => statsId === id);
  if (!selected) return { connection };
  const [mine, theirs] = [find(local, selected.localId), find(remote, selected.remoteId)];
  return { connection, local: mine?.type, remote: theirs?.type, relayProtocol: mine?.relayProtocol };
}

const types = ({ local, remote }: End): readonly unknown[] => [local, remote];
const isDirect = (end: End): boolean => types(end).every((type) => type === 'srflx' || type === 'prflx');
const isRelayed = (end: End): boolean => types(end).includes('relay');

// Where there is TURN too, a slow machine may find the relay first and stay with it: where a direct path is, none is offered.
describe.runIf(lab.possible)('two browsers behind', () => {
  test.each([
    ['full-cone', 'full-cone'],
    ['port-restricted', 'port-restricted'],
    ['address-restricted', 'port-restricted'],
  ] as const)('%s and %s connect directly, by the addresses that STUN told', async (a, b) => {
    const { A, B } = await outcome(a, b, STUN_ONLY);
    expect([A.connection, B.connection]).toEqual(['connected', 'connected']);
    expect([A, B].filter(isDirect), JSON.stringify([A, B])).toEqual([A, B]);
  });

  test('full-cone and symmetric connect directly, by a port that no STUN server saw', async () => {
    const { A, B } = await outcome('full-cone', 'symmetric', STUN_ONLY);
    expect([A.connection, B.connection]).toEqual(['connected', 'connected']);
    // A controls, and so it is A that chooses (RFC 8445, section 8).
    expect(types(A)).toEqual(['srflx', 'prflx']);
  });

  test.each([
    ['symmetric', 'symmetric'],
    ['port-restricted', 'symmetric'],
  ] as const)('%s and %s connect only through TURN', async (a, b) => {
    const { A, B } = await outcome(a, b, STUN_AND_TURN);
    expect([A.connection, B.connection]).toEqual(['connected', 'connected']);
    expect([A, B].filter(isRelayed), JSON.stringify([A, B])).toEqual([A, B]);
  });

  test('a firewall that lets no UDP out connect through TURN over TCP', async () => {
    const { A, B } = await outcome('udp-blocked', 'port-restricted', STUN_AND_TURN);
    expect([A.connection, B.connection]).toEqual(['connected', 'connected']);
    expect(A).toMatchObject({ local: 'relay', relayProtocol: 'tcp' });
  });

  test('symmetric and symmetric do not connect without TURN', async () => {
    const { A, B } = await outcome('symmetric', 'symmetric', STUN_ONLY);
    expect([A.connection, B.connection]).toEqual(['failed', 'failed']);
  });
});
