/**
 * NAT behaviour discovery (RFC 5780) on two addresses of the loopback: which alternate answers, what is refused where there
 * is no second address, and coturn's own client. Behind real NATs: tests/natlab/behaviour.test.ts.
 */
import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TransportAddress } from '../../src/core/base/address.ts';
import { attr, type AttributeValue } from '../../src/core/stun/attribute.ts';
import { mappedAddress, xorMappedAddress } from '../../src/core/stun/attributes/addresses.ts';
import { requestedTransport } from '../../src/core/stun/attributes/allocation.ts';
import { unknownAttributes } from '../../src/core/stun/attributes/message.ts';
import {
  changeRequest,
  otherAddress,
  padding,
  responseOrigin,
  responsePort,
} from '../../src/core/stun/attributes/nat-behaviour.ts';
import { decodeMessage, encodeMessage, get, has, type StunMessage } from '../../src/core/stun/message.ts';
import { methods } from '../../src/core/stun/methods.ts';
import { startStunTurn, type StunTurnServer } from '../../src/server/stun-turn.ts';
import type { ObservedPacket } from '../../src/server/turn/packet-tap.ts';
import { codeOf, TurnClient } from './support/turn-client.ts';

const run = promisify(execFile);
const [here, there] = ['127.0.0.1', '127.0.0.2'];
const binding = methods.binding.number;

let server: StunTurnServer;
let socket: Socket;

beforeAll(async () => {
  server = await startStunTurn({ port: 0, otherHost: there });
  socket = createSocket('udp4');
  await new Promise<void>((done) => socket.bind(0, here, done));
});
afterAll(async () => {
  socket.close();
  await server.close();
});

interface Answer {
  readonly message: StunMessage;
  readonly from: TransportAddress;
}

/** Asks from the one socket, and takes the next datagram that `at` gets, wherever it comes from. */
function ask(to: TransportAddress, attributes: readonly AttributeValue[] = [], at = socket): Promise<Answer> {
  const question = { class: 'request', method: binding, transactionId: randomBytes(12), attributes } as const;
  return new Promise((resolve, reject) => {
    at.once('message', (bytes, { address, port }) => {
      const message = decodeMessage(bytes);
      if (message.ok) resolve({ message: message.value, from: { address, port } });
      else reject(new Error(message.error.message));
    });
    socket.send(encodeMessage(question), to.port, to.address);
  });
}

const alternate = (address: 0 | 1, port: 0 | 1): TransportAddress => ({
  address: server.alternates!.addresses[address],
  port: server.alternates!.ports[port],
});
const flip = (n: 0 | 1, change: boolean): 0 | 1 => (change ? (n === 0 ? 1 : 0) : n);
const bits = [0, 1] as const;

/** RFC 5780 §6.1, table 1, from each of the four alternates. */
const table = bits.flatMap((address) =>
  bits.flatMap((port) =>
    [false, true].flatMap((changeAddress) =>
      [false, true].map((changePort) => ({ address, port, changeAddress, changePort })),
    ),
  ),
);

const titled = table.map((row) => {
  const changes = [row.changeAddress && 'address', row.changePort && 'port'].filter(Boolean).join(' and ');
  return [`A${row.address + 1}:P${row.port + 1}, change of ${changes || 'nothing'}`, row] as const;
});

test.each(titled)('asked at %s', async (_title, { address, port, changeAddress, changePort }) => {
  const change = attr(changeRequest, { address: changeAddress, port: changePort });
  const { message, from } = await ask(alternate(address, port), [change]);
  const expected = alternate(flip(address, changeAddress), flip(port, changePort));
  expect(from).toEqual(expected);
  expect(get(message, responseOrigin)).toEqual(expected);
  expect(get(message, otherAddress)).toEqual(alternate(flip(address, true), flip(port, true)));
});

test('a plain question is told both mapped addresses, the origin and the other address', async () => {
  const { message, from } = await ask(alternate(0, 0));
  const mapped = { address: here, port: socket.address().port };
  expect(from).toEqual(alternate(0, 0));
  expect([get(message, mappedAddress), get(message, xorMappedAddress)]).toEqual([mapped, mapped]);
  expect([get(message, responseOrigin), get(message, otherAddress)]).toEqual([
    alternate(0, 0),
    alternate(1, 1),
  ]);
});

test('RESPONSE-PORT: another port of the asker gets the answer', async () => {
  const other = createSocket('udp4');
  await new Promise<void>((done) => other.bind(0, here, done));
  const { message, from } = await ask(alternate(0, 0), [attr(responsePort, other.address().port)], other);
  expect(from).toEqual(alternate(0, 0));
  expect(get(message, xorMappedAddress)?.port).toBe(socket.address().port);
  other.close();
});

test('PADDING comes back, at most as long as it came, at most an MTU', async () => {
  const lengthFor = async (length: number) =>
    get((await ask(alternate(0, 0), [attr(padding, new Uint8Array(length))])).message, padding)?.length;
  expect([await lengthFor(4), await lengthFor(1500), await lengthFor(20_000)]).toEqual([4, 1500, 1500]);
});

test('400 for RESPONSE-PORT with PADDING, for port 0, and for a malformed CHANGE-REQUEST', async () => {
  const short = { ...changeRequest, encode: () => new Uint8Array(3) };
  for (const attributes of [
    [attr(responsePort, 9), attr(padding, new Uint8Array(4))],
    [attr(responsePort, 0)],
    [attr(short, { address: true, port: true })],
  ]) {
    expect(codeOf((await ask(alternate(0, 0), attributes)).message)).toBe(400);
  }
});

test('every alternate is a whole server, and none is ever a peer', async () => {
  for (const { address, port } of [alternate(0, 1), alternate(1, 0), alternate(1, 1)]) {
    const client = await TurnClient.udp(port, server, address);
    expect((await client.allocate()).address).toBe(address);
    for (const peer of [alternate(0, 0), alternate(0, 1), alternate(1, 0), alternate(1, 1)])
      expect(await client.permit(peer)).toBe(403);
    client.close();
  }
});

test('what is observed says where the answer really left', async () => {
  const seen: ObservedPacket[] = [];
  const stop = server.onPacket((packet) => seen.push(packet));
  await ask(alternate(0, 0), [attr(changeRequest, { address: true, port: true })]);
  stop();
  expect(seen.map(({ direction, local }) => [direction, local])).toEqual([
    ['received', alternate(0, 0)],
    ['sent', alternate(1, 1)],
  ]);
});

test('no answer is four times as long as its question', async () => {
  for (const attributes of [
    [],
    [attr(padding, new Uint8Array(4))],
    [attr(changeRequest, { address: true, port: true })],
  ]) {
    const { message } = await ask(alternate(0, 0), attributes);
    const question = encodeMessage({ ...message, class: 'request', attributes });
    expect(message.bytes.length / question.length).toBeLessThan(4);
  }
});

describe('420 with the attribute named, and neither OTHER-ADDRESS nor RESPONSE-ORIGIN', () => {
  const asked = [
    attr(changeRequest, { address: false, port: true }),
    attr(padding, new Uint8Array(4)),
    attr(responsePort, 9),
  ];
  const expectUnknown = async (client: TurnClient) => {
    for (const attribute of asked) {
      const refused = await client.plain(binding, [attribute]);
      expect([codeOf(refused), get(refused, unknownAttributes)]).toEqual([420, [attribute.def.type]]);
    }
    const plain = await client.plain(binding);
    expect([codeOf(plain), has(plain, otherAddress), has(plain, responseOrigin)]).toEqual([
      200,
      false,
      false,
    ]);
    client.close();
  };

  test('from a server with one address', async () => {
    const one = await startStunTurn({ port: 0 });
    expect(one.alternates).toBeUndefined();
    await expectUnknown(await TurnClient.udp(one.port, one));
    await one.close();
  });
  test('over TCP', async () => expectUnknown(await TurnClient.tcp(server.port, server)));
  test('over IPv6, where there is one address', async () =>
    expectUnknown(await TurnClient.udp(server.port, server, '::1')));
  test('for another method', async () => {
    const client = await TurnClient.udp(server.port, server);
    const refused = await client.request(methods.allocate.number, [attr(requestedTransport, 17), asked[0]!]);
    expect(codeOf(refused)).toBe(420);
    client.close();
  });
});

test.each([
  ['somewhere', 'The second address for STUN, somewhere, is not an IP address.'],
  ['127.0.0.1', 'STUN listens on no other IPv4 address that 127.0.0.1 could be the second of.'],
  ['192.0.2.77', /^Port \d+ on 192\.0\.2\.77 can not be used: this machine does not have that address\.$/],
])('a second address %s: says what is wrong', async (otherHost, message) => {
  await expect(startStunTurn({ port: 0, otherHost })).rejects.toThrow(message);
});

const installed = spawnSync('turnutils_natdiscovery', []).error === undefined;
if (!installed) console.warn('SKIPPED: coturn is not installed, turnutils_natdiscovery is not tried');

describe.runIf(installed)('turnutils_natdiscovery', () => {
  const discover = async (...flags: string[]) =>
    (await run('turnutils_natdiscovery', [...flags, '-L', here, '-p', String(server.port), here])).stdout;

  test.each([
    ['mapping', ['-m'], ['No NAT! (Endpoint Independent Mapping)', 'NAT with Endpoint Independent Mapping!']],
    ['mapping, with padding', ['-m', '-P'], ['NAT with Endpoint Independent Mapping!']],
    ['filtering', ['-f'], ['NAT with Endpoint Independent Filtering!']],
    ['filtering, with padding', ['-f', '-P'], ['NAT with Endpoint Independent Filtering!']],
  ])('%s', async (_what, flags, verdicts) => {
    const said = await discover(...flags);
    for (const verdict of verdicts) expect(said).toContain(verdict);
    expect(said).toContain('No ALG: Mapped == XOR-Mapped');
    expect(said).not.toMatch(/timeout|error|Cannot|Wrong/);
  });

  test('lifetime: the answer to the second socket’s question reaches the first', async () => {
    const said = await discover('-t', '-T', '1');
    expect(said.match(/RFC 5780 response \d/g)).toHaveLength(2);
    expect(said).not.toContain('timeout');
  });
});
