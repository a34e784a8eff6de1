/**
 * Makes the recordings that the product ships: two real Chromium behind two routers.
 *
 *     npx vite build && npx tsx tests/natlab/record.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Lab } from './lab.ts';
import { STUN_AND_TURN, STUN_ONLY, meet } from './meeting.ts';

const RECORDINGS = [
  { id: 'direct', a: 'port-restricted', b: 'port-restricted', servers: STUN_AND_TURN },
  { id: 'through-turn', a: 'symmetric', b: 'symmetric', servers: STUN_AND_TURN },
  { id: 'no-way', a: 'symmetric', b: 'symmetric', servers: STUN_ONLY },
] as const;

const folder = fileURLToPath(new URL('../../src/public/recordings/', import.meta.url));
mkdirSync(folder, { recursive: true });
const lab = new Lab();
try {
  if (!lab.possible)
    throw new Error('The laboratory needs root, network namespaces, nftables, coturn, chromium.');
  await lab.startServers();
  const [a, b] = await Promise.all([lab.launchBrowser('a'), lab.launchBrowser('b')]);
  for (const recording of RECORDINGS) {
    lab.setRouter('a', recording.a);
    lab.setRouter('b', recording.b);
    const text = await meet(a, b, recording.servers);
    writeFileSync(`${folder}${recording.id}.txt`, text);
    console.log(`${recording.id}: ${text.length} characters`);
  }
  await Promise.all([a, b].map((browser) => browser.close()));
} finally {
  await lab.close();
}
