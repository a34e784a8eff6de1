/** Two pages of the app that meet, and what both must show of both. */
import type { Page } from '@playwright/test';
import { described, expect, type RealState, realStates } from './app.ts';

export const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });

export const connected = (page: Page): Promise<void> =>
  expect(heading(page, /^Connected in \d+ ms$/)).toBeVisible({ timeout: 30_000 });

/** The address of the room that the page is in. */
export const invitation = (page: Page): Promise<string> => page.evaluate(() => location.href);

/** Both ends have gathered all, and the slower readings of getStats have seen the end of it. */
export async function settled(pages: readonly Page[]): Promise<RealState[]> {
  for (const page of pages)
    await expect
      .poll(async () => (await realStates(page, 1)).map((one) => [one.gathering, one.connection]), {
        timeout: 30_000,
      })
      .toEqual([['complete', 'connected']]);
  return unmoved(pages, await reported(pages));
}

const reported = async (pages: readonly Page[]): Promise<RealState[]> =>
  (await Promise.all(pages.map((page) => realStates(page, 1)))).flat();

/** Chromium may change to another pair seconds after it connected: two reports in a row say the same. */
async function unmoved(pages: readonly Page[], before: RealState[]): Promise<RealState[]> {
  await pages[0]!.waitForTimeout(2200);
  const now = await reported(pages);
  return JSON.stringify(now) === JSON.stringify(before) ? now : unmoved(pages, now);
}

/** The newest moment of the recording, and it stays there. */
export async function toTheEnd(page: Page): Promise<void> {
  const pause = page.getByRole('button', { name: 'Pause', exact: true });
  if (await pause.count()) await pause.click();
  await page.getByRole('slider', { name: 'Time' }).focus();
  await page.keyboard.press('End');
}

/** What browsers say of their own connections is what the page shows of them. `real` in the order of `letters`. */
export async function agree(
  page: Page,
  real: readonly RealState[],
  letters: readonly string[] = ['A', 'B'],
): Promise<void> {
  await toTheEnd(page);
  const states = await described(page, 'States');
  const gathering = await described(page, 'Gathering');
  const pairs = await described(page, 'Pairs');
  for (const [index, { signaling, ice, dtls, connection, candidates, selected, ...more }] of real.entries()) {
    expect(states).toContain(
      `${letters[index]}: signalingState ${signaling}, iceGatheringState ${more.gathering}, iceConnectionState ${ice}, ` +
        `RTCDtlsTransport.state ${dtls}, connectionState ${connection}.`,
    );
    expect(candidates.length).toBeGreaterThan(0);
    for (const candidate of candidates) {
      const [type, port] = candidate.split(' ');
      expect(gathering).toMatch(new RegExp(`${type} (?:udp|tcp) \\S+:${port}\\b`));
    }
    expect(pairs).toMatch(
      new RegExp(`local \\w+ \\w+ \\S+:${selected!.local}, remote \\w+ \\w+ \\S+:${selected!.remote}\\b`),
    );
  }
}

/** One says something to the other, which hears it. */
export async function talk(from: Page, to: Page, text: string): Promise<void> {
  await from.getByRole('textbox', { name: 'Message' }).fill(text);
  await from.getByRole('button', { name: /^Send to (?:[AB]|the other)$/ }).click();
  await expect(to.getByRole('list', { name: 'Messages' })).toContainText(`“${text}”`);
}

/** Both agree that the other side has what they record; it then goes from end to end, and both know the other's clock. */
export async function share(pages: readonly Page[]): Promise<void> {
  for (const page of pages) await page.getByRole('checkbox', { name: /^Share what I record/ }).check();
  for (const page of pages) {
    const sharing = page.getByRole('region', { name: 'Sharing' });
    await expect(sharing).toContainText('over a data channel of Icescope’s own', { timeout: 10_000 });
    await expect(sharing).toContainText(
      /[AB]’s clock: [+−]\d+\.\d ms ± \d+\.\d ms, estimated from \d+ letters\./,
    );
  }
}
