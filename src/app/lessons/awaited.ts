import type { ButtonName, Run, Step } from '../../core/lessons/lesson.ts';
import type { ConnectState } from '../connect/connect.svelte.ts';

/** What a lesson's player knows of its step. */
interface Standing {
  readonly isMet: boolean;
  readonly isOffered: boolean;
  readonly connect: ConnectState;
  readonly step: Step | undefined;
  readonly run: Run;
}

/** Buttons that ask something of a session that is there already. */
const LATER: ReadonlySet<ButtonName> = new Set(['Add audio', 'Add video', 'Restart ICE', 'Give it to B']);

const isAnswered = ({ whole }: ConnectState['stage']): boolean =>
  whole.descriptions.exchanges.last?.outcome === 'answered';

/** The button of the controls that a step waits for; null where Check comes next: so one button is the first to press. */
export function awaitedPress({ isMet, isOffered, connect, step, run }: Standing): ButtonName | null {
  if (!step || isMet || !isOffered || connect.phase === 'recorded' || run.kind === 'recording') return null;
  if (run.kind === 'simulate') return null;
  const presses = step.solution.flatMap((action) => ('press' in action ? [action.press] : []));
  const isEmpty = connect.stage.session.events.length === 0;
  switch (run.kind) {
    case 'connect':
      if (connect.phase === 'connected' || presses.includes('Disconnect')) break;
      // What failed on purpose is looked at in the steps after it.
      if (connect.phase === 'failed' && !presses.includes('Connect')) break;
      return connect.phase === 'connecting' ? null : 'Connect';
    case 'both offer':
      return isEmpty ? 'Both offer at once' : null;
    case 'gather':
      return isEmpty ? 'Gather' : null;
    case 'carriers':
      return isEmpty ? (presses[0] ?? null) : null;
    case 'letters':
      return isAnswered(connect.stage) ? null : (presses[0] ?? null);
    case 'offer':
      if (isEmpty) return presses.includes('Give it to B') ? 'Give it to B' : 'Write an offer';
      break;
    default:
      break;
  }
  const offered = connect.stage.whole.descriptions.exchanges.last?.offer.sdp ?? '';
  const isDone = (press: ButtonName) =>
    (press === 'Add audio' && offered.includes('\nm=audio')) ||
    (press === 'Add video' && offered.includes('\nm=video'));
  return presses.find((press) => LATER.has(press) && !isDone(press)) ?? null;
}
