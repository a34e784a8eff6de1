/** Datagrams to STUN and TURN, half of them from a client that has an allocation. */
import { createSocket } from 'node:dgram';
import { TurnClient, codeOf, until } from '../server/support/turn-client.ts';
import { hold } from './fuzz.ts';
import { packet, signatureOf } from './packets.ts';
import { ALLOCATIONS, serverKind } from './server-kind.ts';

const STRANGERS = 20;

export const datagrams = serverKind('datagrams', 100_000, async ({ stunTurn }) => {
  const server = stunTurn!;
  const client = await TurnClient.udp(server.port, server);
  await client.allocate();
  const strangers = Array.from({ length: STRANGERS }, () => createSocket('udp4'));
  let sent = server.counters.received;
  const signature = signatureOf(server, client.nonce);
  return {
    send(draw) {
      const bytes = packet(draw, signature);
      if (draw.below(2) === 0) client.send(bytes);
      else draw.of(strangers).send(bytes, server.port, '127.0.0.1');
      sent++;
    },
    async settle() {
      await until(() => server.counters.received >= sent);
      client.other.length = 0;
      const other = await TurnClient.udp(server.port, server);
      hold(codeOf(await other.plain(1)) === 200, 'Binding is not answered');
      other.close();
      hold(server.allocations <= ALLOCATIONS, 'more allocations than the quota');
      sent = server.counters.received;
    },
    close() {
      client.close();
      for (const stranger of strangers) stranger.close();
    },
  };
});
