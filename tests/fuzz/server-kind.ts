/** A kind of fuzzing that needs a running server: one for all its inputs, which has to live, answer, and forget. */
import type { RunningServer } from '../../src/server/main.ts';
import { startServer } from '../../src/server/main.ts';
import { random, type Random } from '../support/random.ts';
import { hold, type Kind } from './fuzz.ts';
import { megabytesHeld } from './memory.ts';

/** Allocations that the storm may have at once. */
export const ALLOCATIONS = 20;
const MEGABYTES = 20;

export interface Storm {
  /** Sends one input. */
  send(draw: Random): Promise<void> | void;
  /** Resolves when the server has read what was sent; throws when it does not answer, or not as it should. */
  settle(): Promise<void>;
  close(): void;
}

/** A failure is told with the first seed of the batch that the server did not survive. */
export const serverKind = (
  id: string,
  night: number,
  begin: (server: RunningServer) => Promise<Storm>,
): Kind => ({
  id,
  night,
  async run(seed, { cases, goesOn }) {
    const server = await startServer({
      port: 0,
      stunPort: 0,
      roomLimits: { joinBurst: 1e9, joinsPerSecond: 1e9 },
      turnLimits: { allocationsPerUser: ALLOCATIONS },
    });
    const storm = await begin(server);
    let [tried, batch] = [0, seed];
    try {
      await storm.settle();
      const before = megabytesHeld();
      for (; tried < cases && goesOn(); tried++) {
        await storm.send(random(seed + tried));
        if (tried % 100 !== 99) continue;
        await storm.settle();
        batch = seed + tried + 1;
      }
      await storm.settle();
      hold(server.stunTurn!.counters.dropped['internal error'] === undefined, 'an exception in a handler');
      const grown = megabytesHeld() - before;
      hold(grown < MEGABYTES, `${grown.toFixed(1)} MB are kept`);
      return { cases: tried, failures: [] };
    } catch (error) {
      return { cases: tried, failures: [{ seed: batch, error: String(error) }] };
    } finally {
      storm.close();
      await server.close();
    }
  },
});
