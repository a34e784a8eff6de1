/** One connection in this page with levers on its letters, negotiated by the product's own code. Runs in the browser. */
import { signallingConsequences } from '../../src/core/diagnosis/signalling.ts';
import { Projector } from '../../src/core/projections/index.ts';
import { type Clock, recordingClock } from '../../src/core/base/clock.ts';
import type { Emit, NewEvent } from '../../src/core/session/event.ts';
import { SessionLog } from '../../src/core/session/log.ts';
import { ALL_SMOOTH, type Preset, type Settings, settingsOf } from '../../src/core/signalling/impairments.ts';
import type { Endpoint } from '../../src/live/endpoint.ts';
import { type LoopbackOptions, createEnds, createLoopback } from '../../src/live/loopback.ts';
import { type Code, negotiate } from '../../src/live/remote/negotiation.ts';
import { Impairments } from '../../src/live/signalling/impaired.ts';

export interface ImpairedRun {
  /** `steps`: A offers, B answers, as the two ends of one page do. The others are what tabs and devices choose from. */
  readonly code: 'steps' | Code;
  readonly pulls: Preset['pulls'];
  /** Pulls the levers on a connection that stands, just before both sides restart ICE and offer at once. */
  readonly glare?: boolean;
}

export interface Outcome {
  /** Whether a message goes over, both ways. */
  readonly open: boolean;
  /** signalingState of A and of B. */
  readonly states: readonly [string, string];
  /** What both hold as agreed: what they held before the levers were pulled, something newer, or each another thing. */
  readonly agreed: 'nothing' | 'before' | 'new' | 'apart';
  /** What the panel of levers says. */
  readonly claims: string;
  /** The same once all levers are smooth and what was held has been let go. */
  readonly after: Pick<Outcome, 'open' | 'states' | 'agreed'>;
}

/** Ms: for a connection to open; and for the letters that follow to be read. */
const PATIENCE = 3500;
const REST = 700;

export const DEFAULTS: LoopbackOptions = {
  audio: false,
  video: false,
  trickle: true,
  iceTransportPolicy: 'all',
  iceServers: [],
  bundlePolicy: 'balanced',
  iceCandidatePoolSize: 0,
};

/** Levers on the letters that an end sends. */
export const sideOf = (self: 'A' | 'B', emit: Emit, now: Clock) =>
  ({ self, other: self === 'A' ? 'B' : 'A', isA: self === 'A', passes: 'outgoing', emit, now }) as const;

export async function impairedRun({ code, pulls, glare = false }: ImpairedRun): Promise<Outcome> {
  const log = new SessionLog();
  const emit = (event: NewEvent) => void log.append(event);
  const origin = performance.now();
  const now = recordingClock(() => performance.now() - origin);
  const pulled = settingsOf({ id: '', title: '', pulls });
  const impairments = new Impairments(glare ? ALL_SMOOTH : pulled);
  const { a, b, offer } = connect(code, impairments, emit, now);
  const before = glare ? await standing(a, b) : '';
  if (glare) await collide(impairments, pulled, offer);
  const outcome = async () => ({
    open: await isOpen(a, b),
    states: [a.pc.signalingState, b.pc.signalingState] as const,
    agreed: agreement(a.pc, b.pc, before),
  });
  const first = await outcome();
  const claims = signallingConsequences(new Projector(log).at(log.events.length));
  impairments.settings = ALL_SMOOTH;
  impairments.letAllGo();
  const after = await outcome();
  for (const end of [a, b]) end.close();
  return { ...first, claims: claims.map(({ claim, because }) => `${claim} ${because}`).join('\n'), after };
}

interface Two {
  readonly a: Endpoint;
  readonly b: Endpoint;
  /** Both offer at once. */
  offer(): void;
}

function connect(code: ImpairedRun['code'], impairments: Impairments, emit: Emit, now: Clock): Two {
  const between = (channel: Parameters<Impairments['on']>[0], self: 'A' | 'B') =>
    impairments.on(channel, sideOf(self, emit, now));
  if (code === 'steps') {
    const { a, b, ...loopback } = createLoopback(DEFAULTS, emit, now, between);
    loopback.connect().catch(() => {});
    return { a, b, offer: () => {} };
  }
  const { a, b } = createEnds(DEFAULTS, emit, now, between);
  const offers = [a, b].map((end) => negotiate(end, { polite: end === b, code: () => code }));
  a.channel = a.pc.createDataChannel('icescope');
  const offer = () => {
    for (const { pc } of [a, b]) pc.restartIce();
    for (const one of offers) void one();
  };
  return { a, b, offer };
}

async function standing(a: Endpoint, b: Endpoint): Promise<string> {
  if (!(await isOpen(a, b))) throw new Error('It did not connect before the levers were pulled.');
  return ufragOf(a.pc.currentLocalDescription);
}

async function collide(impairments: Impairments, pulled: Settings, offer: () => void): Promise<void> {
  impairments.settings = pulled;
  offer();
  await pause(PATIENCE / 2);
}

const ufragOf = (description: RTCSessionDescription | null): string =>
  /a=ice-ufrag:(\S+)/.exec(description?.sdp ?? '')?.[1] ?? '';

/** `before`: A's ufrag then. */
function agreement(a: RTCPeerConnection, b: RTCPeerConnection, before: string): Outcome['agreed'] {
  const [mine, theirs] = [ufragOf(a.currentLocalDescription), ufragOf(b.currentLocalDescription)];
  const isSame =
    mine === ufragOf(b.currentRemoteDescription) && theirs === ufragOf(a.currentRemoteDescription);
  if (!isSame) return 'apart';
  if (mine === '') return 'nothing';
  return mine === before ? 'before' : 'new';
}

async function isOpen(a: Endpoint, b: Endpoint): Promise<boolean> {
  const end = performance.now() + PATIENCE;
  const open = () => [a, b].every(({ channel }) => channel?.readyState === 'open');
  while (!open() && performance.now() < end) await pause(20);
  await pause(REST);
  return open() && (await hears(a, b)) && hears(b, a);
}

function hears(from: Endpoint, to: Endpoint): Promise<boolean> {
  const text = `${Math.random()}`;
  const heard = new Promise<boolean>((resolve) =>
    to.channel!.addEventListener('message', ({ data }) => data === text && resolve(true)),
  );
  from.channel!.send(text);
  return Promise.race([heard, pause(REST).then(() => false)]);
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
