/**
 * What observation costs: the time from the first createOffer until both data channels are open, with and without
 * `observe()` at both ends, which trickle over a BroadcastChannel, in two tabs and in one page. Pairs are interleaved,
 * and which of a pair comes first alternates. Passes when the ratio of the two medians is at most 1.03; beside it stand
 * its spread (resampled, 5 % to 95 %), without which the ratio says nothing on a busy machine, and the median of the
 * differences within a pair.
 * `npx tsx tests/bench/observe.bench.ts [chromium|firefox] [--pairs=60] [--strict]`
 */
import type { Browser, BrowserContext, Page } from 'playwright';
import { type BrowserName, launchBrowser } from '../support/browsers.ts';
import { serveLive } from '../support/live-page.ts';

/** The most that observation may cost, as a ratio. */
const ALLOWED = 1.03;
const WARM_UP = 6;
const RESAMPLED = 1000;
/** Chromium allows a page 500 connections that are not collected yet. */
const PAIRS_A_PAGE = 50;

/** The ends that each page plays. */
const PLACES = {
  'two tabs': [['offerer'], ['answerer']],
  'one page': [['offerer', 'answerer']],
} as const satisfies Record<string, readonly (readonly Role[])[]>;

type Role = 'offerer' | 'answerer';

const named = process.argv.slice(2).filter((word) => !word.startsWith('--')) as BrowserName[];
const browsers: readonly BrowserName[] = named.length > 0 ? named : ['chromium', 'firefox'];
const pairs = Math.max(30, Number(process.argv.find((word) => word.startsWith('--pairs='))?.slice(8) ?? 60));

/** Milliseconds, a pair each: `[without, with]`. */
type Pair = readonly [bare: number, observed: number];

let worst = 0;
for (const name of browsers) {
  for (const [place, roles] of Object.entries(PLACES)) {
    worst = Math.max(worst, report(`${name}, ${place}`, await measure(name, roles)));
  }
}
if (process.argv.includes('--strict') && worst > ALLOWED) process.exitCode = 1;

async function measure(name: BrowserName, roles: readonly (readonly Role[])[]): Promise<readonly Pair[]> {
  const browser = await launchBrowser(name);
  const site = await serveLive();
  try {
    const results: Pair[] = [];
    while (results.length < pairs) {
      const count = Math.min(PAIRS_A_PAGE, pairs - results.length);
      results.push(...(await measureSome(browser, site.url, roles, count)));
    }
    return results;
  } finally {
    await browser.close();
    await site.close();
  }
}

async function measureSome(
  browser: Browser,
  url: string,
  roles: readonly (readonly Role[])[],
  count: number,
): Promise<readonly Pair[]> {
  const context = await browser.newContext();
  const pages = await Promise.all(roles.map((played) => open(context, url, played)));
  const results: Pair[] = [];
  for (let round = 0; round < WARM_UP + count; round++) {
    const observedFirst = round % 2 === 1;
    const first = await connect(pages, observedFirst);
    const second = await connect(pages, !observedFirst);
    results.push(observedFirst ? [second, first] : [first, second]);
  }
  await context.close();
  return results.slice(WARM_UP);
}

async function open(context: BrowserContext, url: string, played: readonly Role[]): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction('window.icescopeLive');
  // tsx marks functions with a helper that the page does not have.
  await page.evaluate(`const __name = (marked) => marked; (${inPage})(${JSON.stringify(played)})`);
  return page;
}

/** Milliseconds until both data channels are open. */
async function connect(pages: readonly Page[], observed: boolean): Promise<number> {
  for (const page of pages) await page.evaluate(`window.prepare(${observed})`);
  const took = await pages[0]!.evaluate<number>('window.connect()');
  for (const page of pages) await page.evaluate('window.end()');
  return took;
}

/** Runs in a page: `prepare` makes its ends, `connect` connects from there, `end` closes them. */
function inPage(played: readonly Role[]): void {
  const { SessionLog, observe, recordingClock } = window.icescopeLive;
  type SignallingMessage = {
    description?: RTCSessionDescription;
    candidate?: RTCIceCandidateInit;
    open?: true;
  };
  let ends: ReturnType<typeof create>[] = [];

  function watch(pc: RTCPeerConnection, log: InstanceType<typeof SessionLog>, peer: Role): void {
    const now = recordingClock(() => performance.now());
    observe(pc, { peer, emit: (event) => log.append(event), now, recordText: true });
  }

  /** An end that answers, trickles, and says when its channel is open. */
  function create(observed: boolean, peer: Role) {
    const pc = new RTCPeerConnection();
    // As the app does it: listeners are told later.
    if (observed) watch(pc, new SessionLog({ schedule: (run) => setTimeout(run, 80) }), peer);
    const mail = new BroadcastChannel('bench');
    const send = (letter: SignallingMessage) => mail.postMessage(JSON.stringify(letter));
    const waiting: RTCIceCandidateInit[] = [];
    pc.onicecandidate = ({ candidate }) => candidate && send({ candidate: candidate.toJSON() });
    pc.ondatachannel = ({ channel }) => void (channel.onopen = () => send({ open: true }));
    let arrived: () => void;
    const far = new Promise<void>((done) => (arrived = done));

    async function take({ description, candidate, open }: SignallingMessage): Promise<void> {
      if (open) return arrived();
      if (candidate)
        return pc.remoteDescription ? pc.addIceCandidate(candidate) : void waiting.push(candidate);
      await pc.setRemoteDescription(description!);
      for (const early of waiting.splice(0)) void pc.addIceCandidate(early);
      if (description!.type === 'offer') await describe();
    }

    async function describe(): Promise<void> {
      await pc.setLocalDescription();
      send({ description: pc.localDescription! });
    }

    mail.onmessage = ({ data }) => void take(JSON.parse(data));
    return { pc, mail, far, describe };
  }

  Object.assign(window, {
    prepare: (observed: boolean) => void (ends = played.map((peer) => create(observed, peer))),
    async connect() {
      const { pc, far, describe } = ends[0]!;
      const channel = pc.createDataChannel('bench');
      const near = new Promise((done) => (channel.onopen = done));
      const started = performance.now();
      await describe();
      await Promise.all([near, far]);
      return performance.now() - started;
    },
    async end() {
      for (const { pc, mail } of ends) {
        mail.close();
        pc.close();
      }
      await new Promise((done) => setTimeout(done, 60));
    },
  });
}

/** Prints the figures of a browser; gives back the ratio of the medians. */
function report(name: string, results: readonly Pair[]): number {
  const [bare, observed] = mediansOf(results);
  const ratio = observed / bare;
  const [low, high] = spreadOf(results);
  const more = median(results.map(([without, within]) => within - without));
  console.log(
    `${name}: ${results.length} pairs, median ${bare.toFixed(2)} ms without, ${observed.toFixed(2)} ms with, ` +
      `median difference ${more.toFixed(2)} ms`,
  );
  const verdict = ratio <= ALLOWED ? 'pass' : 'fail';
  const spread = `${low.toFixed(3)} to ${high.toFixed(3)}`;
  console.log(
    `${name}: ${verdict}, ratio of medians ${ratio.toFixed(3)} (at most ${ALLOWED}), spread ${spread}`,
  );
  return ratio;
}

function mediansOf(pairs: readonly Pair[]): Pair {
  return [median(pairs.map(([bare]) => bare)), median(pairs.map(([, observed]) => observed))];
}

/** How far the ratio moves when the pairs are drawn anew from those that there are: 5 % and 95 % (bootstrap). */
function spreadOf(pairs: readonly Pair[]): readonly [number, number] {
  const ratios = Array.from({ length: RESAMPLED }, () => {
    const [bare, observed] = mediansOf(pairs.map(() => pairs[Math.floor(Math.random() * pairs.length)]!));
    return observed / bare;
  }).sort((a, b) => a - b);
  return [ratios[RESAMPLED * 0.05]!, ratios[RESAMPLED * 0.95]!];
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
