/** A step's session and its controls: ends in this page that the learner drives, or a recording. */
import { type Turned, turnedOf } from '../../core/lessons/board.ts';
import { type ButtonName, type Run, type Simulation, runDials } from '../../core/lessons/lesson.ts';
import { typedOffer } from '../../core/lessons/text.ts';
import { ConnectState } from '../connect/connect.svelte.ts';
import { openText } from '../stage/open.ts';
import { Session } from '../stage/session.svelte.ts';
import { server } from '../connect/server.svelte.ts';
import { alteredChannel } from '../../live/signalling/altered.ts';
import { hasWebRtc } from '../../live/has-web-rtc.ts';
import { Tools } from './tools.ts';

/** Made before the learner came, or in virtual time: it asks nothing of the browser. */
type Watched = Extract<Run, { kind: 'recording' | 'simulate' }>;
type Live = Exclude<Run, Watched>;

export const isWatched = (run: Run): run is Watched => run.kind === 'recording' || run.kind === 'simulate';

export const isOffered = (run: Run): boolean =>
  isWatched(run) || (hasWebRtc && (run.needs === undefined || isThere(run.needs)));

const isThere = (needs: 'stun' | 'turn' | 'rooms'): boolean =>
  needs === 'rooms' ? server.rooms : urlsFor(needs).some((url) => !isIgnored(url));

/** There is such a server, and this browser does not ask it: Firefox leaves out those on a loopback address. */
export const isRefused = (run: Run): boolean =>
  !isWatched(run) && run.needs !== undefined && !isOffered(run) && urlsFor(run.needs).length > 0;

const urlsFor = (needs: 'stun' | 'turn' | 'rooms'): readonly string[] =>
  server.iceServers.flatMap(({ urls }) => urls.filter((url) => url.startsWith(needs)));

const isIgnored = (url: string): boolean =>
  navigator.userAgent.includes('Firefox/') && /^\w+:(127\.|localhost|\[::1\])/.test(url);

export function openRun(run: Run, recording: (name: string) => Promise<string>, turned: Turned): Tools {
  const connect = new ConnectState();
  const ready = (): Promise<void> => {
    if (run.kind === 'recording') return openRecording(connect, run.file, recording);
    return run.kind === 'simulate' ? openSimulation(connect, run, turned) : begin(connect, run);
  };
  return new Tools(connect, ready());
}

async function begin(connect: ConnectState, run: Live): Promise<void> {
  const { ways = 'direct', trickle = true, audio = false, video = false, impairments, servers = '' } = run;
  Object.assign(connect.options, { ways, trickle, audio, video, servers });
  connect.stage.source = 'nothing yet';
  if (impairments) {
    const { shown } = connect.stage;
    await connect.openImpairments();
    connect.impairments?.put(impairments);
    connect.stage.shown = shown;
  }
  if (run.kind === 'by hand' && hasWebRtc) await freshEnds(connect, run);
}

/** New ends, with what the step has done already, and the stage shows what it showed. */
async function freshEnds(connect: ConnectState, run: Run): Promise<void> {
  const { shown } = connect.stage;
  await connect.signalManually();
  connect.stage.shown = shown;
  if (run.kind !== 'by hand') return;
  for (const { call, on } of run.done ?? []) await connect.runStep(on, call);
}

/** Played to its end in virtual time; the stage keeps its pictures. */
export async function openSimulation(connect: ConnectState, run: Simulation, kept: Turned): Promise<void> {
  const { simulate } = await import('../../core/sim/simulate.ts');
  const { seed = 1 } = run;
  const session = new Session();
  for (const event of simulate(run.scenario(turnedOf(runDials(run), kept)), { seed }).events)
    session.log.append(event);
  connect.stage.open(session, 'simulated');
  connect.phase = 'recorded';
}

export async function openRecording(
  connect: ConnectState,
  name: string,
  recording: (name: string) => Promise<string>,
): Promise<void> {
  connect.toStart();
  const opened = await openText(await recording(name));
  if (!opened.ok) return void (connect.notice = opened.error.message);
  const { session } = opened.value;
  const { browser } = session.whole.peers[0] ?? {};
  connect.stage.open(session, `recorded · ${browser ?? 'real browsers'}`);
  connect.phase = 'recorded';
}

/** What the learner typed or turned that a button needs: a description that was mended, a password for TURN. */
export interface Typed {
  /** By the name that the field has in the lesson. */
  readonly letter: string;
  /** '' for the one that the server gave. */
  readonly password: string;
  readonly turned: Turned;
}

type Press = (tools: Tools, run: Run, typed: Typed) => Promise<void> | void;

/** What the buttons of the controls do. */
export const PRESS: Readonly<Record<ButtonName, Press>> = {
  Connect({ connect }, run, { password, turned }) {
    if (!isWatched(run))
      Object.assign(connect.options, {
        audio: run.audio ?? false,
        video: run.video ?? false,
        turnPassword: password,
      });
    connect.answers = turned['answers'] as ConnectState['answers'];
    const altered = 'altered' in run ? run.altered : undefined;
    connect.between = altered
      ? (channel) => alteredChannel(channel, (description) => altered(description, turned))
      : null;
    return connect.connect();
  },
  async 'Both offer at once'({ connect }, run, { turned }) {
    const polite = turned['polite'] ?? ('polite' in run ? run.polite : undefined);
    await connect.offerBoth({
      A: polite === 'A' || polite === 'both',
      B: polite === 'B' || polite === 'both',
    });
  },
  Disconnect: ({ connect }) => connect.disconnect(),
  'Measure the way there and back': ({ connect }) => connect.measure(),
  async 'Add audio'({ connect }) {
    connect.options.audio = true;
    await connect.renegotiate();
  },
  async 'Add video'({ connect }) {
    connect.options.video = true;
    await connect.renegotiate();
  },
  'Stop video': ({ connect }) => connect.stopVideo(),
  'Restart ICE': ({ connect }) => connect.restartIce(),
  'Start again': ({ connect }, run) => {
    connect.impairments?.impairments.letAllGo();
    return freshEnds(connect, run);
  },
  'Write the offer': ({ post }) => post.write(),
  'Answer it': ({ post }) => post.open('B'),
  'Set the answer': ({ post }) => post.open('A'),
  'Try each': tryEach,
  'Try it': tryEach,
  'Let go: answer of B': ({ connect }) => inChannel(connect, 'letGo'),
  'Drop: answer of B': ({ connect }) => inChannel(connect, 'drop'),
  Gather: ({ connect }, run) => writeOffer(connect, run),
  'Write an offer': ({ connect }, run) => writeOffer(connect, run),
  async 'Give it to B'({ connect }, run, { letter }) {
    if (connect.phase !== 'hand') await freshEnds(connect, run);
    await connect.giveOffer('B', typedOffer(letter));
  },
};

function tryEach(tools: Tools, run: Run): Promise<void> | void {
  if (run.kind === 'carriers') return tools.tryEach(run.carriers);
}

async function writeOffer(connect: ConnectState, run: Run): Promise<void> {
  await freshEnds(connect, run);
  for (const step of ['createDataChannel', 'createOffer', 'setLocalDescription'] as const)
    await connect.runStep('A', step);
}

/** The answer that waits in the channel leaves it, one way or the other. */
function inChannel({ impairments }: ConnectState, how: 'letGo' | 'drop'): void {
  const waiting = impairments?.waiting.find(({ message }) => message.kind === 'answer');
  if (waiting) impairments!.impairments[how](waiting.message.id);
}
