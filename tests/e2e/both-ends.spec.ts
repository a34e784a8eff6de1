/** What two devices record, carried to each other: by which way, and whether it is the same at both. */
import type { Browser, Page } from '@playwright/test';
import { readSession } from '../../src/core/session/codec.ts';
import type { NewEvent } from '../../src/core/session/event.ts';
import { expect, keepConnections, savedSession, test } from './app.ts';
import { agree, connected, heading, invitation, settled, share, talk } from './meeting.ts';

const OWN = 'icescope-record';

/** Keeps each data channel of the page under its label, and counts the letters that its WebSocket sends and brings. */
function keepChannels(): void {
  const kept: Record<string, RTCDataChannel> = {};
  const count = { letters: 0 };
  Object.assign(window, { keptChannels: kept, roomCount: count });
  const note = (text: unknown) => void (count.letters += String(text).includes('"type":"letter"') ? 1 : 0);
  const RealSocket = window.WebSocket;
  window.WebSocket = class extends RealSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', ({ data }) => note(data));
    }
    override send(data: string): void {
      note(data);
      super.send(data);
    }
  };
  const create = RTCPeerConnection.prototype.createDataChannel;
  RTCPeerConnection.prototype.createDataChannel = function (label, init) {
    return (kept[label] = create.call(this, label, init));
  };
  const Real = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Real {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener('datachannel', ({ channel }) => (kept[channel.label] = channel));
    }
  };
}

type Kept = Window & {
  readonly keptChannels: Record<string, RTCDataChannel>;
  readonly roomCount: { readonly letters: number };
};

const letters = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as Kept).roomCount.letters);

const labels = (page: Page): Promise<string[]> =>
  page.evaluate(() => Object.keys((window as unknown as Kept).keptChannels));

async function sessionOf(page: Page): Promise<readonly NewEvent[]> {
  const read = readSession(await savedSession(page));
  if (!read.ok) throw new Error(read.error.message);
  return read.value.events;
}

/** What an end did, in a word each; how it is told apart from where it stands in time. */
const deeds = (events: readonly NewEvent[], peer: string): string[] =>
  events.flatMap(({ type, peer: who, correlation }) =>
    who === peer && type !== ':peer' ? [`${type} ${correlation ?? ''}`] : [],
  );

/** Two devices in a room, by WebSocket, each with its channels and letters at hand. */
async function twoDevices(app: Page, browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const b = await context.newPage();
  for (const page of [app, b])
    for (const script of [keepConnections, keepChannels]) await page.addInitScript(script);
  await app.reload();
  await app.getByText('Another device').click();
  await expect(heading(app, 'Waiting for the other device')).toBeVisible();
  await b.goto(await invitation(app));
  for (const page of [b, app]) await connected(page);
  return b;
}

test('two devices: records go from end to end, and by the room when the channel closes; none is lost or doubled', async ({
  app,
  realBrowser,
}) => {
  const b = await twoDevices(app, realBrowser);
  expect([await labels(app), await labels(b)]).toEqual([['icescope'], ['icescope']]);

  await share([app, b]);
  expect([await labels(app), await labels(b)]).toEqual([
    ['icescope', OWN],
    ['icescope', OWN],
  ]);
  const real = await settled([app, b]);
  await agree(app, real);
  await agree(b, real);
  await talk(app, b, 'over mine');
  const before = await letters(app);
  expect(before).toBeGreaterThan(10);
  await app.waitForTimeout(3000);
  expect((await letters(app)) - before, 'through the room').toBe(0);

  // Closed by the page itself, as a browser that runs out of something would; then by the connection.
  await b.evaluate((label) => (window as unknown as Kept).keptChannels[label]!.close(), OWN);
  for (const page of [app, b])
    await expect(page.getByRole('region', { name: 'Sharing' })).toContainText('goes by the room');
  await talk(b, app, 'after it');
  for (const page of [app, b]) await page.getByRole('checkbox', { name: /^Share what/ }).uncheck();
  await share([app, b]);
  await app.getByRole('button', { name: 'Restart ICE' }).click();
  await app.waitForTimeout(1500);
  await app.getByRole('button', { name: 'Disconnect' }).click();
  await expect(heading(b, 'The connection is over')).toBeVisible({ timeout: 20_000 });
  await expect.poll(async () => deeds(await sessionOf(b), 'A'), { timeout: 10_000 }).toContain('close ');
  let atA: readonly NewEvent[] = [];
  let atB: readonly NewEvent[] = [];
  await expect(async () => {
    [atA, atB] = [await sessionOf(app), await sessionOf(b)];
    expect(deeds(atB, 'A')).toEqual(deeds(atA, 'A'));
  }).toPass({ timeout: 15_000 });
  // B still reads its statistics; the session of B was saved later.
  const told = deeds(atA, 'B');
  expect(deeds(atB, 'B').slice(0, told.length)).toEqual(told);
  expect(deeds(atB, 'B').length - told.length).toBeLessThan(5);

  // It is in the session as a channel; what went over it is not, or each record would make another.
  const ofOwn = (events: readonly NewEvent[], type: string) =>
    events.filter((event) => event.type === type && JSON.stringify(event.value).includes(OWN)).length;
  for (const events of [atA, atB]) {
    expect(ofOwn(events, 'createDataChannel')).toBe(2);
    expect(ofOwn(events, ':datachannel.state')).toBeGreaterThan(4);
    expect([ofOwn(events, ':data.sent'), ofOwn(events, ':data.received')]).toEqual([0, 0]);
  }
  await b.context().close();
});

test('an end that sends what is no record is refused with a plain word, and its other channel goes on', async ({
  app,
  realBrowser,
}) => {
  const b = await twoDevices(app, realBrowser);
  await share([app, b]);
  const send = (page: Page, text: string) =>
    page.evaluate(([label, text]) => (window as unknown as Kept).keptChannels[label]!.send(text), [
      OWN,
      text,
    ] as const);
  await send(b, '{"meet":"events","of":"rubbish"}');
  await send(b, 'x'.repeat(65_537));
  const sharing = app.getByRole('region', { name: 'Sharing' });
  await expect(sharing.getByRole('alert')).toHaveText(
    'The other side’s recording is not taken any more: a message of 65,537 characters came, and 65,536 are the most. To begin anew, connect again.',
  );
  const taken = (await sessionOf(app)).filter(({ peer }) => peer === 'B').length;
  await talk(b, app, 'still here');
  await app.waitForTimeout(1500);
  expect((await sessionOf(app)).filter(({ peer }) => peer === 'B')).toHaveLength(taken);
  await app.getByRole('button', { name: 'Connect again' }).click();
  for (const page of [app, b]) await connected(page);
  await expect(sharing).toContainText('over a data channel of Icescope’s own', { timeout: 10_000 });
  await b.context().close();
});
