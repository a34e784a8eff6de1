/** “Why have I no candidates?” asked in real browsers that have none, or hidden ones, for each reason that can be made here. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type BrowserName, INSTALLED, type LaunchOptions, launchBrowser } from '../support/browsers.ts';
import { Namespace } from '../support/namespace.ts';
import { expect, test } from './app.ts';

const FAKE_CAMERA = '--use-fake-device-for-media-stream';

/** The Debug page in a browser of its own. A browser without a network is handed the files by the test. */
async function asked(
  name: BrowserName,
  url: string,
  options: LaunchOptions,
  work: (page: Page, press: (button: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const browser = await launchBrowser(name, options);
  try {
    const page = await browser.newPage();
    if (options.executablePath !== undefined)
      await page.route('**', async (route) => {
        const answer = await fetch(route.request().url());
        const body = Buffer.from(await answer.arrayBuffer());
        await route.fulfill({ body, contentType: answer.headers.get('content-type') ?? 'text/plain' });
      });
    await page.goto(`${url}#/debug`);
    await work(page, (button) => page.getByRole('button', { name: button }).click());
  } finally {
    await browser.close();
  }
}

const LOOK = 'Look without servers';
const told = (page: Page) => page.getByRole('status', { name: 'What this browser gathers' });
const box = (page: Page) => page.getByRole('textbox', { name: 'ICE servers' });

test('a page that allows relays only, hidden addresses, and the camera allowed', async ({ server }, {
  project,
}) => {
  const name = project.name as BrowserName;
  const preferences = { 'media.navigator.permission.disabled': true, 'media.navigator.streams.fake': true };
  await asked(name, server.url, { switches: [FAKE_CAMERA], preferences }, async (page, press) => {
    await box(page).fill(
      "new RTCPeerConnection({ iceTransportPolicy: 'relay', iceServers: [{ urls: 'stun:stun.example.net' }] })",
    );
    await press(LOOK);
    await expect(told(page)).toContainText('allows relays only, and names no TURN server');
    await box(page).fill('');
    await press(LOOK);
    await expect(told(page)).toContainText('hidden behind names');
    await expect(told(page).getByRole('listitem').first()).toContainText('.local');
    if (name === 'chromium') await page.context().grantPermissions(['camera']);
    await press('Allow the camera, look again');
    // Firefox goes on hiding for a camera that is not real.
    await expect(told(page)).toContainText(
      name === 'chromium' ? 'With the permission, this browser shows' : 'stay hidden although the camera',
    );
    if (name === 'chromium') await expect(told(page).getByRole('list')).not.toContainText('.local');
  });
});

const POLICIES: Readonly<Record<BrowserName, readonly (readonly [LaunchOptions, string])[]>> = {
  chromium: [
    [
      { switches: ['--webrtc-ip-handling-policy=default_public_interface_only'] },
      'default_public_interface_only',
    ],
    [
      { switches: ['--webrtc-ip-handling-policy=disable_non_proxied_udp'] },
      'may not use UDP without a proxy',
    ],
  ],
  firefox: [
    [{ preferences: { 'media.peerconnection.ice.no_host': true } }, 'has addresses, and gives none to pages'],
    [{ preferences: { 'media.peerconnection.ice.relay_only': true } }, 'gather nothing but relays'],
    [
      { preferences: { 'media.peerconnection.ice.obfuscate_host_addresses': false } },
      'shows its addresses to pages',
    ],
  ],
};

test('settings of the browser', async ({ server }, { project }) => {
  const name = project.name as BrowserName;
  for (const [options, words] of POLICIES[name])
    await asked(name, server.url, options, async (page, press) => {
      await press(LOOK);
      await expect(told(page)).toContainText(words, { timeout: 20_000 });
    });
});

const NETWORKS: readonly (readonly [id: string, lines: readonly string[], words: string])[] = [
  ['none', ['ip link set lo up'], 'This machine has no network'],
  [
    'v6',
    [
      'ip link set lo up',
      'ip link add out type veth peer name there',
      'ip link set there up',
      'ip link set out up',
      'ip -6 addr add 2001:db8::5/64 dev out nodad',
      'ip -6 route add default via 2001:db8::1',
    ],
    'This machine has IPv6 alone',
  ],
];

// Playwright speaks to Firefox over loopback, which a namespace has not in common with it.
test('networks: none, and without IPv4 @chromium', async ({ server }) => {
  for (const [id, lines, words] of NETWORKS) {
    const namespace = new Namespace(id);
    try {
      test.skip(!namespace.shell(...lines), 'network namespaces need root');
      const executablePath = join(mkdtempSync(join(tmpdir(), 'icescope-chromium-')), 'run');
      const run = `exec ip netns exec ${namespace.name} ${INSTALLED.chromium} "$@"`;
      writeFileSync(executablePath, `#!/bin/sh\n${run}\n`, { mode: 0o755 });
      await asked(
        'chromium',
        server.url,
        { executablePath, switches: [FAKE_CAMERA] },
        async (page, press) => {
          await press(LOOK);
          await page.context().grantPermissions(['camera']);
          await press('Allow the camera, look again');
          await expect(told(page)).toContainText(words, { timeout: 20_000 });
        },
      );
    } finally {
      namespace.remove();
    }
  }
});
