/**
 * The extension that the build made, loaded in Chromium. Its button can not be pressed by a driver, nor the browser’s question
 * answered: what the reader grants there is granted by the manifest of a copy, and all else is as built.
 */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright';
import { INSTALLED } from '../support/browsers.ts';
import { serveUserSite } from '../support/user-site.ts';
import { expect, test } from './app.ts';

const built = resolve(import.meta.dirname, '../../dist/extension');
const manifestOf = (folder: string) => JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));

function granted(site: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'icescope-extension-'));
  cpSync(built, folder, { recursive: true });
  const manifest = { ...manifestOf(folder), host_permissions: [site] };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return folder;
}

/** What a page under a strict policy does in its first script, and what it can hear of the tap. */
const PAGE = `<!doctype html><title>Ann's room</title><script>
  var heard = [];
  addEventListener('message', ({ data }) => heard.push(data));
  var pc = new RTCPeerConnection();
  pc.createDataChannel('first');
</script><iframe src="/frame"></iframe>`;
const FRAME = `<!doctype html><script>var pc = new RTCPeerConnection(); pc.createDataChannel('framed');</script>`;

test('@chromium the extension taps a page before its first script, and its frames', async () => {
  expect(manifestOf(built)).toMatchObject({ permissions: ['activeTab', 'scripting'] });
  expect(manifestOf(built)).not.toHaveProperty('host_permissions');
  expect(manifestOf(built)).not.toHaveProperty('content_scripts');
  const site = await serveUserSite(
    { '/': PAGE, '/frame': FRAME },
    { 'content-security-policy': "default-src 'none'; script-src 'unsafe-inline'; frame-src 'self'" },
  );
  const folder = granted('http://127.0.0.1/*');
  const context = await chromium.launchPersistentContext('', {
    ...(INSTALLED.chromium === undefined ? { channel: 'chromium' } : { executablePath: INSTALLED.chromium }),
    args: ['--no-sandbox', `--load-extension=${folder}`, `--disable-extensions-except=${folder}`],
    ignoreDefaultArgs: ['--disable-extensions'],
  });
  try {
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
    const page = await context.newPage();
    await page.goto(site.url);
    const [stage] = await Promise.all([
      context.waitForEvent('page'),
      worker.evaluate(`(async () => {
        const [tab] = await chrome.tabs.query({ url: 'http://127.0.0.1/*' });
        await icescopeShow(tab, 'http://127.0.0.1/*');
      })()`),
    ]);
    const rows = stage.getByRole('list', { name: 'Connections' }).getByRole('button');
    await expect(rows).toHaveCount(2);
    await expect(rows.filter({ hasText: 'data “first”' })).toHaveCount(1);
    await expect(rows.filter({ hasText: 'data “framed”' })).toHaveCount(1);
    expect(await page.evaluate('heard')).toEqual([]);
    await page.reload();
    await expect(rows).toHaveCount(4);
  } finally {
    await context.close();
    await site.close();
  }
});
