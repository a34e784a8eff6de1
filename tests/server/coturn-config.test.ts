/**
 * The configuration of coturn that src/server/README.md shows, word for word: it starts without a complaint, relays, takes
 * the credential that the README's recipe makes, and refuses every peer that our own relay refuses.
 */
import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { attr } from '../../src/core/stun/attribute.ts';
import { requestedAddressFamily } from '../../src/core/stun/attributes/allocation.ts';
import { freePort } from '../support/free-port.ts';
import { isOpen } from '../support/wrong-servers.ts';
import { TurnClient } from './support/turn-client.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const readme = read('../../src/server/README.md');
/** Blocks of indented lines, without the indent. */
const blocks = [...readme.matchAll(/\n((?: {4}.*\n)+)/g)].map(([, text]) => text!.replace(/^ {4}/gm, ''));
const configuration = blocks.find((text) => text.includes('use-auth-secret'))!;
const recipe = blocks.find((text) => text.includes('openssl dgst'))!;

interface Running {
  readonly port: number;
  log(): string;
}

/** On loopback, and with what a test needs besides. */
async function startCoturn(text: string, ...more: readonly string[]): Promise<Running> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'icescope-coturn-'));
  const config = join(folder, 'turnserver.conf');
  const here = [
    'listening-ip=127.0.0.1',
    'listening-ip=::1',
    'relay-ip=127.0.0.1',
    'relay-ip=::1',
    'pidfile=',
  ];
  writeFileSync(config, [text.replace('=3478', `=${port}`).trim(), ...here, ...more, ''].join('\n'));
  const coturn = spawn('turnserver', ['-c', config, '--no-tls', '--no-dtls', '--log-file', 'stdout']);
  onTestFinished(() => {
    coturn.kill();
    rmSync(folder, { recursive: true });
  });
  let log = '';
  coturn.stdout.on('data', (data) => (log += data));
  for (let attempt = 0; attempt < 100 && !(await isOpen(port)); attempt++)
    await new Promise((done) => setTimeout(done, 100));
  return { port, log: () => log };
}

/** What the recipe prints, and the name that it is for. */
function makeCredential(): { username: string; credential: string } {
  const out = execFileSync('sh', ['-c', `${recipe}\necho; echo $user`], { encoding: 'utf8' });
  const [credential = '', username = ''] = out.trim().split(/\s+/);
  return { username, credential };
}

const possible = ['turnserver', 'openssl'].every((name) => spawnSync('which', [name]).status === 0);
if (!possible) console.warn('SKIPPED: the configuration of coturn is not tried (needs coturn and openssl)');

describe.runIf(possible)('coturn as the README sets it up', () => {
  test('starts without a complaint about any line, and relays', async () => {
    // Here the peer is this machine, which the configuration rightly denies.
    const open = configuration.replace(/denied-peer-ip=127.*\n/, '');
    const { port, log } = await startCoturn(open, 'allow-loopback-peers');
    const login = ['-p', String(port), '-W', 'CHANGE-ME', '-u', 'icescope'];
    const { stdout } = await promisify(execFile)('turnutils_uclient', [
      ...login,
      ...['-y', '-n', '2', '-m', '1', '127.0.0.1'],
    ]);
    expect(stdout).toMatch(/Total lost packets 0 /);
    expect(log()).not.toMatch(/bad configuration|unknown|ERROR/i);
  });

  test('takes the credential of the recipe, and refuses every peer that our relay refuses', async () => {
    const { port } = await startCoturn(configuration);
    const login = makeCredential();
    const [v4, v6] = [await TurnClient.udp(port, login), await TurnClient.udp(port, login, '::1')];
    await v4.allocate();
    await v6.allocate(attr(requestedAddressFamily, 2));
    const cases = read('../fixtures/turn/peer-bypass-cases.tsv').trim().split('\n').slice(1);
    const ranges = read('../fixtures/turn/denied-peer-ranges.txt').trim().split('\n');
    const expected = [
      ...cases.map((line) => line.split('\t').slice(0, 2)).filter(([peer]) => !peer!.startsWith('(')),
      ...ranges.flatMap((range) => range.split('-').map((peer) => [peer, '403'])),
    ] as [string, string][];
    const found: [string, string][] = [];
    for (const [peer] of expected)
      found.push([peer, String(await (peer.includes(':') ? v6 : v4).permit({ address: peer, port: 9 }))]);
    expect(found).toEqual(expected);
    for (const client of [v4, v6]) client.close();
  });
});
