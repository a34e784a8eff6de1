/**
 * Firefox with its default settings, relay only. It refuses STUN and TURN on loopback, but takes a server that listens
 * and relays on another address of the machine. Runs in a network namespace; needs root. The default route is for
 * Firefox, which finds its own address by it.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { Namespace } from '../support/namespace.ts';

const executablePath = '/usr/bin/firefox-esr';
const address = '10.99.0.1';
const machine = new Namespace('firefox');
const possible =
  existsSync(executablePath) &&
  machine.shell(
    'ip link set lo up',
    'ip link add fx0 type veth peer name fx1',
    `ip addr add ${address}/24 dev fx0`,
    'ip link set fx0 up',
    'ip link set fx1 up',
    'ip route add default via 10.99.0.2 dev fx0',
  );
if (!possible)
  console.warn('SKIPPED: relaying is not tried with Firefox (needs root, network namespaces, firefox-esr)');
afterAll(() => machine.remove());

describe.runIf(possible)('Firefox, relay only', () => {
  test('over UDP and TCP, through a server on another address of this machine', () => {
    const script = fileURLToPath(new URL('support/firefox-relay.ts', import.meta.url));
    const { stdout, stderr } = machine.run(
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
