/** Two machines (namespaces) on one cable: who is answered by a server for one machine, and by one for all. */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { Namespace } from '../support/namespace.ts';

const [here, there] = [new Namespace('here'), new Namespace('there')];
const address = '10.98.0.1';
const possible =
  here.shell(
    'ip link set lo up',
    `ip link add cable type veth peer name cable netns ${there.name}`,
    `ip addr add ${address}/24 dev cable`,
    'ip link set cable up',
  ) && there.shell('ip link set lo up', 'ip addr add 10.98.0.2/24 dev cable', 'ip link set cable up');
if (!possible) console.warn('SKIPPED: other machines are not tried (needs root and network namespaces)');
afterAll(() => [here, there].forEach((each) => each.remove()));

const run = [process.execPath, '--import', 'tsx'] as const;
const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** What `serve` with these arguments answers to a Binding request over UDP and TCP, by machine. */
async function answers(...args: string[]): Promise<Record<string, unknown>> {
  const serve = script('../../src/cli/main.ts');
  const server = here.start(...run, serve, 'serve', '--port', '0', '--stun-port', '4444', ...args);
  try {
    await once(server.stdout!, 'data');
    const ask = (from: Namespace) => {
      const { stdout, stderr } = from.run(...run, script('support/ask-binding.ts'), address, '4444');
      expect(stderr).toBe('');
      return JSON.parse(stdout) as unknown;
    };
    return { here: ask(here), there: ask(there) };
  } finally {
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
}

describe.runIf(possible)('a Binding request', () => {
  test('is answered to this machine only, with --stun-host', async () => {
    const found = await answers('--stun-host', address);
    expect(found).toEqual({ here: { udp: true, tcp: true }, there: { udp: false, tcp: false } });
  });

  test('is answered to all, with --host', async () => {
    const found = await answers('--host', address);
    expect(found).toEqual({ here: { udp: true, tcp: true }, there: { udp: true, tcp: true } });
  });
});
