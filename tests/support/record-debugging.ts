/**
 * Makes the recordings of lesson 17: real browsers, with one fault each, put in on purpose; and the relay of lesson 16.
 *
 *     npx tsx tests/support/record-debugging.ts [name …]
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { SessionLog } from '../../src/core/session/log.ts';
import type { NewEvent } from '../../src/core/session/event.ts';
import { writeSession } from '../../src/core/session/codec.ts';
import { startServer } from '../../src/server/main.ts';
import { type BrowserName, launchBrowser } from './browsers.ts';

interface Fault {
  readonly browser: BrowserName;
  /** Given to `record` of faulty-calls.ts. */
  readonly name: 'relay' | 'answer' | 'password' | 'fingerprint' | 'candidates' | 'glare';
}

const FAULTS: readonly Fault[] = [
  { browser: 'chromium', name: 'relay' },
  { browser: 'firefox', name: 'answer' },
  { browser: 'chromium', name: 'password' },
  { browser: 'firefox', name: 'fingerprint' },
  { browser: 'firefox', name: 'candidates' },
  { browser: 'chromium', name: 'glare' },
];

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const { outputFiles } = await build({
  entryPoints: [path('./faulty-calls.ts')],
  bundle: true,
  write: false,
  format: 'iife',
  globalName: 'faultyCalls',
  target: 'es2022',
});
const server = await startServer({ port: 0, stunPort: 0 });
const wanted = process.argv.slice(2);

for (const { browser, name } of FAULTS.filter(
  (fault) => wanted.length === 0 || wanted.includes(fault.name),
)) {
  const running = await launchBrowser(browser, { loopbackServers: true });
  const page = await running.newPage();
  await page.goto(`${server.url}config.json`);
  const { iceServers } = JSON.parse(await page.evaluate(() => document.body.textContent ?? '{}')) as {
    iceServers: unknown;
  };
  await page.evaluate(`${outputFiles[0]!.text};globalThis.faultyCalls = faultyCalls`);
  const events = (await page.evaluate(
    `faultyCalls.record(${JSON.stringify(name)}, ${JSON.stringify(iceServers)})`,
  )) as readonly NewEvent[];
  const log = new SessionLog();
  for (const event of events) log.append(event);
  writeFileSync(
    path(`../../lessons/${name === 'relay' ? '16-privacy' : '17-debugging'}/${name}.txt`),
    writeSession(log.events),
  );
  console.log(name, browser, events.length);
  await running.close();
}
await server.close();
