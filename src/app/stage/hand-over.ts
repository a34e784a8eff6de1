/** A session that one page hands to the stage of the Connect page. */
import type { Session } from './session.svelte.ts';

interface HandedOver {
  readonly session: Session;
  /** Where it comes from, in words. */
  readonly source: string;
  /** What to show first. */
  readonly diagram: string;
}

let waiting: HandedOver | null = null;

export const handOver = (one: HandedOver): void => void (waiting = one);

/** Once: who takes it has it. */
export function takeOver(): HandedOver | null {
  const one = waiting;
  waiting = null;
  return one;
}
