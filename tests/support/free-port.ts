/** A port for a program that has to be told one. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * For a program that can not take a free one itself. Below the ports that systems give away by themselves (32768 and up on
 * Linux, 49152 and up elsewhere), so that no connection takes it before the program does.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_000);
    if (await isFree(port)) return port;
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
