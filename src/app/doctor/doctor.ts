/** What the doctor says of the session on a stage. Loaded when a call may be failing. */
import { type Diagnosis, diagnose } from '../../core/diagnosis/index.ts';
import { type KnownRow, whoKnewWhat } from '../../core/diagnosis/who-knew.ts';
import type { BothEnds } from '../../core/importers/both-ends.ts';
import type { Facts } from '../../core/projections/index.ts';
import type { Peer } from '../../core/projections/peers.ts';
import type { StageState } from '../stage/stage.svelte.ts';

/** Those who recorded something, by their labels. */
export const endsOf = ({ peers, states }: Facts): readonly Peer[] =>
  peers.filter(({ id }) => states[id]).sort((a, b) => a.label.localeCompare(b.label));

/** Of the first connection, with what the other end recorded; null where there is none. */
export function diagnosisOf({ session, whole }: StageState): Diagnosis | null {
  const [first, second] = endsOf(whole);
  if (!first) return null;
  return diagnose(session.events, first.id, { other: second?.id, live: session.live, facts: whole });
}

/** What each of two ends knew of a call, and what both show together. */
export const bothKnew = (
  { events, pairing }: BothEnds,
  { whole }: StageState,
  labels: readonly [string, string],
): readonly KnownRow[] => whoKnewWhat({ events, facts: whole, pairing, labels });

/** Something is certain or likely to be wrong. */
export const isFailure = ({ causes }: Diagnosis): boolean =>
  causes.some(({ confidence }) => confidence !== 'possible');
