/** The real browsers that tests run in: Debian's where they are installed, else Playwright's own. */
import { existsSync } from 'node:fs';
import { type Browser, chromium, firefox } from 'playwright';

export type BrowserName = 'chromium' | 'firefox';

const INSTALLED = {
  chromium: ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path)),
  firefox: ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => existsSync(path)),
};

/** What a browser does on its own, beside the page, is switched off: it would disturb what is measured. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--autoplay-policy=no-user-gesture-required',
];

export interface LaunchOptions {
  /** Another than the installed one: one in a namespace, say. */
  readonly executablePath?: string;
  /** Playwright switches Chromium's back-forward cache off; a test may have it on. */
  readonly backForwardCache?: boolean;
  /** Firefox asks no STUN or TURN server on loopback unless it is told to; Chromium does. */
  readonly loopbackServers?: boolean;
}

export function launchBrowser(
  name: BrowserName,
  { executablePath = INSTALLED[name], backForwardCache = false, loopbackServers = false }: LaunchOptions = {},
): Promise<Browser> {
  const path = executablePath === undefined ? {} : { executablePath };
  if (name === 'chromium') {
    const args = process.getuid?.() === 0 ? [...QUIET, '--no-sandbox'] : QUIET;
    const ignoreDefaultArgs = backForwardCache ? ['--disable-back-forward-cache'] : [];
    return chromium.launch({ args, ignoreDefaultArgs, ...path });
  }
  const firefoxUserPrefs = loopbackServers ? { 'media.peerconnection.ice.loopback': true } : {};
  return firefox.launch({
    firefoxUserPrefs,
    ...(executablePath === undefined ? {} : { channel: 'moz-firefox', executablePath }),
  });
}
