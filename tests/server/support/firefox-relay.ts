/**
 * Runs inside a network namespace (see firefox.test.ts): our server on an address of this machine that is not loopback,
 * and Firefox with its default settings. Prints the outcomes as one line of JSON.
 */
import { createServer } from 'node:http';
import { firefox } from 'playwright-core';
import { startStunTurn } from '../../../src/server/stun-turn.ts';
import { relayLoopback, type RelayOutcome } from './relay-loopback.ts';

const [host = '127.0.0.1', executablePath = '/usr/bin/firefox-esr'] = process.argv.slice(2);

async function main(): Promise<void> {
  const server = await startStunTurn({ host, port: 0, thisMachineOnly: true });
  const web = createServer((_request, response) => response.end('<!doctype html><title>relay</title>'));
  await new Promise<void>((done) => web.listen(8099, '127.0.0.1', done));
  const browser = await firefox.launch({ executablePath, channel: 'moz-firefox' });
  try {
    const page = await browser.newPage();
    await page.goto('http://127.0.0.1:8099/');
    await page.evaluate('globalThis.__name = (named) => named; 0'); // what the compiler wraps functions in
    const outcomes: Record<string, RelayOutcome> = {};
    for (const transport of ['udp', 'tcp']) {
      const urls = `turn:${host}:${server.port}?transport=${transport}`;
      const { username, credential } = server;
      outcomes[transport] = await page.evaluate(relayLoopback, { urls, username, credential, bytes: 20_000 });
    }
    console.log(JSON.stringify(outcomes));
  } finally {
    await browser.close();
    web.close();
    await server.close();
  }
}

await main();
