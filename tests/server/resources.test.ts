/** What a client holds of the server: descriptors, slots, allocations. It is given back on every path. */
import { describe, expect, test } from 'vitest';
import { attr } from '../../src/core/stun/attribute.ts';
import { evenPort, requestedTransport, reservationToken } from '../../src/core/stun/attributes/allocation.ts';
import { encodeMessage, get } from '../../src/core/stun/message.ts';
import { methods } from '../../src/core/stun/methods.ts';
import { frameForStream } from '../../src/core/stun/stream.ts';
import { RawSocket } from './rooms/raw.ts';
import { canCountDescriptors, openSockets } from './support/descriptors.ts';
import { serverForEachTest } from './support/server-for-each-test.ts';
import { codeOf, TurnClient, until } from './support/turn-client.ts';

const turn = serverForEachTest();
const udp17 = attr(requestedTransport, 17);
const withNext = attr(evenPort, { reserveNext: true });

describe.runIf(canCountDescriptors)('refused Allocates leave no descriptor', () => {
  test('300 with EVEN-PORT when no further port can be reserved', async () => {
    await turn.start({ limits: { reservations: 3 } });
    for (let held = 0; held < 3; held++) await (await turn.client()).allocate(withNext);
    const client = await turn.client();
    await client.challenge();
    const before = openSockets();
    const codes = new Set<number>();
    for (let i = 0; i < 300; i++)
      codes.add(codeOf(await client.request(methods.allocate.number, [udp17, withNext])));
    expect([...codes]).toEqual([508]);
    expect(openSockets()).toBe(before);
    expect(turn.server.allocations).toBe(3);
    // the refused ones cost no quota, either
    expect((await client.allocate()).port).toBeGreaterThan(0);
  });

  test('those of clients, and of accounts, that are gone before the answer', async () => {
    const before = openSockets();
    for (let i = 0; i < 40; i++) {
      const account = turn.server.createAccount();
      const client = await TurnClient.tcp(turn.server.port, account);
      await client.challenge();
      client.send(client.signed(methods.allocate.number, [udp17, withNext]));
      if (i % 2 === 0) client.close();
      turn.server.removeAccount(account.username);
      client.close();
    }
    await until(() => openSockets() === before && turn.server.allocations === 0);
  });

  test('a reserved port is closed with the server', async () => {
    const before = openSockets();
    const client = await turn.client();
    await client.allocate(withNext);
    await turn.start();
    await until(() => openSockets() === before + 1);
  });
});

describe('an account that is removed', () => {
  test('takes its allocations along, and nobody else’s', async () => {
    const account = turn.server.createAccount();
    const [own, other] = [await TurnClient.tcp(turn.server.port, account), await turn.client()];
    turn.closeAfter(own);
    await own.allocate();
    await other.allocate();
    turn.server.removeAccount(account.username);
    expect(turn.server.allocations).toBe(1);
    expect(codeOf(await other.request(methods.refresh.number))).toBe(200);
  });

  test('and the port that was held back for it', async () => {
    const account = turn.server.createAccount();
    const client = await TurnClient.udp(turn.server.port, account);
    turn.closeAfter(client);
    const answer = await client.request(methods.allocate.number, [udp17, withNext]);
    turn.server.removeAccount(account.username);
    turn.server.addAccount(account);
    const again = await TurnClient.udp(turn.server.port, account);
    turn.closeAfter(again);
    const token = attr(reservationToken, get(answer, reservationToken)!);
    expect(codeOf(await again.request(methods.allocate.number, [udp17, token]))).toBe(508);
  });
});

describe('caps', () => {
  test('of one account: 486, and the next account still gets its own', async () => {
    await turn.start({ limits: { allocationsPerUser: 4, allocations: 10 } });
    for (let i = 0; i < 4; i++) await (await turn.client()).allocate();
    await expect((await turn.client()).allocate()).rejects.toThrow('486');
    const other = await TurnClient.udp(turn.server.port, turn.server.createAccount());
    turn.closeAfter(other);
    expect((await other.allocate()).port).toBeGreaterThan(0);
  });

  test('of one address, whatever accounts it uses: 486, and another address still gets its own', async () => {
    await turn.start({ limits: { allocationsPerAddress: 3 } });
    const clientOf = async (address: string) => {
      const login = turn.server.createAccount();
      const client = await TurnClient.udp(turn.server.port, login, '127.0.0.1', address);
      turn.closeAfter(client);
      return client;
    };
    for (let i = 0; i < 3; i++) await (await clientOf('127.0.0.1')).allocate();
    await expect((await clientOf('127.0.0.1')).allocate()).rejects.toThrow('486');
    expect((await (await clientOf('127.0.0.7')).allocate()).port).toBeGreaterThan(0);
  });

  test('of TCP connections of one address', async () => {
    await turn.start({ limits: { tcpConnectionsPerAddress: 2 } });
    for (let i = 0; i < 2; i++) expect(codeOf(await (await turn.client('tcp')).plain(1))).toBe(200);
    const third = await RawSocket.open(turn.server.port);
    await third.closed();
    expect(turn.server.counters.dropped['connection limit']).toBe(1);
  });

  test('with the usual limits nobody can take all', async () => {
    const { defaultLimits: limits } = await import('../../src/server/turn/limits.ts');
    expect(limits.allocationsPerUser).toBeLessThanOrEqual(limits.allocations / 4);
    expect(limits.allocationsPerAddress).toBeLessThanOrEqual(limits.allocations / 2);
    expect(limits.tcpConnectionsPerAddress).toBeLessThanOrEqual(limits.tcpConnections / 2);
  });
});

describe('a TCP connection that comes to nothing is closed, however busy it is', () => {
  const binding = encodeMessage({
    class: 'request',
    method: methods.binding.number,
    transactionId: new Uint8Array(12),
    attributes: [],
  });

  /** Writes something again and again until the server closes the connection. */
  async function busy(next: (i: number) => Uint8Array): Promise<void> {
    const socket = await RawSocket.open(turn.server.port);
    let count = 0;
    await socket.until(() => {
      if (!socket.isClosed) socket.write(Buffer.from(next(count++)));
      return socket.isClosed;
    }, 'the end');
  }

  const endless = [0, 1, 0x40, 0, 0x21, 0x12, 0xa4, 0x42];

  test.each<[string, (i: number) => Uint8Array]>([
    ['one byte of a message at a time', (i) => Uint8Array.of(endless[i] ?? 0)],
    ['whole messages, but no allocation', () => frameForStream(binding)],
  ])('%s', async (_what, next) => {
    await turn.start({ limits: { tcpIdle: 0.2 } });
    await busy(next);
  });

  test('an allocation, then a message that does not end', async () => {
    await turn.start({ limits: { tcpIdle: 1 } });
    const client = await turn.client('tcp');
    await client.allocate();
    client.send(Uint8Array.from([...endless, 0, 0, 0, 0]));
    await until(() => turn.server.allocations === 0, 8000);
  });
});
