/** The built app, served by our own server, in the real browser of the project (`chromium` or `firefox`). */
import { type Browser, type Page, test as base, expect } from '@playwright/test';
import { type RunningServer, startServer } from '../../src/server/main.ts';
import { launchBrowser } from '../support/browsers.ts';
import { keepConnections } from '../support/keep-connections.ts';

export { keepConnections };

interface WorkerFixtures {
  readonly server: RunningServer;
  readonly realBrowser: Browser;
}

interface Fixtures {
  /**
   * A page of the app at 1440 × 900. Any console error or warning, and any request elsewhere, fails its test; also of
   * other pages in its context.
   */
  readonly app: Page;
}

export { expect };

export const test = base.extend<Fixtures, WorkerFixtures>({
  server: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern
    async ({}, use) => {
      const server = await startServer({ port: 0, stunPort: 0 });
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
  realBrowser: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern
    async ({}, use, { project }) => {
      const browser = await launchBrowser(project.name as 'chromium' | 'firefox');
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  app: async ({ realBrowser, server }, use) => {
    const context = await realBrowser.newContext({
      viewport: { width: 1440, height: 900 },
      acceptDownloads: true,
    });
    await context.addInitScript(keepConnections);
    const complaints: string[] = [];
    context.on('page', (page) => watch(page, server.url, complaints));
    const page = await context.newPage();
    await page.goto(server.url);
    await use(page);
    await context.close();
    expect(complaints, 'console errors, warnings, and requests to other origins').toEqual([]);
  },
});

export function watch(page: Page, origin: string, complaints: string[]): void {
  // Firefox complains of a font that it was loading when the page was left (NS_BINDING_ABORTED), in no order.
  const isLeft = (text: string) => text.includes('downloadable font') && text.includes('2152398850');
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !isLeft(message.text()))
      complaints.push(`${message.type()}: ${message.text()}`);
  });
  // Firefox's own word for a connection that finds no way is no error of the page.
  page.on('pageerror', ({ message }) => {
    if (!message.startsWith('ICE failed, add a')) complaints.push(`uncaught: ${message}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !/^(data|blob):/.test(request.url()))
      complaints.push(`request: ${request.url()}`);
  });
}

/** What the recording has so far, as its slider ends. */
export const lengthOf = (page: Page): Promise<number> =>
  page
    .getByRole('slider', { name: 'Time' })
    .getAttribute('aria-valuemax')
    .then((length) => Number(length));

/** While a connection stands getStats is read each second: waits until two more readings are in the recording. */
export async function grown(page: Page): Promise<void> {
  for (let readings = 0; readings < 2; readings++) {
    const before = await lengthOf(page);
    await expect.poll(() => lengthOf(page), { timeout: 15_000 }).toBeGreaterThan(before);
  }
}

/** After a connection is closed what is still under way comes in: waits until nothing more does. */
export async function recorded(page: Page): Promise<void> {
  let [length, same] = [-1, 0];
  await expect
    .poll(
      async () => {
        const now = await lengthOf(page);
        same = now === length ? same + 1 : 0;
        length = now;
        return same;
      },
      { intervals: [250], timeout: 30_000 },
    )
    .toBeGreaterThan(3);
}

export interface RealState {
  readonly signaling: string;
  readonly gathering: string;
  readonly ice: string;
  readonly dtls: string;
  readonly connection: string;
  /** Ports of the local candidates by type, `host 50124`, sorted. */
  readonly candidates: readonly string[];
  /** Ports of the selected pair. */
  readonly selected: { readonly local: number; readonly remote: number } | null;
}

/** What the newest `count` connections of the page say of themselves. */
export function realStates(page: Page, count = 2): Promise<RealState[]> {
  return page.evaluate(async (last) => {
    const kept = (window as unknown as { keptConnections: RTCPeerConnection[] }).keptConnections.slice(-last);
    return Promise.all(
      kept.map(async (pc) => {
        const reports = [...(await pc.getStats()).values()];
        const byId = new Map(reports.map((report) => [report.id, report]));
        const transport = reports.find(({ type }) => type === 'transport');
        const pair =
          byId.get(transport?.selectedCandidatePairId) ??
          reports.find(({ type, selected }) => type === 'candidate-pair' && selected);
        const lines = pc.localDescription?.sdp.match(/^a=candidate:.*$/gm) ?? [];
        return {
          signaling: pc.signalingState,
          gathering: pc.iceGatheringState,
          ice: pc.iceConnectionState,
          dtls: pc.sctp?.transport.state ?? 'none',
          connection: pc.connectionState,
          candidates: lines.map((line) => `${/ typ (\S+)/.exec(line)?.[1]} ${line.split(' ')[5]}`).sort(),
          selected: pair
            ? { local: byId.get(pair.localCandidateId).port, remote: byId.get(pair.remoteCandidateId).port }
            : null,
        };
      }),
    );
  }, count);
}

/** What Save session writes: the text of an RTCStats dump. */
export const savedSession = (page: Page): Promise<string> => savedFile(page, 'Save session');

/** The text of the file that the button of this name hands over. */
export async function savedFile(page: Page, button: string): Promise<string> {
  const files = () => page.evaluate(() => (window as unknown as { savedFiles: Blob[] }).savedFiles.length);
  const before = await files();
  await page.getByRole('button', { name: button, exact: true }).click();
  await expect.poll(files).toBe(before + 1);
  return page.evaluate(() => (window as unknown as { savedFiles: Blob[] }).savedFiles.at(-1)!.text());
}

/** `connectionState` of the newest two: closed connections tell nothing else in Firefox. */
export const connectionStates = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    (window as unknown as { keptConnections: RTCPeerConnection[] }).keptConnections
      .slice(-2)
      .map((pc) => pc.connectionState),
  );

/** The text alternative of a diagram, as a screen reader gets it. */
export async function described(page: Page, title: string): Promise<string> {
  const tab = page.getByRole('tab', { name: title, exact: true });
  if (await tab.count()) await tab.click();
  const figure = page.getByRole('figure', { name: title, exact: true });
  await expect(figure).toBeVisible();
  const id = await figure.getAttribute('aria-describedby');
  return (await page.locator(`[id="${id}"]`).textContent()) ?? '';
}
