/**
 * Makes sure that the tests have what they need: real Chromium, Firefox and WebKit, and coturn as an independent TURN server.
 * Takes what is installed; else Debian's packages (as root); else Playwright's own browsers.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

interface Need {
  readonly name: string;
  readonly paths: readonly string[];
  readonly debian: string;
  readonly playwright?: string;
}

const NEEDS: readonly Need[] = [
  {
    name: 'Chromium',
    paths: ['/usr/bin/chromium', '/usr/bin/google-chrome'],
    debian: 'chromium',
    playwright: 'chromium',
  },
  {
    name: 'Firefox',
    paths: ['/usr/bin/firefox-esr', '/usr/bin/firefox'],
    debian: 'firefox-esr',
    playwright: 'firefox',
  },
  { name: 'WebKit', paths: ['/usr/bin/WebKitWebDriver'], debian: 'webkit2gtk-driver' },
  { name: 'a screen for WebKit', paths: ['/usr/bin/Xvfb'], debian: 'xvfb' },
  { name: 'coturn', paths: ['/usr/bin/turnserver'], debian: 'coturn' },
];

const missing = NEEDS.filter(({ paths }) => !paths.some((path) => existsSync(path)));
const run = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
    .status === 0;

if (missing.length > 0 && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
  run('apt-get', 'update', '-qq');
  run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...missing.map(({ debian }) => debian));
}

for (const { name, paths, playwright } of missing) {
  if (paths.some((path) => existsSync(path))) continue;
  if (playwright && run('npx', 'playwright', 'install', playwright)) continue;
  console.error(`${name} is not installed and could not be: what needs it will be skipped or fail.`);
}
for (const { name, paths } of NEEDS)
  console.log(`${name}: ${paths.find((path) => existsSync(path)) ?? 'by Playwright, or missing'}`);
