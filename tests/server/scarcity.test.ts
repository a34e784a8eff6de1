/** Too much is asked, or too little is there: ports, permissions, allocations, addresses, rights. */
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { attr } from '../../src/core/stun/attribute.ts';
import { requestedTransport } from '../../src/core/stun/attributes/allocation.ts';
import { xorPeerAddress } from '../../src/core/stun/attributes/relaying.ts';
import { methods } from '../../src/core/stun/methods.ts';
import { startServer } from '../../src/server/main.ts';
import { startStunTurn } from '../../src/server/stun-turn.ts';
import { Namespace } from '../support/namespace.ts';
import type { Scarce } from './support/scarce.ts';
import { codeOf, TurnClient } from './support/turn-client.ts';

test('B65 10,000 permissions: as many as there may be, 508 for the rest, and the server goes on', async () => {
  const server = await startStunTurn({ port: 0 });
  const client = await TurnClient.udp(server.port, server);
  await client.allocate();
  const codes: number[] = [];
  for (let request = 0; request < 500; request++) {
    const peers = Array.from({ length: 20 }, (_, i) => {
      const n = request * 20 + i;
      return attr(xorPeerAddress, { address: `127.1.${n >> 8}.${n & 255}`, port: 9 });
    });
    codes.push(codeOf(await client.request(methods.createPermission.number, peers)));
  }
  expect(codes).toEqual([...Array<number>(25).fill(200), ...Array<number>(475).fill(508)]);
  // one that is there already may be prolonged
  expect(await client.permit({ address: '127.1.0.0', port: 9 })).toBe(200);
  client.close();
  await server.close();
});

test('B65 a flood of allocations at once: the quota of a user and the total hold exactly', async () => {
  const server = await startStunTurn({ port: 0, limits: { allocationsPerUser: 30, allocations: 50 } });
  // All stay open: the port of one that is closed may be given to another, which then has an allocation already.
  const open: TurnClient[] = [];
  const flood = async (login: { username: string; credential: string }) => {
    const clients = await Promise.all(Array.from({ length: 100 }, () => TurnClient.udp(server.port, login)));
    open.push(...clients);
    const answers = await Promise.all(
      clients.map((client) => client.request(methods.allocate.number, [attr(requestedTransport, 17)])),
    );
    return count(answers.map(codeOf));
  };
  expect(await flood(server)).toEqual({ 200: 30, 486: 70 });
  expect(await flood(server.createAccount())).toEqual({ 200: 20, 508: 80 });
  expect(server.allocations).toBe(50);
  for (const client of open) client.close();
  await server.close();
});

function count(codes: readonly number[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

describe('B67 addresses that can not be had', () => {
  test('one line says which and why', async () => {
    await expect(startStunTurn({ host: '192.0.2.77', port: 3478 })).rejects.toThrow(
      'Port 3478 on 192.0.2.77 can not be used: this machine does not have that address.',
    );
    await expect(startStunTurn({ host: 'nowhere.invalid', port: 3478 })).rejects.toThrow(
      'No address is known for the name nowhere.invalid.',
    );
  });

  test('the app runs without STUN/TURN, and says so', async () => {
    const server = await startServer({ port: 0, stunHost: '192.0.2.77' });
    expect(server.stunPort).toBeUndefined();
    expect(server.notices.at(-1)).toMatch(
      /^Port 0 on 192\.0\.2\.77 can not be used: .* The app runs without STUN\/TURN\.$/,
    );
    const config = await fetch(`${server.url}config.json`, {
      headers: { origin: new URL(server.url).origin },
    });
    expect(await config.json()).toEqual({ iceServers: [], rooms: true, xray: false });
    await server.close();
  });
});

const machine = new Namespace('scarce');
const possible = machine.shell(
  'sysctl -qw net.ipv6.conf.all.disable_ipv6=1',
  'ip link set lo up',
  'sysctl -qw net.ipv4.ip_local_port_range="40000 40009"',
  'sysctl -qw net.ipv4.ip_unprivileged_port_start=1024',
);
if (!possible) console.warn('SKIPPED: scarce ports are not tried (needs root and network namespaces)');
afterAll(() => machine.remove());

describe.runIf(possible)('B67 on a machine with ten ports, without IPv6, as nobody', () => {
  test('says what is missing; 508 when the ports are used up, until one is given back', () => {
    const script = fileURLToPath(new URL('support/scarce.ts', import.meta.url));
    const { stdout, stderr } = machine.run(process.execPath, '--import', 'tsx', script);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      addresses: ['127.0.0.1'],
      notices: [
        'Port 3478 on ::1 can not be used: this machine does not have that address. STUN/TURN goes without that address.',
      ],
      privileged: 'Port 81 on 127.0.0.1 needs more rights than this user has.',
      codes: [...Array<number>(6).fill(200), 508, 508],
      afterOneEnded: 200,
    } satisfies Scarce);
  });
});
