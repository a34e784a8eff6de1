/**
 * Makes tests/fixtures/faults: for each fault of lab-faults.ts what both ends' chrome://webrtc-internals saved.
 *
 *     npx tsx tests/natlab/record-faults.ts [id …]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright';
import { openInternals, saved } from '../fixtures/make/dumps/chromium.ts';
import { LAB_FAULTS } from './lab-faults.ts';
import { type Home, Lab } from './lab.ts';

type Fault = (typeof LAB_FAULTS)[number];

const FOLDER = fileURLToPath(new URL('../fixtures/faults/', import.meta.url));
/** What one end has gathered is handed over after this long, as one that waits would. */
const GATHERS = 2500;
/** Chromium gives up pairs after 15 s. */
const LASTS = 21_000;
/** Nothing is asked there: the page is put in its place. */
const ORIGIN = 'https://call.example/';

declare const window: {
  pc: RTCPeerConnection;
  found: RTCIceCandidateInit[];
};

class End {
  readonly page: Page;
  readonly internals: Page;

  private constructor(page: Page, internals: Page) {
    this.page = page;
    this.internals = internals;
  }

  static async open(browser: Browser, servers: readonly RTCIceServer[]): Promise<End> {
    const context = await browser.newContext({ acceptDownloads: true });
    const internals = await openInternals(context);
    const page = await context.newPage();
    await page.route(ORIGIN, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<title>call</title>' }),
    );
    await page.goto(ORIGIN);
    await page.evaluate((iceServers) => {
      window.found = [];
      window.pc = new RTCPeerConnection({ iceServers });
      window.pc.onicecandidate = ({ candidate }) => {
        if (candidate?.candidate) window.found.push(candidate.toJSON());
      };
    }, servers as RTCIceServer[]);
    return new End(page, internals);
  }

  offer(hasChannel: boolean): Promise<string> {
    return this.page.evaluate(async (withChannel) => {
      const { pc } = window;
      if (!pc.remoteDescription && withChannel) pc.createDataChannel('chat');
      if (!pc.remoteDescription && !withChannel) pc.addTransceiver('audio');
      await pc.setLocalDescription(await pc.createOffer({ iceRestart: pc.remoteDescription !== null }));
      return pc.localDescription!.sdp;
    }, hasChannel);
  }

  answer(sdp: string): Promise<string> {
    return this.page.evaluate(async (offer) => {
      await window.pc.setRemoteDescription({ type: 'offer', sdp: offer });
      await window.pc.setLocalDescription(await window.pc.createAnswer());
      return window.pc.localDescription!.sdp;
    }, sdp);
  }

  accept(sdp: string): Promise<void> {
    return this.page.evaluate(
      (answer) => window.pc.setRemoteDescription({ type: 'answer', sdp: answer }),
      sdp,
    );
  }

  take(candidates: readonly RTCIceCandidateInit[]): Promise<void> {
    return this.page.evaluate(async (all) => {
      for (const one of all) await window.pc.addIceCandidate(one).catch(() => {});
    }, candidates as RTCIceCandidateInit[]);
  }

  found(): Promise<RTCIceCandidateInit[]> {
    return this.page.evaluate(() => window.found.splice(0));
  }
}

async function negotiate(
  a: End,
  b: End,
  { description = (sdp) => sdp, lateChannel, answerAfter = 0 }: Fault,
): Promise<void> {
  // Candidates that are in a description already would go round what is done to them.
  const bare = (sdp: string): string => sdp.replace(/^a=candidate:.*\r\n/gm, '');
  const answer = await b.answer(description(bare(await a.offer(!lateChannel)), 'a'));
  if (answerAfter > 0) {
    await a.page.waitForTimeout(GATHERS);
    await b.take(await a.found());
    await a.page.waitForTimeout(answerAfter);
  }
  await a.accept(description(bare(answer), 'b'));
}

async function call(fault: Fault, browsers: Readonly<Record<Home, Browser>>): Promise<Record<Home, Buffer>> {
  const { servers = [], otherServers = servers } = fault;
  const { candidate = (init) => init, staleCandidates, lateChannel } = fault;
  const [a, b] = [await End.open(browsers.a, servers), await End.open(browsers.b, otherServers)];
  await negotiate(a, b, fault);
  await a.page.waitForTimeout(GATHERS);
  const [ofA, ofB] = [await a.found(), await b.found()];
  if (staleCandidates) await negotiate(a, b, fault);
  const sent = (list: readonly RTCIceCandidateInit[], from: Home): RTCIceCandidateInit[] =>
    list.map((init) => candidate(init, from)).filter((one) => one !== null);
  await b.take(sent(ofA, 'a'));
  await a.take(sent(ofB, 'b'));
  await a.page.waitForTimeout(LASTS / 3);
  if (lateChannel) await a.page.evaluate(() => void window.pc.createDataChannel('late'));
  await a.page.waitForTimeout((LASTS * 2) / 3);
  return { a: await saved(a.internals), b: await saved(b.internals) };
}

async function record(lab: Lab, fault: Fault): Promise<void> {
  const { id, router = 'port-restricted', oneHome, showAddresses = false, flags = {} } = fault;
  lab.setRouter('a', router);
  lab.setRouter('b', router);
  fault.prepare?.(lab);
  const launch = (home: Home): Promise<Browser> =>
    lab.launchBrowser(oneHome ? 'a' : home, { showAddresses, flags: flags[home] ?? '' });
  const browsers = { a: await launch('a'), b: await launch('b') };
  try {
    const dumps = await call(fault, browsers);
    for (const home of ['a', 'b'] as const)
      writeFileSync(`${FOLDER}${id}.${home.toUpperCase()}.internals.gz`, dumps[home]);
    console.log(id, dumps.a.length, dumps.b.length);
  } finally {
    for (const browser of Object.values(browsers)) await browser.close();
    fault.undo?.(lab);
  }
}

mkdirSync(FOLDER, { recursive: true });
const wanted = process.argv.slice(2);
const lab = new Lab();
try {
  if (!lab.possible)
    throw new Error('The laboratory needs root, network namespaces, nftables, coturn, chromium.');
  await lab.startServers();
  for (const fault of LAB_FAULTS)
    if (wanted.length === 0 || wanted.includes(fault.id))
      await record(lab, fault).catch((error: unknown) => console.error(fault.id, error));
} finally {
  await lab.close();
}
