/**
 * The Debug page tests real servers: coturn set up right, and wrong in each way that people meet. All of them stand in one
 * run of the page, side by side, since silence takes ten seconds.
 */
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import { launchBrowser } from '../support/browsers.ts';
import { coturnInstalled, SECRET, type Wrong, WrongServers } from '../support/wrong-servers.ts';
import { expect, test as base, watch } from './app.ts';

const test = base.extend<{ debug: Page }, { wrong: WrongServers; loopback: Browser }>({
  wrong: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern
    async ({}, use) => {
      const wrong = await new WrongServers().start();
      await use(wrong);
      await wrong.close();
    },
    { scope: 'worker' },
  ],
  loopback: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern
    async ({}, use, { project }) => {
      const browser = await launchBrowser(project.name as 'chromium' | 'firefox', { loopbackServers: true });
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  debug: async ({ loopback, server }, use) => {
    const context = await loopback.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const complaints: string[] = [];
    watch(page, server.url, complaints);
    await page.goto(`${server.url}#/debug`);
    await expect(page.getByRole('textbox', { name: 'ICE servers' })).toBeVisible();
    await use(page);
    await context.close();
    // Firefox writes into the console that a connection found no way: here that is what is tested.
    expect(complaints.filter((line) => !line.includes('ICE failed'))).toEqual([]);
  },
});

test.skip(!coturnInstalled, 'coturn is not installed: what it answers when it is set up wrong is not seen');

/** What the row says, and what the finding of its server begins with; null where there is none. */
interface Expected {
  readonly row: RegExp;
  readonly finding: string | null;
}

const EXPECTED: Readonly<Record<Wrong, Expected>> = {
  stun: { row: /UDP\s+\d.*\S:\d+.*not in this URL.*not its job/, finding: null },
  stun6: { row: /UDP\s+not in this URL.*\[[0-9a-f:]+\]:\d+.*not its job/, finding: null },
  udp: { row: /UDP.*127\.0\.0\.1:\d+.* ms.*50 of 50 came back/, finding: null },
  tcp: { row: /TCP.*127\.0\.0\.1:\d+.* ms.*50 of 50 came back/, finding: null },
  'bad-password': {
    row: /UDP.*401.*password refused.*not proven/,
    finding: 'refuses the user name or the password',
  },
  'bad-password-tcp': { row: /TCP.*401.*password refused/, finding: 'refuses the user name or the password' },
  expired: { row: /401.*password has run out/, finding: 'refuses the password: it has run out' },
  quota: { row: /486.*quota reached/, finding: 'has no lease left for this user' },
  'denied-peer': {
    row: /127\.0\.0\.1:\d+.*not proven.*nothing came back/,
    finding: 'leases a relay that lets no data through',
  },
  'wrong-realm': { row: /401.*password refused/, finding: 'refuses the user name or the password' },
  'self-signed': { row: /TLS.*701.*no TLS connection/, finding: 'takes no TLS connection' },
  'closed-tcp': { row: /TCP.*701.*no connection/, finding: 'takes no TCP connection' },
  'closed-udp': { row: /UDP.*no answer in 1\d s/, finding: 'is silent over UDP' },
  silent: { row: /UDP.*no answer in 1\d s/, finding: 'is silent over UDP' },
  'no-such-name': { row: /701.*no such name.*701.*no such name/, finding: 'is a name that nobody knows' },
  'udp-blocked': { row: /UDP.*no answer in 1\d s/, finding: 'is silent over UDP, and its TCP answers' },
  'udp-blocked-tcp': { row: /TCP.*127\.0\.0\.1:\d+.*50 of 50 came back/, finding: null },
};

/** No browser tells a page which of several reasons it was: the page has to say so. */
const UNKNOWN: readonly Wrong[] = ['denied-peer', 'self-signed', 'closed-tcp', 'closed-udp', 'silent'];

const fill = (page: Page, text: string): Promise<void> =>
  page.getByRole('textbox', { name: 'ICE servers' }).fill(text);
const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();
const errors = (page: Page) => page.getByRole('list', { name: 'What the errors mean' }).getByRole('listitem');
const ended = (page: Page): Promise<void> =>
  expect(page.getByRole('heading', { name: 'What the errors mean' })).toBeVisible({ timeout: 45_000 });

test('says of each wrong server what is wrong with it, and what can not be known', async ({
  debug,
  wrong,
}) => {
  const ids = Object.keys(EXPECTED) as Wrong[];
  await fill(debug, wrong.text(...ids));
  await press(debug, 'Test servers');
  await expect(debug.getByRole('progressbar', { name: 'Servers tested' })).toBeVisible();
  await ended(debug);
  const rows = debug.getByRole('table', { name: 'ICE servers' }).locator('tbody').getByRole('row');
  await expect(rows).toHaveCount(ids.length);
  for (const [index, id] of ids.entries()) {
    const { row, finding } = EXPECTED[id];
    const text = (await rows.nth(index).innerText()).replace(/\s+/g, ' ');
    expect.soft(text, id).toMatch(row);
    const port = /:(\d+)(\?|$)/.exec(wrong.servers[id].urls[0])?.[1];
    const findings = errors(debug).filter({ hasText: port ? `:${port} ` : 'nowhere.invalid' });
    if (finding) await expect.soft(findings.filter({ hasText: finding }), id).toHaveCount(1);
    if (finding && UNKNOWN.includes(id))
      await expect.soft(findings.filter({ hasText: finding }), id).toContainText('can not be known for sure');
  }
  await expect(debug.getByRole('heading', { level: 1 })).toHaveText(
    'Five of 17 work. One needs a new password. Three need other passwords.',
  );
  await expect(errors(debug).filter({ hasText: 'it has run out' })).toContainText('That was 18 hours ago.');
  const { violations } = await new AxeBuilder({ page: debug }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
});

test('makes the password that coturn takes, and mends the list with it', async ({ debug, wrong }) => {
  await fill(debug, wrong.text('expired'));
  await press(debug, 'Test servers');
  await ended(debug);
  await expect(debug.getByRole('heading', { level: 1 })).toHaveText(
    'It does not work. It needs a new password.',
  );
  await debug.getByLabel('Secret').fill(SECRET);
  await expect(debug.getByRole('textbox', { name: 'Name' })).toHaveValue('ann');
  await press(debug, 'Use it and test again');
  await expect(debug.getByRole('heading', { level: 1 })).toHaveText('It works.', { timeout: 30_000 });
  await expect(debug.getByRole('table', { name: 'ICE servers' })).toContainText('50 of 50 came back');
  expect(await debug.getByRole('textbox', { name: 'ICE servers' }).inputValue()).not.toContain(SECRET);

  await press(debug, 'Look at it first');
  const report = await debug.locator('pre').innerText();
  const password = (await debug.getByRole('textbox', { name: 'ICE servers' }).inputValue()).split(' ')[2]!;
  expect(report).toContain('It works.');
  expect(report).not.toContain(password);
  expect(report).not.toContain('ann');
});

// One browser is enough: keys, reading of what was pasted and stopping are the same code in each.
test('takes a whole configuration, stops when asked, and says what it can not read @chromium', async ({
  debug,
  wrong,
}) => {
  await fill(debug, 'turn:turn.example.net');
  await debug.keyboard.press('Control+Enter');
  await expect(debug.getByRole('alert')).toContainText('needs a user name and a password');
  const iceServers = [wrong.servers.udp, wrong.servers.silent];
  await fill(debug, `const pc = new RTCPeerConnection(${JSON.stringify({ iceServers })});`);
  await debug.keyboard.press('Control+Enter');
  await expect(debug.getByRole('table', { name: 'ICE servers' })).toContainText('50 of 50 came back');
  await press(debug, 'Stop');
  await ended(debug);
  await expect(debug.getByRole('table', { name: 'ICE servers' })).toContainText('stopped');
  await expect(debug.getByRole('heading', { level: 1 })).toContainText('One of two works.');

  // What was gathered is on the stage, URL by URL, as the table told it; and the test is there when one comes back.
  const relayed = /127\.0\.0\.1:\d+/.exec(
    await debug.getByRole('row').filter({ hasText: '50 of 50' }).innerText(),
  )![0];
  await press(debug, 'Open as a session');
  await expect(debug.getByRole('tab', { name: 'Gathering' })).toHaveAttribute('aria-selected', 'true');
  await expect(debug.getByRole('figure', { name: 'Gathering' })).toContainText(relayed);
  await debug.goBack();
  await expect(debug.getByRole('heading', { level: 1 })).toContainText('One of two works.');
});

// One browser is enough: Firefox asks our server on loopback only with the setting that this browser has anyway.
test('tests the server of this machine with one click @chromium', async ({ debug }) => {
  await press(debug, 'Test this machine’s own');
  await expect(debug.getByRole('heading', { level: 1 })).toHaveText('All three work.', { timeout: 30_000 });
  await expect(debug.getByText('No error.')).toBeVisible();
  await expect(debug.getByText('No NAT on this way')).toBeVisible();
});
