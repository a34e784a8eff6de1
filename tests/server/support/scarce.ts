/** Runs in a namespace with few ports and no IPv6 (see scarcity.test.ts); prints what came of it as JSON. */
import { createSocket } from 'node:dgram';
import { attr } from '../../../src/core/stun/attribute.ts';
import { lifetime, requestedTransport } from '../../../src/core/stun/attributes/allocation.ts';
import { methods } from '../../../src/core/stun/methods.ts';
import { startStunTurn } from '../../../src/server/stun-turn.ts';
import { codeOf, TurnClient } from './turn-client.ts';

export interface Scarce {
  readonly addresses: readonly string[];
  readonly notices: readonly string[];
  /** What a port that only root may have leads to. */
  readonly privileged: string;
  /** What each client's Allocate is answered. */
  readonly codes: readonly number[];
  readonly afterOneEnded: number;
}

/** Of ten UDP ports four are taken by somebody else. */
async function takeSome(): Promise<void> {
  for (let port = 40_000; port < 40_004; port++)
    await new Promise<void>((done) => createSocket('udp4').bind(port, '127.0.0.1', done));
}

async function main(): Promise<Scarce> {
  const server = await startStunTurn({ port: 3478 });
  await takeSome();
  // over TCP, so that the clients take no UDP port
  const clients = await Promise.all(Array.from({ length: 8 }, () => TurnClient.tcp(3478, server)));
  const codes: number[] = [];
  const allocate = async (client: TurnClient) =>
    codeOf(await client.request(methods.allocate.number, [attr(requestedTransport, 17)]));
  for (const client of clients) codes.push(await allocate(client));
  await clients[0]!.request(methods.refresh.number, [attr(lifetime, 0)]);
  const afterOneEnded = await allocate(clients[7]!);
  process.seteuid!(65_534);
  const privileged = await startStunTurn({ port: 81 }).then(String, (error: Error) => error.message);
  return { addresses: server.addresses, notices: server.notices, privileged, codes, afterOneEnded };
}

console.log(JSON.stringify(await main()));
process.exit(0);
