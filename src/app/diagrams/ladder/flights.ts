import type { View } from '../../../core/projections/view.ts';
import type { SessionEvent } from '../../../core/session/event.ts';
import type { DataRow, Row } from './row.ts';

interface Sky {
  readonly view: View;
  readonly motion: boolean;
  readonly opposite: (peer: string) => string;
  readonly isOneSided: boolean;
}

/** What of a row may still be under way. */
interface Load {
  readonly count: number;
  readonly arrived: number;
  /** Correlations that have not arrived. */
  readonly waiting?: readonly string[];
}

/** A message that has not arrived within this many events is not looked for any further. */
const AHEAD = 400;

/**
 * How far a message has got, 0 to 1: where it will land is looked up in the recording. One that never arrives stops
 * half-way; without motion a message is at its sender until it has arrived.
 */
export function shareOfFlight(sky: Sky, row: Row, load: Load): number {
  if (load.arrived > 0 || sky.isOneSided) return 1;
  if (!sky.motion) return 0;
  const sent = row.at ?? row.order;
  const landing = landingOf(sky, row, load);
  if (landing === null) return 0.5;
  return landing <= sent ? 0 : Math.max(0, Math.min(0.999, (sky.view.time - sent) / (landing - sent)));
}

function landingOf({ view, opposite }: Sky, row: Row, { waiting }: Load): number | null {
  const to = opposite(row.peer);
  const end = Math.min(view.events.length, view.index + AHEAD);
  for (let place = view.index; place < end; place++) {
    const event = view.events[place]!;
    if (event.peer === to && isLanding(event, row, waiting?.[0])) return event.at;
  }
  return null;
}

const isLanding = (event: SessionEvent, row: Row, correlation: string | undefined): boolean =>
  row.kind === 'data'
    ? isArrival(event, row)
    : event.type === ':signal.received' && event.correlation === correlation;

const isArrival = (event: SessionEvent, { label }: Readonly<DataRow>): boolean =>
  event.type === ':data.received' && event.value.label === label;
