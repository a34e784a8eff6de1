import type { Page } from '@playwright/test';
import { readSession } from '../../src/core/session/codec.ts';
import { launchBrowser } from '../support/browsers.ts';
import {
  connectionStates,
  described,
  expect,
  grown,
  keepConnections,
  realStates,
  savedSession,
  test,
} from './app.ts';
import { agree, connected, heading, invitation, settled, talk, toTheEnd } from './meeting.ts';

/** The first tab, in a room of its own; and the second, opened from it. */
async function twoTabs(first: Page): Promise<Page> {
  await first.getByText('Another tab').click();
  await expect(heading(first, 'Waiting for the other tab')).toBeVisible();
  const opened = first.context().waitForEvent('page');
  await first.getByRole('button', { name: 'Open the second tab' }).click();
  const second = await opened;
  await connected(second);
  await connected(first);
  return second;
}

const who = (page: Page) => page.getByRole('list', { name: 'Who is here' });

test('two tabs: each shows both ends as both browsers report them, also after a reload', async ({ app }) => {
  const second = await twoTabs(app);
  await expect(who(app)).toHaveText(/A this tab .*B the other tab/);
  await expect(who(second)).toHaveText(/A the other tab .*B this tab/);
  const real = await settled([app, second]);
  await agree(app, real);
  await agree(second, real);
  await talk(app, second, 'grüß dich');
  await talk(second, app, 'und dich');

  // A third finds both seats taken, and disturbs nobody.
  const third = await app.context().newPage();
  await third.goto(await invitation(app));
  await expect(heading(third, 'The room is full')).toBeVisible({ timeout: 10_000 });
  await third.close();

  // What others write on the channel is no message of ours.
  await second.evaluate(() => {
    const room = new URLSearchParams(location.hash.split('?')[1]).get('room');
    const channel = new BroadcastChannel(`icescope-room/${room}`);
    const life = 'x'.repeat(22);
    for (const junk of [
      null,
      'hello',
      { icescope: 1, life, note: 'here', seat: 'C', ask: true },
      { icescope: 1, life, note: 'letter', number: 1, text: 'not from a neighbour' },
      { icescope: 1, life: 7, note: 'got', number: 1 },
      { icescope: 1, life, note: '__proto__' },
    ])
      channel.postMessage(junk);
    channel.close();
  });
  await talk(second, app, 'still here');

  await second.reload();
  await connected(second);
  await connected(app);
  await expect(who(second)).toHaveText(/A the other tab .*B this tab/);
  const again = await settled([app, second]);
  await agree(app, again);
  await agree(second, again);

  // What the tab that goes still says reaches the other one in Firefox, and not in Chromium: it is closed either way.
  await second.goto('about:blank');
  await expect(heading(app, 'The other tab has left')).toBeVisible({ timeout: 10_000 });
  await expect(app.getByText('what this tab did not hear of that is inferred')).toBeVisible();
  await toTheEnd(app);
  await expect
    .poll(() => described(app, 'States'))
    .toMatch(/B: signalingState closed, .* connectionState closed\./);
  const states = await described(app, 'States');
  const saved = readSession(await savedSession(app));
  const told = saved.ok ? saved.value.events.filter(({ peer }) => peer === 'B') : [];
  expect(states.includes('B’s page went away, so this is inferred.')).toBe(
    told.at(-1)?.type === ':peer.gone',
  );
});

test('two tabs that open at once sit at A and B; the one that closes its end can connect again', async ({
  app,
}) => {
  await app.getByText('Another tab').click();
  await expect(heading(app, 'Waiting for the other tab')).toBeVisible();
  const address = (await invitation(app)).replace(/room=.{4}/, 'room=AAAA');
  const pages = await Promise.all([app.context().newPage(), app.context().newPage()]);
  await Promise.all(pages.map((page) => page.goto(address)));
  for (const page of pages) await connected(page);
  const seats = await Promise.all(pages.map((page) => who(page).textContent()));
  expect(seats.map((text) => /(\w) this tab/.exec(text!)![1]).sort()).toEqual(['A', 'B']);

  await pages[0]!.getByRole('button', { name: 'Disconnect' }).click();
  await expect(heading(pages[0]!, 'Disconnected')).toBeVisible();
  await expect(heading(pages[1]!, 'The connection is over')).toBeVisible({ timeout: 20_000 });
  await pages[1]!.getByRole('button', { name: 'Connect again' }).click();
  for (const page of pages) await connected(page);
  await talk(pages[0]!, pages[1]!, 'again');
});

test('crossing offers: perfect negotiation rolls B back, a lost offer is told of; naive code is refused', async ({
  app,
}) => {
  const second = await twoTabs(app);
  await settled([app, second]);
  await app.getByRole('button', { name: 'Both offer at once' }).click();
  await settled([app, second]);
  for (const page of [app, second]) {
    await toTheEnd(page);
    await expect.poll(() => described(page, 'Descriptions')).toMatch(/rolled back/);
  }
  expect((await realStates(app, 1))[0]!.signaling).toBe('stable');
  await talk(app, second, 'after the collision');

  for (const page of [app, second]) await page.getByLabel('When offers cross').selectOption('naive');
  await second.getByRole('button', { name: 'Both offer at once' }).click();
  await expect(app.getByRole('list', { name: 'The calls' })).toContainText('✕', { timeout: 15_000 });

  // Perfect negotiation does not help where the offer of the impolite side is lost: the panel says so.
  for (const page of [app, second]) await page.getByLabel('When offers cross').selectOption('perfect');
  await app.getByRole('button', { name: 'Connect again' }).click();
  await settled([app, second]);
  await app.getByRole('button', { name: 'Levers on the signalling' }).click();
  const impairments = app.getByRole('region', { name: 'Levers on the signalling' });
  await impairments.getByRole('button', { name: 'A to B' }).click();
  await impairments.getByRole('button', { name: 'Offers' }).click();
  await impairments.getByRole('slider', { name: 'Drop' }).fill('1');
  await app.getByRole('button', { name: 'Both offer at once' }).click();
  const done = app.getByRole('region', { name: 'What it has done so far' });
  await expect(done).toContainText('A ignores the offer of B, while its own is lost.');
  expect((await realStates(app, 1))[0]!.signaling).toBe('have-local-offer');
  await talk(app, second, 'over the way from before');
});

// Freezing a page, and the back-forward cache, are driven by Chromium’s own protocol and switches.
test('a frozen tab keeps its seat, and one in the back-forward cache comes back to it @chromium', async ({
  server,
}) => {
  const browser = await launchBrowser('chromium', { backForwardCache: true });
  const context = await browser.newContext();
  await context.addInitScript(keepConnections);
  const first = await context.newPage();
  await first.goto(server.url);
  const second = await twoTabs(first);
  const protocol = await context.newCDPSession(second);
  await protocol.send('Page.setWebLifecycleState', { state: 'frozen' });
  await first.waitForTimeout(3000);
  await expect(heading(first, /^Connected/)).toBeVisible();
  await protocol.send('Page.setWebLifecycleState', { state: 'active' });
  await talk(first, second, 'good morning');

  await first.close();
  await expect(heading(second, 'The other tab has left')).toBeVisible({ timeout: 10_000 });
  const address = await invitation(second);
  // The driver does not follow a page through the cache, so that page tells by itself that it came back.
  await second.evaluate(() =>
    addEventListener('pageshow', ({ persisted }) => {
      new BroadcastChannel('test').postMessage({ persisted });
    }),
  );
  await second.goto(`${server.url}healthz`);
  const newcomer = await context.newPage();
  await newcomer.goto(address);
  await expect(who(newcomer)).toHaveText(/A this tab/);
  const told = newcomer.evaluate(
    () => new Promise((heard) => (new BroadcastChannel('test').onmessage = ({ data }) => heard(data))),
  );
  await second.goBack({ timeout: 3000 }).catch(() => null);
  expect(await told).toEqual({ persisted: true });
  await connected(newcomer);
  await expect(who(newcomer)).toHaveText(/A this tab .*B the other tab/);
  expect(await connectionStates(newcomer)).toEqual(['connected']);
  await browser.close();
});

// Firefox asks no STUN or TURN server on loopback; the joining of packets is the same code in each.
test('through our own TURN, each tab sees the packets of both ends @chromium', async ({ app }) => {
  const second = await app.context().newPage();
  await second.goto(app.url());
  for (const page of [app, second]) await page.getByLabel('Ways allowed').selectOption('relay');
  await app.getByText('Another tab').click();
  await expect(heading(app, 'Waiting for the other tab')).toBeVisible();
  await second.evaluate((address) => location.assign(address), await invitation(app));
  await connected(second);
  await connected(app);
  for (const page of [app, second]) await grown(page);
  for (const page of [app, second]) {
    await toTheEnd(page);
    expect(await described(page, 'Packets')).toMatch(
      /^\d{2,} packets so far, seen by our own STUN\/TURN server.* [AB]’s relay to [AB]’s relay /,
    );
  }
});
