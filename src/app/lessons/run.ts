/** A step's session and its controls: ends in this page that the learner drives, or a recording. */
import type { ButtonName, Run } from '../../core/lessons/lesson.ts';
import { ConnectState } from '../state/connect.svelte.ts';
import { isFailure, openText } from '../state/open.ts';
import { server } from '../state/server.svelte.ts';

export const isOffered = (run: Run): boolean =>
  run.kind === 'recording' ||
  run.needs === undefined ||
  server.iceServers.some(({ urls }) => urls.some((url) => url.startsWith(run.needs!)));

export function openRun(run: Run, recording: (name: string) => Promise<string>): ConnectState {
  const connect = new ConnectState();
  if (run.kind === 'recording') void openRecording(connect, run.file, recording);
  else {
    const { ways = 'direct', trickle = true, audio = false, video = false } = run;
    Object.assign(connect.options, { ways, trickle, audio, video });
    connect.stage.source = 'nothing yet';
    if (run.kind === 'by hand') connect.byHand();
  }
  return connect;
}

export async function openRecording(
  connect: ConnectState,
  name: string,
  recording: (name: string) => Promise<string>,
): Promise<void> {
  connect.toStart();
  const opened = await openText(await recording(name));
  if (isFailure(opened)) return void (connect.notice = opened.message);
  const { browser } = opened.session.whole.peers[0] ?? {};
  connect.stage.open(opened.session, `recorded · ${browser ?? 'real browsers'}`);
  connect.phase = 'recorded';
}

/** What the buttons of the controls do. */
export const PRESS: Readonly<Record<ButtonName, (connect: ConnectState) => Promise<void> | void>> = {
  Connect: (connect) => connect.connect(),
  Disconnect: (connect) => connect.disconnect(),
  'Start again': (connect) => connect.byHand(),
  async Gather(connect) {
    connect.byHand();
    for (const step of ['createDataChannel', 'createOffer', 'setLocalDescription'] as const)
      await connect.runStep('A', step);
  },
};
