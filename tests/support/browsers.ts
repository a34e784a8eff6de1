/** The real browsers that tests run in: Debian's where they are installed, else Playwright's own. */
import { existsSync } from 'node:fs';
import { type Browser, chromium, firefox } from 'playwright';

export type BrowserName = 'chromium' | 'firefox';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));
const FIREFOX = ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => existsSync(path));

/** What a browser does on its own, beside the page, is switched off: it would disturb what is measured. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--autoplay-policy=no-user-gesture-required',
];

/** Playwright switches Chromium's back-forward cache off; a test may have it on. */
export function launchBrowser(
  name: BrowserName,
  { backForwardCache = false }: { readonly backForwardCache?: boolean } = {},
): Promise<Browser> {
  if (name === 'chromium') {
    const args = process.getuid?.() === 0 ? [...QUIET, '--no-sandbox'] : QUIET;
    const ignoreDefaultArgs = backForwardCache ? ['--disable-back-forward-cache'] : [];
    return chromium.launch({ args, ignoreDefaultArgs, ...(CHROMIUM && { executablePath: CHROMIUM }) });
  }
  return FIREFOX ? firefox.launch({ channel: 'moz-firefox', executablePath: FIREFOX }) : firefox.launch();
}
