/** The tap in pages of somebody else, beside what these pages see themselves. */
import type { Browser, Page } from '@playwright/test';
import { readSession } from '../../src/core/session/codec.ts';
import { type UserSite, serveUserSite } from '../support/user-site.ts';
import { expect, keepConnections, savedFile, test, watch } from './app.ts';
import { probe } from './tap/probe.ts';

const head = (icescope: string, more = ''): string =>
  `<!doctype html><meta charset="utf-8"><title>Ann's room</title><script src="${icescope}tap.js"></script>${more}`;

async function withSite(
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
async function openViewer(browser: Browser, icescope: string): Promise<Viewer> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const app = await context.newPage();
  const complaints: string[] = [];
  watch(app, icescope, complaints);
  await app.addInitScript(keepConnections);
  await app.goto(`${icescope}#/debug/page`);
  return { app, complaints };
}

/** Opens the page from Icescope, as its reader would, and allows it. */
async function attach(app: Page, address: string): Promise<Page> {
  await app.getByLabel('Address of your page').fill(address);
  const [popup] = await Promise.all([
    app.context().waitForEvent('page'),
    app.getByRole('button', { name: 'Open it' }).click(),
  ]);
  await app.getByRole('button', { name: 'Allow', exact: true }).click();
  return popup;
}

async function probed(browser: Browser, address: string): Promise<unknown> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address);
  const told = await page.evaluate(`(${probe})()`);
  await context.close();
  return told;
}

test('a page finds nothing of the tap in the interfaces of WebRTC or in its connections', async ({
  realBrowser,
  server,
}) => {
  const files = { '/tapped': head(server.url), '/bare': '<!doctype html><title>bare</title>' };
  await withSite(files, async ({ url }) => {
    const bare = await probed(realBrowser, `${url}/bare`);
    const tapped = await probed(realBrowser, `${url}/tapped`);
    expect(Object.keys(bare as object).length).toBeGreaterThan(60);
    expect(tapped).toEqual(bare);
  });
});

/** Two ends in one page: what it sees itself is in `seen`. */
const CALL = `<script>
  var seen = [];
  async function call(configuration) {
    const [a, b] = [new RTCPeerConnection(configuration), new RTCPeerConnection()];
    for (const [name, pc, other] of [['a', a, b], ['b', b, a]]) {
      for (const state of ['signalingState', 'iceConnectionState', 'connectionState', 'iceGatheringState'])
        pc.addEventListener(state.toLowerCase() + 'change', () => seen.push([name, state, pc[state]]));
      pc.onicecandidate = ({ candidate }) => {
        if (candidate) seen.push([name, 'candidate', candidate.candidate]);
        if (candidate) other.addIceCandidate(candidate);
      };
    }
    const channel = a.createDataChannel('chat');
    const open = new Promise((done) => (channel.onopen = done));
    await a.setLocalDescription();
    seen.push(['a', 'offer', a.localDescription.sdp.split('\\r\\na=candidate')[0]]);
    await b.setRemoteDescription(a.localDescription);
    await b.setLocalDescription();
    await a.setRemoteDescription(b.localDescription);
    await open;
    channel.send('hello');
    window.ends = [a, b];
  }
</script>`;

test('what a page shows is what it sees itself, over two reloads; no password leaves it', async ({
  realBrowser,
  server,
}) => {
  const password = 'tulip-3141-password';
  const called = `<script>call({ iceServers: [{ urls: 'turn:127.0.0.1:${server.stunPort}', username: 'ann', credential: '${password}' }] })</script>`;
  await withSite({ '/': head(server.url, CALL + called) }, async ({ url }) => {
    const sent: string[] = [];
    const { app, complaints } = await openViewer(realBrowser, server.url);
    const popup = await attach(app, url);
    popup.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
    const rows = app.getByRole('list', { name: 'Connections' }).getByRole('button');
    await expect(rows.first()).toContainText('1 with 2');
    await expect(rows.first()).toContainText('connected over');
    for (const count of [2, 3]) {
      await popup.reload();
      await expect(rows).toHaveCount(count);
      await expect(rows.last()).toContainText('connected over');
    }
    const seen = await popup.evaluate(() => (window as unknown as { seen: string[][] }).seen);
    const text = await savedFile(app, 'Save session');
    const read = readSession(text);
    const events = read.ok ? read.value.events : [];
    const own = (peer: string) => events.filter((event) => event.peer === peer);
    expect(told(own('5'))).toEqual(seen.filter(([name]) => name === 'a').map(([, ...rest]) => rest));
    expect(told(own('6'))).toEqual(seen.filter(([name]) => name === 'b').map(([, ...rest]) => rest));
    expect(own('1').some(({ type }) => type === ':peer.gone')).toBe(true);
    expect(text).not.toContain(password);
    expect(text).toContain(`turn:127.0.0.1:${server.stunPort}`);
    expect(sent.filter((one) => !one.startsWith(url) && !one.startsWith(`${server.url}tap.js`))).toEqual([]);
    expect(complaints).toEqual([]);
    await app.context().close();
  });
});

const STATES: Readonly<Record<string, string>> = {
  onsignalingstatechange: 'signalingState',
  oniceconnectionstatechange: 'iceConnectionState',
  onconnectionstatechange: 'connectionState',
  onicegatheringstatechange: 'iceGatheringState',
};

/** The events of one connection in the words of the page above. */
function told(events: readonly { readonly type: string; readonly value: unknown }[]): string[][] {
  return events.flatMap(({ type, value }) => {
    if (STATES[type]) return [[STATES[type], String(value)]];
    const { candidate, sdp } = (value ?? {}) as { candidate?: string; sdp?: string };
    if (type === 'onicecandidate' && candidate !== undefined) return [['candidate', candidate]];
    if (type === 'setLocalDescriptionOnSuccess' && sdp && (value as { type: string }).type === 'offer')
      return [['offer', sdp.split('\r\na=candidate')[0]!]];
    return [];
  });
}
