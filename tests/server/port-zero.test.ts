/** Port 0, wherever a packet can name it or come from it, and peers of the other family: nothing leaves, nothing ends. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { TransportAddress } from '../../src/core/base/address.ts';
import { attr } from '../../src/core/stun/attribute.ts';
import { channelNumber, data, xorPeerAddress } from '../../src/core/stun/attributes/relaying.ts';
import { encodeChannelData } from '../../src/core/stun/channel-data.ts';
import { toHex } from '../../src/core/base/bytes.ts';
import { encodeMessage } from '../../src/core/stun/message.ts';
import { methods } from '../../src/core/stun/methods.ts';
import { ask, serverForEachTest } from './support/server-for-each-test.ts';
import { codeOf, type TurnClient, until } from './support/turn-client.ts';

const turn = serverForEachTest();
const dropped = (reason: keyof typeof turn.server.counters.dropped) =>
  turn.server.counters.dropped[reason] ?? 0;

const sendTo = (client: TurnClient, peer: TransportAddress) =>
  client.send(
    encodeMessage({
      class: 'indication',
      method: methods.send.number,
      transactionId: new Uint8Array(12).fill(7),
      attributes: [attr(xorPeerAddress, peer), attr(data, Uint8Array.of(1, 2, 3))],
    }),
  );

/** The server still relays, and has met no mistake of its own. */
async function expectAlive(client: TurnClient): Promise<void> {
  const peer = await turn.echo();
  expect(await client.permit(peer.address)).toBe(200);
  client.other.length = 0;
  sendTo(client, peer.address);
  await until(() => client.other.length > 0);
  expect(dropped('internal error')).toBe(0);
}

describe.each(['udp', 'tcp'] as const)('over %s', (transport) => {
  test.each(['127.0.0.1', '198.51.100.9'])('Send to %s port 0 is dropped and counted', async (address) => {
    const client = await turn.client(transport);
    await client.allocate();
    await client.permit({ address: '127.0.0.1', port: 4000 });
    sendTo(client, { address, port: 0 });
    await until(() => dropped('no port') === 1);
    await expectAlive(client);
  });

  test('ChannelBind to port 0 is refused, and its ChannelData goes nowhere', async () => {
    const client = await turn.client(transport);
    await client.allocate();
    const zero = attr(xorPeerAddress, { address: '127.0.0.1', port: 0 });
    expect(await ask(client, methods.channelBind, attr(channelNumber, 0x4002), zero)).toBe(400);
    client.send(encodeChannelData({ channel: 0x4002, data: Uint8Array.of(9) }));
    await until(() => dropped('no channel') === 1);
    await expectAlive(client);
  });

  test('CreatePermission looks at the address only (RFC 8656 section 10.2)', async () => {
    const client = await turn.client(transport);
    await client.allocate();
    expect(await client.permit({ address: '127.0.0.1', port: 0 })).toBe(200);
    await expectAlive(client);
  });

  test('a peer of the other family: 443, and Send to it is dropped', async () => {
    const client = await turn.client(transport);
    await client.allocate();
    const six = { address: '::1', port: 4000 };
    expect(await client.permit(six)).toBe(443);
    expect(
      await ask(client, methods.channelBind, attr(channelNumber, 0x4000), attr(xorPeerAddress, six)),
    ).toBe(443);
    sendTo(client, six);
    await until(() => dropped('no permission') === 1);
    await expectAlive(client);
  });
});

const hasRawSockets = process.getuid?.() === 0 && spawnSync('python3', ['--version']).status === 0;
if (!hasRawSockets) console.warn('SKIPPED: source port 0 is not tried (needs root and Python)');

test.runIf(hasRawSockets)('a datagram from port 0 is dropped at the listener', async () => {
  const question = encodeMessage({
    class: 'request',
    method: methods.binding.number,
    transactionId: new Uint8Array(12),
    attributes: [],
  });
  const script = fileURLToPath(new URL('support/source-port-zero.py', import.meta.url));
  const { status, stderr } = spawnSync('python3', [script, String(turn.server.port), toHex(question)]);
  expect([status, stderr.toString()]).toEqual([0, '']);
  await until(() => dropped('no port') === 1);
  expect(codeOf(await (await turn.client()).plain(methods.binding.number))).toBe(200);
});
