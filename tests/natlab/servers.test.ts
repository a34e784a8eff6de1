/** The servers test of the Debug page behind real routers: what it says of their mapping, and of a network without UDP. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { APP, Lab, SECOND_SERVER, SERVER, TURN, arrive } from './lab.ts';
import type { RouterId } from './routers.ts';

const lab = new Lab();
if (!lab.possible)
  console.warn('SKIPPED: no NAT laboratory (needs root, network namespaces, nftables, coturn, chromium)');

let browser: Browser;
beforeAll(async () => {
  if (!lab.possible) return;
  await lab.startServers();
  lab.setRouter('a', 'port-restricted');
  browser = await lab.launchBrowser('a');
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await lab.close();
});

const STUN = [`stun:${SERVER}:${TURN.port}`, `stun:${SECOND_SERVER}:${TURN.port}`];
const turn = (query: string): string =>
  `turn:${SERVER}:${TURN.port}${query} ${TURN.username} ${TURN.credential}`;

/** The page after a test of these servers through this router. */
async function tested(router: RouterId, servers: readonly string[]): Promise<Page> {
  lab.setRouter('a', router);
  const page = await browser.newPage();
  const box = page.getByRole('textbox', { name: 'ICE servers' });
  await arrive(page, `${APP}#/debug`, box);
  await box.fill(servers.join('\n'));
  await page.getByRole('button', { name: 'Test servers' }).click();
  await page.getByRole('heading', { name: 'What the errors mean' }).waitFor({ timeout: 40_000 });
  return page;
}

describe.runIf(lab.possible)('the servers test', () => {
  test.each([
    ['port-restricted', 'One door for everybody', 'It keeps your port'],
    ['symmetric', 'Another door for each server', 'It changes your port'],
  ] as const)('behind a %s router', async (router, mapping, port) => {
    const page = await tested(router, STUN);
    const facts = await page.getByRole('listitem').filter({ hasText: 'sure' }).allInnerTexts();
    const shot = process.env['SHOTS'];
    if (shot) await page.screenshot({ path: `${shot}-${router}.png` });
    await page.close();
    expect(facts.map((fact) => fact.split('\n')[0])).toEqual([mapping, port]);
  });

  test('where no UDP gets out', async () => {
    const page = await tested('udp-blocked', [...STUN, turn(''), turn('?transport=tcp')]);
    const [verdict, errors] = [
      await page.getByRole('heading', { level: 1 }).innerText(),
      await page.getByRole('list', { name: 'What the errors mean' }).innerText(),
    ];
    await page.close();
    expect(verdict).toBe('One of four works. Three are silent.');
    expect(errors).toContain('most likely this network lets no UDP out');
  });
});
