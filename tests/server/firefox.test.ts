/**
 * Firefox with its default settings, relay only. It refuses STUN and TURN on loopback, but takes a server that listens
 * and relays on another address of the machine. Runs in a network namespace of its own, so that nothing ever listens on
 * an outside interface; needs root. The default route is for Firefox, which finds its own address by it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

const executablePath = '/usr/bin/firefox-esr';
const namespace = `icescope-fx-${process.pid}`;
const address = '10.99.0.1';
const setUp = [
  'ip link set lo up',
  'ip link add fx0 type veth peer name fx1',
  `ip addr add ${address}/24 dev fx0`,
  'ip link set fx0 up',
  'ip link set fx1 up',
  'ip route add default via 10.99.0.2 dev fx0',
].join(' && ');

const inNamespace = (...command: string[]) =>
  spawnSync('ip', ['netns', 'exec', namespace, ...command], { encoding: 'utf8', timeout: 90_000 });

function canRun(): boolean {
  if (process.env['CI'] !== undefined || !existsSync(executablePath)) return false;
  if (spawnSync('ip', ['netns', 'add', namespace]).status !== 0) return false;
  return inNamespace('sh', '-c', setUp).status === 0;
}

const possible = canRun();
if (!possible)
  console.warn('SKIPPED: relaying is not tried with Firefox (needs root, network namespaces, firefox-esr)');
afterAll(() => void spawnSync('ip', ['netns', 'del', namespace]));

describe.runIf(possible)('Firefox, relay only', () => {
  test('over UDP and TCP, through a server on another address of this machine', () => {
    const script = fileURLToPath(new URL('support/firefox-relay.ts', import.meta.url));
    const { stdout, stderr } = inNamespace(
      process.execPath,
      '--import',
      'tsx',
      script,
      address,
      executablePath,
    );
    expect(stdout, stderr).not.toBe('');
    const connected = { state: 'connected', types: ['relay', 'relay'], received: 20_000 };
    expect(JSON.parse(stdout)).toEqual({ udp: connected, tcp: connected });
  }, 120_000);
});
