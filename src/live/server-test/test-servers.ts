/** Tests ICE servers from this browser, on this network: each URL by itself, TURN by data, and the mapping of the NAT. */
import type { IceServer } from '../../core/ice/server-url.ts';
import type { ReportedMapping, ServerTest, Reported } from '../../core/ice/server-test/evidence.ts';
import { hasRelay, mappingServers } from '../../core/ice/server-test/plan.ts';
import { recordingClock } from '../../core/base/clock.ts';
import type { Emit } from '../../core/session/event.ts';
import { browserName } from '../endpoint.ts';
import type { ObserveOptions } from '../observe.ts';
import { gather } from './gather.ts';
import { prove } from './prove.ts';

export interface TestOptions {
  readonly servers: readonly IceServer[];
  readonly signal: AbortSignal;
  readonly onProgress?: (soFar: ServerTest) => void;
  /** Records each gathering as a connection of one session, in the order in which they begin. */
  readonly emit?: Emit;
}

/** Milliseconds without an answer that count as silence. */
const TIMEOUT = 10_000;
const PROOF_TIMEOUT = 8000;
const MAPPING_TIMEOUT = 4000;
/** URLs tested side by side: silent ones cost time, and browsers limit sockets. */
const AT_ONCE = 6;

export async function testServers(options: TestOptions): Promise<ServerTest> {
  const { servers, signal } = options;
  const asked = servers.flatMap((server) => server.urls.map((url) => ({ ...server, urls: [url] })));
  const told: Reported[] = asked.map(({ urls, username }) => ({ ...waiting(urls[0]!), ...named(username) }));
  const startedAt = Date.now();
  const started = performance.now();
  const record = options.emit && recorder(options.emit, startedAt, started);
  const report = (mapping: ReportedMapping | null = null): ServerTest => ({
    browser: browserName(),
    startedAt,
    took: Math.round(performance.now() - started),
    told: [...told],
    mapping,
  });
  await inParallel(asked.length, AT_ONCE, async (index) => {
    await testOne({ server: asked[index]!, signal, record }, (part) => {
      told[index] = { ...told[index]!, ...part };
      options.onProgress?.(report());
    });
  });
  return report(await askMapping(mappingServers(told), signal, record));
}

/** How the gathering of a place is recorded. */
type Recorder = (place: string) => ObserveOptions;

/** The place of a connection is the URL that it asks. */
function recorder(emit: Emit, startedAt: number, started: number): Recorder {
  const now = recordingClock(() => performance.now() - started);
  const { userAgent } = navigator;
  emit({ type: ':session', peer: '', at: 0, value: { kind: 'imported', startedAt, userAgent } });
  let count = 0;
  return (place) => {
    const peer = String(++count);
    emit({ type: ':peer', peer, at: now(), value: { place, browser: browserName() } });
    return { peer, emit, now };
  };
}

const named = (username: string | undefined) => (username === undefined ? {} : { username });
const waiting = (url: string): Reported => ({ url, candidates: [], errors: [], end: 'waiting', took: 0 });

interface One {
  readonly server: IceServer;
  readonly signal: AbortSignal;
  readonly record: Recorder | undefined;
}

async function testOne(
  { server: { urls, username, credential }, signal, record }: One,
  tell: (part: Partial<Reported>) => void,
): Promise<void> {
  if (signal.aborted) return tell({ end: 'stopped' });
  const server: RTCIceServer = { urls: [...urls] };
  if (username !== undefined) server.username = username;
  if (credential !== undefined) server.credential = credential;
  tell({ end: 'asking' });
  const gathered = await gather({
    iceServers: [server],
    timeout: TIMEOUT,
    signal,
    onTold: tell,
    ...recorded(record, urls[0]!),
  });
  tell(gathered);
  if (hasRelay(gathered.candidates) && !signal.aborted)
    tell({ proof: await prove({ server, timeout: PROOF_TIMEOUT, signal }) });
}

const recorded = (record: Recorder | undefined, place: string) => (record ? { record: record(place) } : {});

/** The same sockets ask several servers: that alone shows whether a NAT gives each its own port (RFC 4787, section 4.1). */
async function askMapping(
  urls: readonly string[],
  signal: AbortSignal,
  record: Recorder | undefined,
): Promise<ReportedMapping | null> {
  if (urls.length < 2 || signal.aborted) return null;
  const iceServers = urls.map((url) => ({ urls: url }));
  const { candidates, errors, end } = await gather({
    iceServers,
    timeout: MAPPING_TIMEOUT,
    signal,
    ...recorded(record, 'all STUN at once'),
  });
  return { urls, candidates, errors, complete: end === 'complete' };
}

/** Runs `work` for 0 … count − 1, at most `width` at a time. */
async function inParallel(
  count: number,
  width: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < count; index = next++) await work(index);
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
}
