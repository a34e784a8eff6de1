import type { Page } from '@playwright/test';
import { readSession } from '../../src/core/session/codec.ts';
import { fourConnections } from '../support/sessions.ts';
import {
  connectionStates,
  described,
  expect,
  type RealState,
  realStates,
  savedSession,
  test,
  grown,
  lengthOf,
  recorded,
} from './app.ts';

const TITLES = ['Paths', 'Ladder', 'States', 'Gathering', 'Pairs', 'Descriptions', 'Timeline'];
const LETTERS = ['A', 'B'];

async function connect(page: Page): Promise<RealState[]> {
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByRole('heading', { name: /^Connected in \d+ ms$/ })).toBeVisible({ timeout: 30_000 });
  await expect
    .poll(async () => (await realStates(page)).map((state) => [state.gathering, state.connection]), {
      timeout: 30_000,
    })
    .toEqual([
      ['complete', 'connected'],
      ['complete', 'connected'],
    ]);
  // The slower readings of getStats must have seen the end of it too.
  await grown(page);
  await toTheEnd(page);
  return realStates(page);
}

async function toTheEnd(page: Page): Promise<void> {
  const pause = page.getByRole('button', { name: 'Pause', exact: true });
  if (await pause.count()) await pause.click();
  await page.getByRole('slider', { name: 'Time' }).focus();
  await page.keyboard.press('End');
}

test('connects, and every diagram says what the connections themselves report', async ({ app }) => {
  const real = await connect(app);

  const states = await described(app, 'States');
  for (const [index, { signaling, gathering, ice, dtls, connection }] of real.entries()) {
    expect(states).toContain(
      `${LETTERS[index]}: signalingState ${signaling}, iceGatheringState ${gathering}, iceConnectionState ${ice}, ` +
        `RTCDtlsTransport.state ${dtls}, connectionState ${connection}.`,
    );
  }

  const gathering = await described(app, 'Gathering');
  for (const { candidates } of real) {
    expect(candidates.length).toBeGreaterThan(0);
    for (const candidate of candidates) {
      const [type, port] = candidate.split(' ');
      expect(gathering).toMatch(new RegExp(`${type} (?:udp|tcp) \\S+:${port}\\b`));
    }
  }

  const pairs = await described(app, 'Pairs');
  const paths = await described(app, 'Paths');
  for (const { selected } of real) {
    expect(pairs).toMatch(
      new RegExp(`local \\w+ \\w+ \\S+:${selected!.local}, remote \\w+ \\w+ \\S+:${selected!.remote}\\b`),
    );
    expect(paths).toContain(String(selected!.local));
    expect(paths).toContain(String(selected!.remote));
  }

  const descriptions = await described(app, 'Descriptions');
  expect(descriptions).toMatch(/offer/);
  expect(descriptions).toMatch(/answer/);
  expect(await described(app, 'Ladder')).toMatch(/\d+ calls?/);
  expect(await described(app, 'Timeline')).toMatch(/\d/);
});

test('carries a message over the data channel, and measures the way there and back', async ({ app }) => {
  await connect(app);
  await app.getByRole('textbox', { name: 'Message' }).fill('grüß dich');
  await app.getByRole('button', { name: 'Send to B' }).click();
  await expect(app.getByRole('list', { name: 'Messages' })).toContainText('sent “grüß dich”');
  await expect(app.getByRole('list', { name: 'Messages' })).toContainText('11 bytes');
  await app.getByRole('button', { name: 'Measure the way there and back' }).click();
  await expect(app.getByText(/^\d+\.\d\d ms$/)).toBeVisible();
});

test('saves a session that opens as it was', async ({ app }) => {
  await connect(app);
  await app.getByRole('button', { name: 'Disconnect' }).click();
  await recorded(app);
  await toTheEnd(app);
  const before: string[] = [];
  for (const title of TITLES) before.push(await described(app, title));
  const text = await savedSession(app);
  expect(readSession(text).ok).toBe(true);
  expect(text).toMatch(/^RTCStatsDump\n\{"fileFormat":3/);

  await app.reload();
  await app
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'saved.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
  await expect(app.getByRole('heading', { name: 'A recorded session' })).toBeVisible();
  await toTheEnd(app);
  for (const [index, title] of TITLES.entries())
    expect(await described(app, title), title).toBe(before[index]);
});

// What is chosen is the same code in both browsers.
test('a recording of four connections: two at a time, and saved whole @chromium', async ({ app }) => {
  const text = fourConnections();
  await app
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'four.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
  const chooser = app.getByLabel(/This recording holds 4 connections/);
  await expect(chooser.locator('option')).toHaveText(['A with B', 'C with D']);
  await toTheEnd(app);
  const first = await described(app, 'Timeline');
  await chooser.selectOption('C with D');
  await toTheEnd(app);
  await expect.poll(() => described(app, 'Timeline')).not.toBe(first);
  const saved = await savedSession(app);
  expect(saved).toBe(text);
});

test('says why when only relays are allowed and there is none', async ({ app }) => {
  await quickPatience(app);
  await app.getByLabel('Ways allowed').selectOption('relay');
  await app.getByText('More', { exact: true }).click();
  await app.getByLabel(/ICE servers/).fill('turn:127.0.0.1:40009 nobody nothing');
  await app.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(app.getByRole('heading', { name: 'It did not connect' })).toBeVisible({ timeout: 20_000 });
  await expect(app.getByText(/no TURN server gave one|ICE failed|40 seconds/)).toBeVisible();
  await toTheEnd(app);
  const [a] = await realStates(app);
  expect(await described(app, 'States')).toContain(`connectionState ${a!.connection}`);
});

/** Chromium goes on asking a server that is not there for longer than the page has patience: here its 40 s are 5. */
const quickPatience = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const wait = window.setTimeout;
    window.setTimeout = ((run: () => void, ms?: number) =>
      wait(run, ms === 40_000 ? 5000 : ms)) as typeof setTimeout;
  });

test('tells a wrong server list by its line', async ({ app }) => {
  await app.getByText('More', { exact: true }).click();
  await app.getByLabel(/ICE servers/).fill('stun:127.0.0.1\nhttp://example.org');
  await app.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(app.getByText(/not the URL of an ICE server.*line 2/)).toBeVisible();
});

test('renegotiates with media, restarts ICE, rolls back, and closes', async ({ app }) => {
  await connect(app);
  const before = await realStates(app);
  await app.getByLabel('audio').check();
  await app.getByRole('button', { name: 'Renegotiate' }).click();
  await expect.poll(() => described(app, 'Descriptions')).toMatch(/2/);
  await app.getByRole('button', { name: 'Restart ICE' }).click();
  await expect
    .poll(async () => (await realStates(app))[0]!.candidates.join(), { timeout: 20_000 })
    .not.toBe(before[0]!.candidates.join());
  await expect
    .poll(() => described(app, 'Pairs'), { timeout: 20_000 })
    .toMatch(/A, .* more of before the ICE restart\./);
  await app.getByRole('button', { name: 'Offer, then roll back' }).click();
  await expect.poll(async () => (await realStates(app))[0]!.signaling).toBe('stable');
  await app.getByRole('button', { name: 'Disconnect' }).click();
  await expect.poll(() => described(app, 'States')).toContain('A: signalingState closed');
  expect(await connectionStates(app)).toEqual(['closed', 'closed']);
});

test('by hand: the lit steps lead to a connection, and an illegal call is explained', async ({ app }) => {
  await app.getByRole('button', { name: /^Do it by hand/ }).click();
  await app.getByRole('button', { name: /^createAnswer on B/ }).click();
  await expect(app.getByRole('heading', { name: 'The browser refused' })).toBeVisible();
  await expect(app.getByText(/There is nothing to answer/)).toBeVisible();
  await expect(app.locator('.said')).toContainText('InvalidStateError');

  const next = app.locator('button[aria-label$="the next step"]').first();
  const made = app.getByText('You made every call yourself');
  while (!(await made.isVisible())) {
    await expect(next.or(made).first()).toBeVisible({ timeout: 15_000 });
    if (await made.isVisible()) break;
    // A call that is made shows in the recording; pressed twice it would be made twice.
    const before = await lengthOf(app);
    await next.click();
    await expect.poll(() => lengthOf(app)).toBeGreaterThan(before);
  }
  expect((await realStates(app)).map(({ connection }) => connection)).toEqual(['connected', 'connected']);
});

test('steps back to the start and forward again through the same pictures', async ({ app }) => {
  await connect(app);
  // What is still recorded may grow between two pictures: the recording is ended first.
  await app.getByRole('button', { name: 'Disconnect' }).click();
  const slider = app.getByRole('slider', { name: 'Time' });
  await recorded(app);
  await slider.focus();
  await app.keyboard.press('End');
  // The keys are pressed in the page: asking for each picture from outside takes longer than drawing it.
  const { steps, other } = await slider.evaluate(async (control) => {
    const press = async (key: string): Promise<void> => {
      control.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      await new Promise(requestAnimationFrame);
    };
    // Svelte adds and removes classes one by one: their order tells which were there before, and nothing that is seen.
    const sorted = (_: string, classes: string) => `class="${classes.split(' ').sort().join(' ')}"`;
    const picture = () =>
      document.querySelector('[data-diagram=paths] svg')!.outerHTML.replace(/class="([^"]*)"/g, sorted);
    const seen: string[] = [];
    while (control.getAttribute('aria-valuenow') !== '0') {
      seen.push(picture());
      await press('ArrowLeft');
    }
    const other: number[] = [];
    for (const [step, before] of [...seen.entries()].reverse()) {
      await press('ArrowRight');
      if (picture() !== before) other.push(step);
    }
    return { steps: seen.length, other };
  });
  expect(steps, 'events of a connection').toBeGreaterThan(50);
  expect(other, 'steps from the end that look different').toEqual([]);
  await app.keyboard.press('Home');
  await expect(slider).toHaveAttribute('aria-valuenow', '0');
});
