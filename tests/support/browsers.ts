/** The real browsers that tests run in: Debian's where they are installed, else Playwright's own. */
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, firefox } from 'playwright';

export type BrowserName = 'chromium' | 'firefox';

export const INSTALLED = {
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

/** A camera, and a reader who allows it, or does not. */
function cameraArgs(camera: string | undefined): string[] {
  if (camera === undefined) return [];
  const device = '--use-fake-device-for-media-stream';
  const ui = '--use-fake-ui-for-media-stream';
  return camera === 'refused'
    ? [device, `${ui}=deny`]
    : [device, ui, `--use-file-for-fake-video-capture=${camera}`];
}

export interface LaunchOptions {
  /** Another than the installed one: one in a namespace, say. */
  readonly executablePath?: string;
  /** Playwright switches Chromium's back-forward cache off; a test may have it on. */
  readonly backForwardCache?: boolean;
  /** Service workers stay off, so that what a page asks for comes over the network; a test may have them on. */
  readonly serviceWorkers?: boolean;
  /** Firefox asks no STUN or TURN server on loopback unless it is told to; Chromium does. */
  readonly loopbackServers?: boolean;
  /** What Chromium's camera sees: a Y4M file, which is read anew each time it is switched on; or that it is refused. */
  readonly camera?: string;
  /** The only folder of fonts that the browser's system has. */
  readonly fonts?: string;
  /** More of Chromium's switches. */
  readonly switches?: readonly string[];
  /** More of Firefox's preferences. */
  readonly preferences?: Readonly<Record<string, boolean | number | string>>;
}

/** A configuration of fontconfig that knows one folder, and keeps its cache to itself. */
function fontconfig(folder: string): string {
  const own = mkdtempSync(join(tmpdir(), 'icescope-fonts-'));
  const file = join(own, 'fonts.conf');
  writeFileSync(file, `<fontconfig><dir>${folder}</dir><cachedir>${own}</cachedir></fontconfig>`);
  return file;
}

export async function launchBrowser(name: BrowserName, options: LaunchOptions = {}): Promise<Browser> {
  const browser = await launch(name, options);
  return options.serviceWorkers ? browser : withoutServiceWorkers(browser);
}

/** As in a page of another machine without https. Playwright's own way would warn in the console of each page. */
function withoutServiceWorkers(browser: Browser): Browser {
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext(options);
    await context.addInitScript('delete Navigator.prototype.serviceWorker');
    return context;
  };
  return browser;
}

function launch(
  name: BrowserName,
  {
    executablePath = INSTALLED[name],
    backForwardCache = false,
    loopbackServers = false,
    camera,
    fonts,
    switches = [],
    preferences = {},
  }: LaunchOptions,
): Promise<Browser> {
  const path = executablePath === undefined ? {} : { executablePath };
  const env = fonts === undefined ? {} : { env: { ...process.env, FONTCONFIG_FILE: fontconfig(fonts) } };
  if (name === 'chromium') {
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const args = [...QUIET, ...sandbox, ...cameraArgs(camera), ...switches];
    const ignoreDefaultArgs = backForwardCache ? ['--disable-back-forward-cache'] : [];
    return chromium.launch({ args, ignoreDefaultArgs, ...path, ...env });
  }
  const loopback = loopbackServers ? { 'media.peerconnection.ice.loopback': true } : {};
  const firefoxUserPrefs = { ...loopback, ...preferences };
  return firefox.launch({
    firefoxUserPrefs,
    ...env,
    ...(executablePath === undefined ? {} : { channel: 'moz-firefox', executablePath }),
  });
}
