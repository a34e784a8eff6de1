/** The TURN server seen from a client: what goes through, permissions and channels. */
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { attr } from '../../src/core/stun/attribute.ts';
import { xorMappedAddress } from '../../src/core/stun/attributes/addresses.ts';
import {
  dontFragment,
  requestedAddressFamily,
  requestedTransport,
} from '../../src/core/stun/attributes/allocation.ts';
import { unknownAttributes } from '../../src/core/stun/attributes/message.ts';
import { channelNumber, data, xorPeerAddress } from '../../src/core/stun/attributes/relaying.ts';
import { decodeChannelData, encodeChannelData } from '../../src/core/stun/channel-data.ts';
import { decodeMessage, encodeMessage, get } from '../../src/core/stun/message.ts';
import { methods } from '../../src/core/stun/methods.ts';
import type { ObservedPacket } from '../../src/server/turn/packet-tap.ts';
import { ask, serverForEachTest } from './support/server-for-each-test.ts';
import { codeOf, TurnClient, until } from './support/turn-client.ts';

const { allocate, channelBind, createPermission, refresh, send } = methods;
const udp17 = attr(requestedTransport, 17);
const turn = serverForEachTest();
const { start, client, echo } = turn;

describe('Binding', () => {
  test.each(['127.0.0.1', '::1'])('tells where the packet came from, %s', async (host) => {
    for (const transport of ['udp', 'tcp'] as const) {
      const answer = await (await client(transport, host)).plain(methods.binding.number);
      expect(get(answer, xorMappedAddress)?.address).toBe(host);
    }
  });
});

describe.each(['udp', 'tcp'] as const)('over %s', (transport) => {
  test.each([
    ['127.0.0.1', 1],
    ['::1', 2],
  ])('data goes through by indication and by channel, %s', async (host, family) => {
    const peer = await echo(host);
    const alice = await client(transport, host);
    const relayed = await alice.allocate(attr(requestedAddressFamily, family));
    expect(relayed.address).toBe(host);
    expect(await alice.permit(peer.address)).toBe(200);
    const payload = randomBytes(7);
    const attributes = [attr(xorPeerAddress, peer.address), attr(data, payload)];
    alice.send(
      encodeMessage({ class: 'indication', method: send.number, transactionId: randomBytes(12), attributes }),
    );
    await until(() => alice.other.length === 1);
    const back = decodeMessage(alice.other[0]!);
    expect(back.ok && get(back.value, data)).toEqual(payload);
    expect(back.ok && get(back.value, xorPeerAddress)).toEqual(peer.address);

    const bound = await ask(
      alice,
      channelBind,
      attr(channelNumber, 0x4001),
      attr(xorPeerAddress, peer.address),
    );
    expect(bound).toBe(200);
    alice.send(encodeChannelData({ channel: 0x4001, data: payload }));
    await until(() => alice.other.length === 2);
    expect(decodeChannelData(alice.other[1]!)).toEqual({
      ok: true,
      value: { channel: 0x4001, data: payload },
    });
  });

  test('a peer without permission is not heard', async () => {
    const peer = await echo();
    const alice = await client(transport);
    const relayed = await alice.allocate();
    peer.socket.send('hello', relayed.port, relayed.address);
    await until(() => turn.server.counters.dropped['no permission'] === 1);
    expect(alice.other).toEqual([]);
  });
});

describe('CreatePermission and ChannelBind', () => {
  const peer = (port: number, address = '127.0.0.1') => attr(xorPeerAddress, { address, port });

  test('437 without an allocation, 400 without a peer, 443 for the other family', async () => {
    const alice = await client();
    expect(await ask(alice, createPermission, peer(5000))).toBe(437);
    expect(await ask(alice, channelBind, attr(channelNumber, 0x4000), peer(5000))).toBe(437);
    await alice.allocate();
    expect(await ask(alice, createPermission)).toBe(400);
    expect(await ask(alice, createPermission, peer(5000, '::1'))).toBe(443);
    expect(await ask(alice, channelBind, peer(5000))).toBe(400);
    expect(await ask(alice, channelBind, attr(channelNumber, 0x4000))).toBe(400);
  });

  test.each([0, 0x3fff, 0x5000, 0x7fff, 0xffff])('B65 400 for channel number %i', async (number) => {
    const alice = await client();
    await alice.allocate();
    expect(await ask(alice, channelBind, attr(channelNumber, number), peer(5000))).toBe(400);
  });

  test('B65 a channel stays with its peer, and a peer with its channel', async () => {
    const alice = await client();
    await alice.allocate();
    const bind = (number: number, port: number) =>
      ask(alice, channelBind, attr(channelNumber, number), peer(port));
    expect(await bind(0x4000, 5000)).toBe(200);
    expect(await bind(0x4000, 5000)).toBe(200);
    expect(await bind(0x4000, 5001)).toBe(400);
    expect(await bind(0x4001, 5000)).toBe(400);
    expect(await bind(0x4001, 5001)).toBe(200);
    turn.clock += 601_000;
    expect(await alice.request(allocate.number, [udp17]).then(codeOf)).toBe(200);
    expect(await bind(0x4000, 5001)).toBe(200);
  });

  test('permissions end after five minutes', async () => {
    const listener = await echo();
    const alice = await client();
    const relayed = await alice.allocate();
    await alice.permit(listener.address);
    turn.clock += 299_000;
    listener.socket.send('in time', relayed.port, relayed.address);
    await until(() => alice.other.length === 1);
    turn.clock += 2_000;
    listener.socket.send('too late', relayed.port, relayed.address);
    await until(() => turn.server.counters.dropped['no permission'] === 1);
  });

  test('B65 508 when the permissions or channels of an allocation are used up', async () => {
    await start({ limits: { permissionsPerAllocation: 3, channelsPerAllocation: 2 } });
    const alice = await client();
    await alice.allocate();
    const many = (count: number) => Array.from({ length: count }, (_, i) => peer(1, `127.0.1.${i}`));
    expect(await ask(alice, createPermission, ...many(4))).toBe(508);
    expect(await ask(alice, createPermission, ...many(3))).toBe(200);
    expect(await ask(alice, createPermission, peer(1, '127.0.2.1'))).toBe(508);
    const bind = (number: number) =>
      ask(alice, channelBind, attr(channelNumber, number), peer(number, '127.0.1.0'));
    expect(await bind(0x4000)).toBe(200);
    expect(await bind(0x4001)).toBe(200);
    expect(await bind(0x4002)).toBe(508);
  });
});

test('a TCP client may have the port number of a relay: they are two protocols', async () => {
  const relayed = await (await client()).allocate();
  const other = await TurnClient.tcp(turn.server.port, turn.server, '127.0.0.1', relayed.port);
  turn.closeAfter(other);
  expect(codeOf(await other.plain(methods.binding.number))).toBe(200);
});

test('every packet can be watched, on both legs', async () => {
  const seen: ObservedPacket[] = [];
  const stop = turn.server.onPacket((packet) => seen.push(packet));
  const peer = await echo();
  const alice = await client();
  const relayed = await alice.allocate();
  await ask(alice, channelBind, attr(channelNumber, 0x4000), attr(xorPeerAddress, peer.address));
  alice.send(encodeChannelData({ channel: 0x4000, data: new Uint8Array(4) }));
  await until(() => alice.other.length === 1);
  expect(seen.map(({ leg, direction }) => `${leg} ${direction}`)).toEqual([
    ...Array(3).fill(['client received', 'client sent']).flat(),
    'client received',
    'peer sent',
    'peer received',
    'client sent',
  ]);
  expect(seen.at(-2)).toMatchObject({ local: relayed, remote: peer.address, username: turn.server.username });
  expect(new Set(seen.map((packet) => packet.client)).size).toBe(1);
  expect(seen.every((packet, i) => i === 0 || packet.at >= seen[i - 1]!.at)).toBe(true);
  stop();
  await ask(alice, refresh);
  expect(seen.length).toBe(10);
});

test('B62 unknown attributes that must be understood are named', async () => {
  const unknown = { ...dontFragment, type: 0x7ffe };
  const answer = await (await client()).plain(methods.binding.number, [attr(unknown, true)]);
  expect([codeOf(answer), get(answer, unknownAttributes)]).toEqual([420, [0x7ffe]]);
});
