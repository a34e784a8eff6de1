/**
 * What observation costs: the time from the first createOffer until both data channels are open, between two bare
 * connections wired by direct calls, with and without `observe()`. Pairs are interleaved, and which of a pair comes
 * first alternates. Passes when the ratio of the two medians is at most 1.03; beside it stand its spread (resampled, 5 %
 * to 95 %), without which the ratio says nothing on a busy machine, and the median of the differences within a pair.
 * `npx tsx tests/bench/observe.bench.ts [chromium|firefox] [--pairs=60] [--strict]`
 */
import { type BrowserName, launchBrowser } from '../support/browsers.ts';
import { serveLive } from '../support/live-page.ts';

/** The most that observation may cost, as a ratio. */
const ALLOWED = 1.03;
const WARM_UP = 6;
const RESAMPLED = 1000;
/** Chromium allows a page 500 connections that are not collected yet. */
const PAIRS_A_PAGE = 50;

const named = process.argv.slice(2).filter((word) => !word.startsWith('--')) as BrowserName[];
const browsers: readonly BrowserName[] = named.length > 0 ? named : ['chromium', 'firefox'];
const pairs = Math.max(30, Number(process.argv.find((word) => word.startsWith('--pairs='))?.slice(8) ?? 60));

/** Milliseconds, a pair each: `[without, with]`. */
type Pair = readonly [bare: number, observed: number];

let worst = 0;
for (const name of browsers) worst = Math.max(worst, report(name, await measure(name)));
if (process.argv.includes('--strict') && worst > ALLOWED) process.exitCode = 1;

async function measure(name: BrowserName): Promise<readonly Pair[]> {
  const browser = await launchBrowser(name);
  const site = await serveLive();
  try {
    const results: Pair[] = [];
    while (results.length < pairs) {
      const page = await browser.newPage();
      await page.goto(site.url);
      await page.waitForFunction('window.icescopeLive');
      // tsx marks functions with a helper that the page does not have.
      const helper = 'const __name = (marked) => marked';
      const count = Math.min(PAIRS_A_PAGE, pairs - results.length);
      results.push(...(await page.evaluate<Pair[]>(`${helper}; (${inPage})(${WARM_UP}, ${count})`)));
      await page.close();
    }
    return results;
  } finally {
    await browser.close();
    await site.close();
  }
}

/** Runs in the page. */
async function inPage(warmUp: number, count: number): Promise<Pair[]> {
  const { SessionLog, observe, recordingClock } = window.icescopeLive;

  const observed = (ends: RTCPeerConnection[]): void => {
    // As the app does it: listeners are told later.
    const log = new SessionLog({ schedule: (run) => setTimeout(run, 80) });
    const now = recordingClock(() => performance.now());
    ends.forEach((pc, index) =>
      observe(pc, { peer: 'AB'[index]!, emit: (event) => log.append(event), now, recordText: true }),
    );
  };

  async function connect(watch: (ends: RTCPeerConnection[]) => void): Promise<number> {
    const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
    watch([a, b]);
    const [early, late]: RTCIceCandidate[][] = [[], []];
    const wire = (from: RTCPeerConnection, to: RTCPeerConnection, waiting: RTCIceCandidate[]) => {
      from.onicecandidate = ({ candidate }) => {
        if (!candidate) return;
        if (to.remoteDescription) void to.addIceCandidate(candidate);
        else waiting.push(candidate);
      };
    };
    wire(a, b, early!);
    wire(b, a, late!);
    const channel = a.createDataChannel('bench');
    const opened = (dc: RTCDataChannel) =>
      new Promise<void>((done) => (dc.readyState === 'open' ? done() : (dc.onopen = () => done())));
    const far = new Promise<void>(
      (done) => (b.ondatachannel = ({ channel: dc }) => void opened(dc).then(done)),
    );
    const both = Promise.all([opened(channel), far]);

    const started = performance.now();
    await a.setLocalDescription(await a.createOffer());
    await b.setRemoteDescription(a.localDescription!);
    early!.splice(0).forEach((candidate) => void b.addIceCandidate(candidate));
    await b.setLocalDescription(await b.createAnswer());
    await a.setRemoteDescription(b.localDescription!);
    late!.splice(0).forEach((candidate) => void a.addIceCandidate(candidate));
    await both;
    const took = performance.now() - started;

    a.close();
    b.close();
    await new Promise((done) => setTimeout(done, 60));
    return took;
  }

  const bare = () => connect(() => {});
  const watched = () => connect(observed);
  const results: Pair[] = [];
  for (let round = 0; round < warmUp + count; round++) {
    const first = round % 2 === 0 ? await bare() : await watched();
    const second = round % 2 === 0 ? await watched() : await bare();
    if (round >= warmUp) results.push(round % 2 === 0 ? [first, second] : [second, first]);
  }
  return results;
}

/** Prints the figures of a browser; gives back the ratio of the medians. */
function report(name: BrowserName, results: readonly Pair[]): number {
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
