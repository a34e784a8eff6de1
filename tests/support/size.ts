/**
 * What a first visit downloads as JavaScript, gzipped, against its budget: each script that a real browser asks for
 * until the first picture stands. What the page fetches later, by a timer, is counted apart.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { startServer } from '../../src/server/main.ts';
import { launchBrowser } from './browsers.ts';

const BUDGET = 90_000;
const dist = resolve(import.meta.dirname, '../../dist');

const server = await startServer({ port: 0, stunPort: 0 });
const browser = await launchBrowser('chromium');
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
/** The page's timers wait until this is over, so that a slow machine counts the same as a quick one. */
await page.addInitScript(`
  const { setTimeout } = window;
  const held = [];
  window.setTimeout = (call, wait = 0) => (wait > 0 ? held.push(call) : setTimeout(call));
  window.letGo = () => held.forEach((call) => call());
`);
const scripts = new Set<string>();
page.on('request', (request) => {
  if (request.resourceType() === 'script') scripts.add(new URL(request.url()).pathname.slice(1));
});
await page.goto(server.url);
await page.getByRole('figure', { name: 'Paths' }).getByText('Your own connection plays here').waitFor();
await page.waitForLoadState('networkidle');
const first = [...scripts];
await page.evaluate('letGo()');
await page.waitForLoadState('networkidle');
await page.waitForTimeout(500);
const later = [...scripts].slice(first.length);
await browser.close();
await server.close();

const size = (file: string): number => gzipSync(readFileSync(join(dist, file))).length;
const sum = (files: readonly string[]): number => files.reduce((bytes, file) => bytes + size(file), 0);
const kB = (bytes: number): string => (bytes / 1000).toFixed(1);
for (const file of first) console.log(`  ${kB(size(file)).padStart(6)} kB  ${file}`);
console.log(
  `  ${kB(sum(first))} kB gzip of JavaScript for the first picture; the budget is ${BUDGET / 1000} kB`,
);
console.log(`  ${kB(sum(later))} kB in ${later.length} files come after it`);
if (first.length === 0) throw new Error('The page asked for no script: was the app built?');
process.exit(sum(first) > BUDGET ? 1 : 0);
