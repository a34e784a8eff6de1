/** Pages in WebKit, which has no WebRTC here: the front page, recordings on every diagram, lessons of recordings, Inspect. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIAGRAMS } from '../../src/app/diagrams/index.ts';
import { type RunningServer, startServer } from '../../src/server/main.ts';
import { type WebKit, isWebKitThere, openWebKit } from './webkit.ts';

declare global {
  interface Window {
    complaints: string[];
  }
}

let server: RunningServer;
let webkit: WebKit;

beforeAll(async () => {
  if (!isWebKitThere) return;
  server = await startServer({ port: 0, stunPort: 0 });
  webkit = await openWebKit();
});
afterAll(async () => {
  await webkit?.close();
  await server?.close();
});

/** Opens a page and keeps what goes wrong in it from then on. */
async function open(path: string): Promise<void> {
  await webkit.open('about:blank');
  await webkit.open(`${server.url}#/${path}`);
  await webkit.run(() => {
    window.complaints = [];
    addEventListener('error', ({ message }) => window.complaints.push(message));
    addEventListener('unhandledrejection', ({ reason }) => window.complaints.push(String(reason)));
    console.error = (...words: unknown[]) => void window.complaints.push(words.join(' '));
  });
}

/** Until the page says so: each question is a round trip, which is wait enough. */
async function until(what: string, is: (argument: string) => boolean, argument = ''): Promise<void> {
  for (let tries = 0; tries < 2000; tries++) if (await webkit.run(is, argument)) return;
  throw new Error(`${what}: ${await webkit.run(() => document.body.innerText)}`);
}

const says = (text: string) =>
  until(`the page says “${text}”`, (wanted) => document.body.innerText.includes(wanted), text);

async function press(name: string): Promise<void> {
  const isThere = (wanted: string) =>
    [...document.querySelectorAll<HTMLElement>('button, [role=tab], a')].some(
      (one) => (one.getAttribute('aria-label') ?? one.innerText).trim() === wanted,
    );
  await until(`there is a button “${name}”`, isThere, name);
  await webkit.run((wanted) => {
    const all = [...document.querySelectorAll<HTMLElement>('button, [role=tab], a')];
    all.find((one) => (one.getAttribute('aria-label') ?? one.innerText).trim() === wanted)!.click();
  }, name);
}

const complaints = () => webkit.run(() => window.complaints);

describe.skipIf(!isWebKitThere)('in WebKit', () => {
  it('has no WebRTC, and the front page says so with what works', async () => {
    expect(await webkit.run(() => typeof RTCPeerConnection)).toBe('undefined');
    await open('');
    await says('This browser has no WebRTC');
    expect(await complaints()).toEqual([]);
  });

  it('plays a recording on every diagram', async () => {
    await open('');
    await press('through a relay');
    for (const { title } of DIAGRAMS.all.filter(({ id }) => id !== 'timeline')) {
      await press(title);
      await until(
        `${title} is drawn`,
        (name) => document.querySelector(`figure[aria-label="${name}"] [data-description]`) !== null,
        title,
      );
      await press('Step back');
      await press('Step forward');
    }
    expect(await complaints()).toEqual([]);
  });

  it.each(['where-am-i', 'nat-kinds'])('shows lesson %s, whose steps are recordings', async (slug) => {
    await open(`learn/${slug}`);
    await press('Step forward');
    await press('Hint');
    expect(await webkit.run(() => document.body.innerText.includes('has no WebRTC'))).toBe(false);
    expect(await complaints()).toEqual([]);
  });

  it('explains an SDP, with its tokens and links', async () => {
    await open('inspect');
    await until(
      'there is a box to paste into',
      () => document.querySelector('textarea, .cm-content') !== null,
    );
    await webkit.run(() => {
      const data = new DataTransfer();
      data.setData('text/plain', 'v=0\r\no=- 7 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=ice-ufrag:k1\r\n');
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
    });
    await until(
      'a line is explained',
      () => document.querySelectorAll('[aria-label="Lines"] li').length >= 5,
    );
    expect(await complaints()).toEqual([]);
  });

  it.each([
    [390, 844],
    [1440, 900],
  ])('has no page wider than the window at %d px', async (width, height) => {
    await webkit.resize(width, height);
    for (const path of ['', 'learn', 'inspect', 'debug', 'learn/where-am-i']) {
      await open(path);
      await until(`${path} is there`, () => document.querySelector('main h1, main h2') !== null);
      const [page, room] = await webkit.run(() => [document.documentElement.scrollWidth, innerWidth]);
      expect(page, path).toBeLessThanOrEqual(room!);
    }
  });
});
