/**
 * Records once what real browsers did behind real routers; `tests/core/sim/natlab.test.ts` holds the simulator against it.
 *
 *     npx vite build && npx tsx tests/natlab/record-predictions.ts
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Lab } from './lab.ts';
import { STUN_AND_TURN, STUN_ONLY, meet } from './meeting.ts';
import { type Seen, seenIn } from './seen.ts';
import { TOPOLOGIES, type Topology } from './topologies.ts';

export type Recorded = Topology & { readonly seen: Seen };

const file = fileURLToPath(new URL('../fixtures/natlab/seen.json', import.meta.url));
mkdirSync(dirname(file), { recursive: true });
const SERVERS = { 'stun and turn': STUN_AND_TURN, stun: STUN_ONLY } as const;
const nameOf = ({ browser, a, b, servers }: Topology): string => [browser, a, b, servers].join(' ');

/** With names, only those that hold one of them are recorded anew. */
const wanted = process.argv.slice(2);
const known = new Map<string, Recorded>();
try {
  for (const one of JSON.parse(readFileSync(file, 'utf8')) as Recorded[]) known.set(nameOf(one), one);
} catch {
  console.log('Nothing was recorded before.');
}

const lab = new Lab();
try {
  if (!lab.possible)
    throw new Error('The laboratory needs root, network namespaces, nftables, coturn, chromium.');
  await lab.startServers();
  const [a, b] = await Promise.all([lab.launchBrowser('a'), lab.launchBrowser('b')]);
  for (const topology of TOPOLOGIES) {
    const name = nameOf(topology);
    if (wanted.length === 0 ? known.has(name) : !wanted.some((one) => name.includes(one))) continue;
    lab.setRouter('a', topology.a);
    lab.setRouter('b', topology.b);
    const seen = seenIn(await meet(a, b, SERVERS[topology.servers]));
    known.set(name, { ...topology, seen });
    const all = TOPOLOGIES.flatMap((one) => known.get(nameOf(one)) ?? []);
    writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`);
    console.log(name, JSON.stringify(seen));
  }
  await Promise.all([a, b].map((one) => one.close()));
} finally {
  await lab.close();
}
