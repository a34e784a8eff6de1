/** Two people at home, each with our own app in a real Chromium, who meet in a room of the server. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright';
import { type Facts, Projector } from '../../src/core/projections/index.ts';
import { readSession } from '../../src/core/session/codec.ts';
import { SessionLog } from '../../src/core/session/log.ts';
import { keepConnections } from '../support/keep-connections.ts';
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
    return await savedWhole(pages[0]!);
  } finally {
    await Promise.all(pages.map((page) => page.context().close()));
  }
}

async function openApp(browser: Browser, servers: readonly string[]): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
  const page = await context.newPage();
  await page.addInitScript(keepConnections);
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

/**
 * What the browser says of its connection, whatever the page has for a headline: it gave up, which takes half a minute,
 * or is connected and has long kept its selected pair, which may be another some seconds later.
 */
async function ended(page: Page): Promise<void> {
  await page.waitForFunction(keepsItsPair, undefined, { timeout: 60_000, polling: 250 });
}

/** Runs in the page, and counts there how often the pair was the same. */
function keepsItsPair(): boolean {
  const kept = window as unknown as { keptConnections: RTCPeerConnection[]; pair?: string; same?: number };
  const pc = kept.keptConnections.at(-1);
  if (pc?.connectionState !== 'connected') return pc?.connectionState === 'failed';
  const selected = pc.sctp?.transport.iceTransport.getSelectedCandidatePair();
  const pair = `${selected?.local?.candidate} ${selected?.remote?.candidate}`;
  kept.same = kept.pair === pair ? (kept.same ?? 0) + 1 : 0;
  kept.pair = pair;
  return kept.same >= 12;
}

/** The slower readings of getStats, and what the other side recorded, come after the end: saved again until they have. */
async function savedWhole(page: Page): Promise<string> {
  for (const end = Date.now() + 15_000; ;) {
    const text = await save(page);
    if (isWhole(text) || Date.now() > end) return text;
  }
}

function isWhole(text: string): boolean {
  const facts = factsOf(text);
  return ['A', 'B'].every((peer) => {
    const state = facts.states[peer]?.connection.current;
    if (state !== 'connected') return state === 'failed';
    const { pairs, selectedId } = facts.pairs[peer]!;
    const selected = pairs.find(({ id }) => id === selectedId);
    const { local, remote } = facts.candidates[peer]!;
    return (
      local.some(({ statsId }) => statsId === selected?.localId) &&
      remote.some(({ statsId }) => statsId === selected?.remoteId)
    );
  });
}

/** What a saved session says at its end. */
export function factsOf(text: string): Facts {
  const read = readSession(text);
  if (!read.ok) throw new Error(read.error.message);
  const log = new SessionLog();
  for (const event of read.value.events) log.append(event);
  return new Projector(log).at(log.events.length);
}

export async function save(page: Page): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save session' }).first().click();
  return readFile(await (await download).path(), 'utf8');
}
