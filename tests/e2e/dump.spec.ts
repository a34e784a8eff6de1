/** Dumps of other programs, from wherever they come to the stage. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { readSession, writeSession } from '../../src/core/session/codec.ts';
import { SAMPLES } from '../core/importers/samples.ts';
import { expect, savedSession, test } from './app.ts';

const recording = readFileSync(new URL('../../src/public/recordings/no-way.txt', import.meta.url), 'utf8');
const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

/** What one end of a recording would have saved by itself. */
function endOf(peer: string): string {
  const read = readSession(recording);
  if (!read.ok) throw new Error(read.error.message);
  const events = read.value.events.filter(
    (event) => event.type === ':session' || (event.peer === peer && !event.type.startsWith(':')),
  );
  return writeSession(events.map((event, index) => ({ ...event, id: `${event.peer}:${index}` })) as never);
}

async function opened(page: Page, name: string): Promise<void> {
  const list = page.getByRole('list', { name: 'Connections' });
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await expect(page.getByText(name)).toBeVisible();
  await expect(page.getByRole('figure', { name: 'Paths' })).toBeVisible();
}

test('a dump is opened on Debug, saved with a word of what is in it, and its other end is added', async ({
  app,
}) => {
  await app.goto(`${app.url()}#/debug`);
  await app.getByRole('radio', { name: 'A dump' }).check({ force: true });
  await app.getByLabel('Open a dump').setInputFiles(file('a.txt', endOf('A')));
  await opened(app, 'a.txt');
  await savedSession(app);
  await expect(app.getByRole('status').filter({ hasText: 'ICE user names and passwords' })).toBeVisible();
  await app.getByLabel('Add the other end’s dump').setInputFiles(file('b.txt', endOf('B')));
  await expect(app.getByText('Two ends of one call')).toBeVisible();
  await expect(app.getByText('two dumps · both ends')).toBeVisible();
});

test('what is no dump is told beside what was pressed, and what was open stays', async ({ app }) => {
  await app.goto(`${app.url()}#/debug/dump`);
  await app.getByLabel('Open a dump').setInputFiles(file('a.json', SAMPLES['webrtc-internals']![0]!));
  await opened(app, 'a.json');
  await app.getByLabel('Open a dump').setInputFiles(file('x.har', '{"log":{"entries":[]}}'));
  await expect(app.getByRole('alert')).toContainText('HAR file');
  await opened(app, 'a.json');
});

test('a dump that is opened in Inspect goes to the page for dumps; SDP stays', async ({ app }) => {
  await app.goto(`${app.url()}#/inspect`);
  const input = app.locator('input[type=file]').first();
  await input.setInputFiles(file('o.sdp', SAMPLES['description']![0]!));
  await expect(app.getByRole('list', { name: 'Lines' })).toBeVisible();
  await input.setInputFiles(file('page.html', SAMPLES['firefox-page']![0]!));
  await opened(app, 'page.html');
});

test('a dump that is dropped on any page is opened', async ({ app }) => {
  await app.goto(`${app.url()}#/learn`);
  await expect(app.getByRole('main')).toBeVisible();
  const transfer = await app.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'dropped.txt'));
    return data;
  }, SAMPLES['rtcstats']![0]!);
  await app.dispatchEvent('main', 'drop', { dataTransfer: transfer });
  await opened(app, 'dropped.txt');
});
