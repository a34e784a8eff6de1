/** Icescope beside somebody's own page, as the reader has them. */
import type { Browser, Page } from '@playwright/test';
import { type UserSite, serveUserSite } from '../../support/user-site.ts';
import { keepConnections, watch } from '../app.ts';

/** The beginning of a page that loads the tap first. */
export const head = (icescope: string, more = ''): string =>
  `<!doctype html><meta charset="utf-8"><title>Ann's room</title><script src="${icescope}tap.js"></script>${more}`;

export async function withSite(
  files: Readonly<Record<string, string>>,
  use: (site: UserSite) => Promise<void>,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const site = await serveUserSite(files, headers);
  try {
    await use(site);
  } finally {
    await site.close();
  }
}

interface Viewer {
  readonly app: Page;
  readonly complaints: readonly string[];
}

/** Icescope, in a browser that holds nothing else yet. */
export async function openViewer(browser: Browser, icescope: string): Promise<Viewer> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const app = await context.newPage();
  const complaints: string[] = [];
  watch(app, icescope, complaints);
  await app.addInitScript(keepConnections);
  await app.goto(`${icescope}#/debug/page`);
  return { app, complaints };
}

/** Opens the page from Icescope, as its reader would. */
export async function openPage(app: Page, address: string): Promise<Page> {
  await app.getByLabel('Address of your page').fill(address);
  const [popup] = await Promise.all([
    app.context().waitForEvent('page'),
    app.getByRole('button', { name: 'Open it' }).click(),
  ]);
  return popup;
}

export const allow = (app: Page): Promise<void> =>
  app.getByRole('button', { name: 'Allow', exact: true }).click();

export const rowsOf = (app: Page) => app.getByRole('list', { name: 'Connections' }).getByRole('button');
