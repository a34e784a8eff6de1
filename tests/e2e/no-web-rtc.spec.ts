/** A browser whose WebRTC a policy or an extension has taken away: told at once, and what works without it works. */
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { button } from './lesson-page.ts';

const TOLD = 'This browser has no WebRTC';

async function openWithout(page: Page, address: string): Promise<void> {
  await page.addInitScript(() => void Reflect.deleteProperty(window, 'RTCPeerConnection'));
  // A page that is left while its font loads is an error to Firefox.
  await page.evaluate(async () => void (await document.fonts.ready));
  await page.goto('about:blank');
  await page.goto(address);
}

for (const path of [
  '',
  '?room=k7p2-4f6x-9m3q&by=tabs',
  'j',
  'debug',
  'learn/two-peers-meet',
  'learn/offer-answer',
])
  test(`without WebRTC it is told on #/${path}, and nothing is offered that needs it`, async ({
    app,
    server,
  }) => {
    await openWithout(app, `${server.url}#/${path}`);
    await expect(app.getByText(TOLD)).toBeVisible();
    for (const name of ['Connect', 'Test servers', 'Write an offer', 'createOffer on A'])
      await expect(button(app, name), name).toHaveCount(0);
  });

test('without WebRTC recordings play, and a lesson of recordings is played', async ({ app, server }) => {
  await openWithout(app, server.url);
  await button(app, 'through a relay').click();
  await expect(app.getByRole('figure', { name: 'Paths' })).toBeVisible();
  await button(app, 'Step forward').click();
  await app.goto(`${server.url}#/learn/where-am-i`);
  await app.getByRole('textbox', { name: 'Address of A' }).fill('10.1.0.2');
  await button(app, 'Check').click();
  await expect(button(app, /^Next/)).toBeVisible();
  await expect(app.getByText(TOLD)).toHaveCount(0);
});

test('without WebRTC a step that has a recording offers it', async ({ app, server }) => {
  await openWithout(app, `${server.url}#/learn/stun`);
  await expect(app.getByText(TOLD)).toBeVisible();
  await button(app, 'Open the recording').click();
  await expect(app.getByText('This is a recording of real browsers')).toBeVisible();
});
