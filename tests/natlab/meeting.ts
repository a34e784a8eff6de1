/** Two people at home, each with our own app in a real Chromium, who meet in a room of the server. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright';
import { APP, SERVER, TURN, arrive } from './lab.ts';

const { port, username, credential } = TURN;
export const STUN_ONLY = [`stun:${SERVER}:${port}`];
export const STUN_AND_TURN = [
  ...STUN_ONLY,
  `turn:${SERVER}:${port}?transport=udp ${username} ${credential}`,
  `turn:${SERVER}:${port}?transport=tcp ${username} ${credential}`,
];

/** What is done at A's page beside meeting. */
export interface Doing {
  /** Once A waits in the room, before B comes. */
  readonly alone?: (a: Page) => Promise<void>;
  /** Once both are there and have begun. */
  readonly meanwhile?: (a: Page) => Promise<void>;
}

/** The session as A saves it, with both ends in it, once both sides know how it ended. Without servers none is asked. */
export async function meet(
  a: Browser,
  b: Browser,
  servers: readonly string[],
  { alone, meanwhile }: Doing = {},
): Promise<string> {
  const pages = await Promise.all([a, b].map((browser) => openApp(browser, servers)));
  try {
    const room = `#/?room=${randomBytes(16).toString('base64url')}&by=websocket`;
    await enter(pages[0]!, room);
    await alone?.(pages[0]!);
    await enter(pages[1]!, room);
    for (const page of pages) await page.getByText('Both agreed: both ends are shown').waitFor();
    await meanwhile?.(pages[0]!);
    for (const page of pages) await ended(page);
    return await save(pages[0]!);
  } finally {
    await Promise.all(pages.map((page) => page.context().close()));
  }
}

async function openApp(browser: Browser, servers: readonly string[]): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
  const page = await context.newPage();
  const ways = page.getByLabel('Ways allowed');
  await arrive(page, APP, ways);
  await ways.selectOption(servers.length === 0 ? 'direct' : 'all');
  await page.getByText('More', { exact: true }).click();
  await page.getByLabel(/ICE servers/).fill(servers.join('\n'));
  return page;
}

async function enter(page: Page, room: string): Promise<void> {
  await page.evaluate((hash) => void (location.hash = hash), room);
  await page.getByLabel('Share what I record with the other side').check();
}

/** Browsers take half a minute to give up. */
async function ended(page: Page): Promise<void> {
  const headline = page.getByRole('heading', { name: /^(Connected in \d+ ms|It did not connect)$/ });
  await headline.waitFor({ timeout: 60_000 });
  // The slower readings of getStats, and what the other side recorded, come after it.
  await page.waitForTimeout(3000);
}

export async function save(page: Page): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save session' }).first().click();
  return readFile(await (await download).path(), 'utf8');
}
