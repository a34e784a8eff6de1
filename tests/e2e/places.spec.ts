/** Where Back, Forward and an address lead: each room and each letter is a place of its own. */
import type { Page } from '@playwright/test';
import { expect, keepConnections, test } from './app.ts';
import { connected, heading, invitation, talk } from './meeting.ts';

const claim = (page: Page) => heading(page, 'Watch two browsers find each other');
const waiting = (page: Page) => heading(page, 'Waiting for the other device');
const goTo = (page: Page, hash: string) => page.evaluate((to) => void (location.hash = to), hash);
const back = (page: Page) => page.evaluate(() => history.back());
const forward = (page: Page) => page.evaluate(() => history.forward());

test('Back leads out of a room to the front, Forward into the same room; other ways into it are no places', async ({
  app,
}) => {
  await app.getByText('Another device').click();
  await expect(waiting(app)).toBeVisible();
  const room = await invitation(app);
  await back(app);
  await expect(claim(app)).toBeVisible();
  await expect(app.getByRole('radio', { name: 'This page' })).toBeChecked();
  expect(new URL(await invitation(app)).hash).toMatch(/^(?:#\/)?$/);
  await forward(app);
  await expect(waiting(app)).toBeVisible();
  expect(await invitation(app)).toBe(room);

  await app.getByText('SSE', { exact: true }).click();
  await expect.poll(() => invitation(app)).toBe(room.replace('websocket', 'sse'));
  await app.getByText('Another tab').click();
  await expect(heading(app, 'Waiting for the other tab')).toBeVisible();
  await app.getByText('Another device').click();
  await expect(waiting(app)).toBeVisible();
  await back(app);
  await expect(claim(app)).toBeVisible();

  // To another page and back: the room stands again, and letters by hand are a place beside it.
  await forward(app);
  await expect(waiting(app)).toBeVisible();
  await app.getByText('Copy, paste', { exact: true }).click();
  await expect(heading(app, 'Carry the letters yourself')).toBeVisible();
  await app.getByRole('link', { name: 'Learn', exact: true }).click();
  await expect(app).toHaveTitle('Learn · Icescope');
  await back(app);
  await expect(heading(app, 'Carry the letters yourself')).toBeVisible();
  await back(app);
  await expect(waiting(app)).toBeVisible();
  await app.getByRole('link', { name: 'Connect', exact: true }).click();
  await expect(claim(app)).toBeVisible();
});

test('another room in the address: the tab leaves the first, says so, and Back leads to it again', async ({
  app,
}) => {
  await app.getByText('Another device').click();
  await expect(waiting(app)).toBeVisible();
  const first = await invitation(app);
  const other = await app.context().browser()!.newContext();
  await other.addInitScript(keepConnections);
  const neighbour = await other.newPage();
  await neighbour.goto(first);
  await connected(neighbour);
  await connected(app);

  const second = `#/?room=${'B'.repeat(21)}A&by=sse`;
  await goTo(app, second);
  await expect(waiting(app)).toBeVisible();
  const told = app.getByRole('status').filter({ hasText: 'Waiting for the other device' });
  await expect(told).toContainText(/You have left room [\w-]{4}: this is another one\./);
  await expect(told).toContainText('Room BBBB.');
  await expect(heading(neighbour, 'The other device has left')).toBeVisible({ timeout: 15_000 });
  await goTo(neighbour, second);
  await connected(neighbour);
  await connected(app);
  await talk(app, neighbour, 'in the second room');
  await back(neighbour);
  await back(app);
  await connected(neighbour);
  await connected(app);
  expect(await invitation(app)).toBe(first);
  await other.close();

  // An address that names no room leads into a new one, by the way that it names.
  await goTo(app, '#/?room=short&by=nonsense');
  await expect(told).toContainText('This address names no room, so a new one was made.');
  await expect.poll(() => invitation(app)).toMatch(/#\/\?room=[\w-]{22}&by=websocket$/);
  await back(app);
  await expect.poll(() => invitation(app)).toBe(first);
});
