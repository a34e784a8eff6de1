/** TCP streams to STUN and TURN: packets in random pieces, some after an allocation; then an end, a reset, or a cut. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { frameForStream } from '../../src/core/stun/stream.ts';
import type { StunTurnServer } from '../../src/server/stun-turn.ts';
import { TurnClient, codeOf, until } from '../server/support/turn-client.ts';
import type { Random } from '../support/random.ts';
import { hold } from './fuzz.ts';
import { message, packet, type Signature, signatureOf } from './packets.ts';
import { serverKind } from './server-kind.ts';

export const streams = serverKind('TCP streams', 100_000, async ({ stunTurn }) => {
  const server = stunTurn!;
  const stranger = signatureOf(server, 'made up');
  const running = new Set<Promise<void>>();
  const begin = (work: Promise<void>) => {
    const ended = work.finally(() => running.delete(ended));
    running.add(ended);
    return ended;
  };
  return {
    async send(draw) {
      void begin(draw.below(4) === 0 ? polite(draw, server) : rude(draw, server.port, stranger));
      if (running.size >= 20) await Promise.race(running);
    },
    async settle() {
      await Promise.all(running);
      await until(() => server.allocations === 0);
      const other = await TurnClient.tcp(server.port, server);
      hold(codeOf(await other.plain(1)) === 200, 'Binding is not answered');
      other.close();
    },
    close: () => undefined,
  };
});

/** An allocation, then messages that are signed for this very connection, then anything. */
async function polite(draw: Random, server: StunTurnServer): Promise<void> {
  const client = await TurnClient.tcp(server.port, server);
  await client.allocate().catch(() => undefined); // beyond the quota there is none
  const signature = signatureOf(server, client.nonce);
  for (let frames = 1 + draw.below(10); frames > 0; frames--) client.send(message(draw, signature));
  client.send(packet(draw, signature));
  client.close();
}

async function rude(draw: Random, port: number, signature: Signature): Promise<void> {
  const socket = connect(port, '127.0.0.1')
    .on('error', () => undefined)
    .on('data', () => undefined);
  const closed = once(socket, 'close');
  for (let frames = 1 + draw.below(10); frames > 0; frames--) {
    const frame = frameForStream(packet(draw, signature));
    const cut = draw.below(frame.length + 1);
    socket.write(frame.subarray(0, cut));
    socket.write(frame.subarray(cut));
  }
  const end = draw.below(3);
  if (end === 0) socket.end();
  else if (end === 1) socket.once('connect', () => socket.resetAndDestroy());
  else socket.destroySoon();
  await closed;
}
