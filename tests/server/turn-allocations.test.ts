/** The TURN server seen from a client: who gets an allocation, and every error code on the way to it. */
import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { attr } from '../../src/core/stun/attribute.ts';
import {
  additionalAddressFamily,
  addressErrorCode,
  dontFragment,
  evenPort,
  lifetime,
  requestedAddressFamily,
  requestedTransport,
  reservationToken,
  xorRelayedAddress,
} from '../../src/core/stun/attributes/allocation.ts';
import { nonce, realm, username } from '../../src/core/stun/attributes/credentials.ts';
import { checkIntegrity, longTermKey } from '../../src/core/stun/integrity.ts';
import { encodeMessage, get } from '../../src/core/stun/message.ts';
import { methods } from '../../src/core/stun/methods.ts';
import { ask, serverForEachTest } from './support/server-for-each-test.ts';
import { codeOf, TurnClient, until } from './support/turn-client.ts';

const { allocate, refresh } = methods;
const udp17 = attr(requestedTransport, 17);
const turn = serverForEachTest();
const { start, client } = turn;

describe('authentication', () => {
  test('B63 401 with realm and nonce, then success that is signed', async () => {
    const alice = await client();
    expect(codeOf(await alice.challenge())).toBe(401);
    const answer = await alice.request(allocate.number, [udp17]);
    const key = longTermKey(turn.server.username, alice.realm, turn.server.credential);
    expect(checkIntegrity(answer, { algorithm: 'sha1', key })).toBe('good');
    expect(get(answer, lifetime)).toBe(600);
  });

  test('B62, B63 401 for a wrong password, a wrong realm and a stranger; 400 when a part is missing', async () => {
    const alice = await client();
    await alice.challenge();
    const code = async (options: Parameters<TurnClient['signed']>[2]) =>
      codeOf(await alice.ask(alice.signed(allocate.number, [udp17], options)));
    expect(await code({ credential: 'wrong' })).toBe(401);
    expect(await code({ realm: 'elsewhere' })).toBe(401);
    expect(await code({ username: 'nobody' })).toBe(401);
    const integrity = [{ algorithm: 'sha1', key: new Uint8Array(16) }] as const;
    const unnamed = encodeMessage({
      class: 'request',
      method: allocate.number,
      transactionId: randomBytes(12),
      attributes: [udp17],
      integrity,
    });
    expect(codeOf(await alice.ask(unnamed))).toBe(400);
  });

  test('B63 438 for a nonce that is old, made up, or of another port, address or transport', async () => {
    const alice = await client();
    await alice.challenge();
    const elsewhere = await TurnClient.udp(turn.server.port, turn.server, '127.0.0.1', '127.0.0.3');
    turn.closeAfter(elsewhere);
    for (const bob of [await client(), elsewhere, await client('tcp')]) {
      bob.nonce = alice.nonce;
      bob.realm = alice.realm;
      expect(await ask(bob, refresh)).toBe(438);
    }
    turn.clock += 3601_000;
    const stale = await alice.request(allocate.number, [udp17]);
    expect(codeOf(stale)).toBe(438);
    alice.nonce = get(stale, nonce) ?? '';
    expect(await ask(alice, allocate, udp17)).toBe(200);
    alice.nonce = 'AAAAAAAAAAAAAAAA';
    expect(await ask(alice, refresh)).toBe(438);
  });

  test('441 for another user on the same 5-tuple', async () => {
    const alice = await client();
    await alice.allocate();
    const other = turn.server.createAccount();
    const bytes = alice.signed(refresh.number, [], { ...other });
    expect(codeOf(await alice.ask(bytes))).toBe(441);
    turn.server.removeAccount(other.username);
    expect(codeOf(await alice.ask(alice.signed(refresh.number, [], { ...other })))).toBe(401);
  });
});

describe('Allocate', () => {
  test('437 for a second one; the same answer for a retransmission', async () => {
    const alice = await client();
    await alice.challenge();
    const bytes = alice.signed(allocate.number, [udp17]);
    const first = await alice.ask(bytes);
    const again = await alice.ask(bytes);
    expect(get(again, xorRelayedAddress)).toEqual(get(first, xorRelayedAddress));
    expect(await ask(alice, allocate, udp17)).toBe(437);
    expect(turn.server.allocations).toBe(1);
  });

  test.each([
    ['400 without a transport', 400, []],
    ['442 for TCP towards the peer', 442, [attr(requestedTransport, 6)]],
    ['440 for a family that does not exist', 440, [udp17, attr(requestedAddressFamily, 3)]],
    [
      '400 for two wishes of a family',
      400,
      [udp17, attr(requestedAddressFamily, 1), attr(additionalAddressFamily, 2)],
    ],
    [
      '400 for a token with an even port',
      400,
      [udp17, attr(reservationToken, '0011223344556677'), attr(evenPort, { reserveNext: false })],
    ],
    ['508 for an unknown token', 508, [udp17, attr(reservationToken, '0011223344556677')]],
    ['420 for DONT-FRAGMENT, which Node can not do', 420, [udp17, attr(dontFragment, true)]],
  ] as const)('%s', async (_name, code, attributes) => {
    expect(await ask(await client(), allocate, ...attributes)).toBe(code);
  });

  test('440 where the server has no such address', async () => {
    await start({ host: '::1' });
    const alice = await client('udp', '::1');
    expect(await ask(alice, allocate, udp17)).toBe(440);
    expect(await ask(alice, allocate, udp17, attr(requestedAddressFamily, 2))).toBe(200);
  });

  test('a second family is refused inside a success', async () => {
    const answer = await (await client()).request(allocate.number, [udp17, attr(additionalAddressFamily, 2)]);
    expect(get(answer, addressErrorCode)).toMatchObject({ family: 2, code: 440 });
  });

  test('an even port, and its neighbour by token', async () => {
    const [alice, bob] = [await client(), await client()];
    const answer = await alice.request(allocate.number, [udp17, attr(evenPort, { reserveNext: true })]);
    const relayed = get(answer, xorRelayedAddress)!;
    expect(relayed.port % 2).toBe(0);
    const next = await bob.allocate(attr(reservationToken, get(answer, reservationToken)!));
    expect(next.port).toBe(relayed.port + 1);
  });

  test('B65 the lifetime is never below 600 nor above 3600 seconds', async () => {
    for (const [wished, granted] of [
      [1, 600],
      [1200, 1200],
      [0xffffffff, 3600],
    ] as const) {
      const answer = await (await client()).request(allocate.number, [udp17, attr(lifetime, wished)]);
      expect(get(answer, lifetime)).toBe(granted);
    }
  });

  test('B65 486 for the quota of a user, 508 for the total', async () => {
    await start({ limits: { allocationsPerUser: 2, allocations: 3 } });
    const [a, b, c] = [await client(), await client(), await client()];
    await a.allocate();
    await b.allocate();
    expect(await ask(c, allocate, udp17)).toBe(486);
    expect(await ask(a, refresh, attr(lifetime, 0))).toBe(200);
    expect(await ask(c, allocate, udp17)).toBe(200);
    await start({ limits: { allocations: 1 } });
    await (await client()).allocate();
    expect(await ask(await client(), allocate, udp17)).toBe(508);
  });
});

describe('Refresh', () => {
  test('B65 extends, ends, and does not know what is gone', async () => {
    const alice = await client();
    expect(await ask(alice, refresh)).toBe(437);
    await alice.allocate();
    expect(get(await alice.request(refresh.number, [attr(lifetime, 0xffffffff)]), lifetime)).toBe(3600);
    expect(await ask(alice, refresh, attr(requestedAddressFamily, 2))).toBe(443);
    expect(await ask(alice, refresh, attr(lifetime, 0))).toBe(200);
    expect(await ask(alice, refresh, attr(lifetime, 0))).toBe(437);
    expect(turn.server.allocations).toBe(0);
  });

  test('what has expired makes room at once', async () => {
    await start({ limits: { allocationsPerUser: 1 } });
    const alice = await client();
    const first = await alice.allocate();
    turn.clock += 601_000;
    expect((await alice.allocate()).port).not.toBe(first.port);
    expect(turn.server.allocations).toBe(1);
  });

  test('a client that goes while its port is opened leaves nothing behind', async () => {
    const alice = await client('tcp');
    await alice.challenge();
    alice.send(alice.signed(allocate.number, [udp17]));
    alice.close();
    await new Promise((done) => setTimeout(done, 200));
    expect(turn.server.allocations).toBe(0);
  });

  test('an allocation ends with its lifetime, and with its TCP connection', async () => {
    const alice = await client();
    await alice.allocate();
    turn.clock += 601_000;
    expect(await ask(alice, refresh)).toBe(437);
    await until(() => turn.server.allocations === 0);
    const bob = await client('tcp');
    await bob.allocate();
    bob.close();
    await until(() => turn.server.allocations === 0);
  });
});

test.each([
  [32, 200],
  [28, 401],
  [20, 401],
  [16, 401],
  [4, 401],
])('B62 MESSAGE-INTEGRITY-SHA256 of %i bytes: %i (RFC 8489 section 14.6)', async (length, code) => {
  const alice = await client();
  await alice.challenge();
  const whole = encodeMessage({
    class: 'request',
    method: allocate.number,
    transactionId: new Uint8Array(12).fill(length),
    attributes: [
      udp17,
      attr(username, turn.server.username),
      attr(realm, alice.realm),
      attr(nonce, alice.nonce),
    ],
  });
  const key = longTermKey(turn.server.username, alice.realm, turn.server.credential);
  const covered = Buffer.from(whole);
  covered.writeUInt16BE(whole.length - 20 + 4 + length, 2);
  const digest = createHmac('sha256', key).update(covered).digest().subarray(0, length);
  expect(codeOf(await alice.ask(Buffer.concat([covered, Uint8Array.of(0, 0x1c, 0, length), digest])))).toBe(
    code,
  );
});
