import type { CandidateType } from '../../../../core/sdp/priority.ts';
import { type CheckWindow, checkWindow } from '../../../../core/projections/check-window.ts';
import type { Facts } from '../../../../core/projections/index.ts';
import type { CheckActivity, Pair, PeerPairs } from '../../../../core/projections/pairs.ts';
import { type Drawn, type Mark, type Pen, type Shape, icon, line } from './mark.ts';

/** A slant steeper than this could not be told from an upright line. */
const NARROWEST = 3.5;

/**
 * Connectivity checks as the counters of getStats tell them: somewhere in the dashed span, and drawn as late as they can
 * have happened. Thin: a request; thick: its answer. Also which pair failed, and which came into use.
 */
export function drawChecks(peer: string, facts: Facts, pen: Pen): Drawn {
  const row = pen.row(peer);
  const pairs = facts.pairs[peer];
  const own = facts.candidates[peer];
  if (row === null || !pairs) return { marks: [], texts: [] };
  const known = new Map(
    [...(own?.local ?? []), ...(own?.remote ?? [])].flatMap((candidate) =>
      candidate.statsId === null ? [] : [[candidate.statsId, candidate] as const],
    ),
  );
  const marks = pairs.pairs.flatMap((pair) => {
    const ends = [known.get(pair.localId), known.get(pair.remoteId)] as const;
    const kind = dearest(ends[0]?.type, ends[1]?.type);
    const window = (activity: CheckActivity): CheckWindow => checkWindow(facts, pair, activity, ends);
    return [...triesOf(pair, { kind, row, window }, pen), ...failuresOf(pair, row, pen)];
  });
  return { marks: [...marks, ...selectionsOf(peer, pairs, row, pen)], texts: [] };
}

const COST: readonly CandidateType[] = ['relay', 'prflx', 'srflx', 'host'];

/** A pair has the colour of the dearest candidate on its way. */
const dearest = (local: CandidateType | undefined, remote: CandidateType | undefined): CandidateType =>
  COST.find((type) => type === local || type === remote) ?? 'host';

interface Tries {
  readonly kind: CandidateType;
  readonly row: number;
  readonly window: (activity: CheckActivity) => CheckWindow;
}

function triesOf(pair: Pair, { kind, row, window }: Tries, pen: Pen): Mark[] {
  return pair.activity.flatMap((activity, number) => {
    const within = window(activity);
    const x = pen.x(within.until);
    if (!pen.seen(x, row, `check ${kind}`)) return [];
    const trip = { ...activity, ...within };
    const shapes = [...spanOf(trip, row, pen), ...slants(trip, pair.roundTripTime, kind, row, pen)];
    return [markOf(pair, `check ${number}`, tryName(trip, kind, pen.label(pair.peer)), x, row, shapes)];
  });
}

/** A window this narrow says no more than its mark. */
const SHORTEST = 12;

function spanOf({ after, until }: CheckWindow, row: number, pen: Pen): Shape[] {
  const [from, to] = [pen.x(after), pen.x(until)];
  return to - from < SHORTEST ? [] : [{ shape: 'span', x1: from, x2: to, y: row }];
}

function slants(
  { after, until, requests, responses }: CheckActivity,
  roundTrip: number | null,
  kind: CandidateType,
  row: number,
  pen: Pen,
): Shape[] {
  const other = pen.across(row);
  const trip = Math.min(until - after, roundTrip === null ? until - after : roundTrip * 1000);
  const back = pen.x(until);
  const turn = Math.min(pen.x(until - trip / 2), back - NARROWEST);
  const start = Math.min(pen.x(until - trip), turn - NARROWEST);
  const asked = requests > 0 ? [line([start, row], [turn, other], kind, 1.5)] : [];
  return responses > 0 ? [...asked, line([turn, other], [back, row], kind, 3)] : asked;
}

const tryName = ({ requests, responses, after, until }: CheckActivity, kind: CandidateType, label: string) =>
  `${label} checks a ${kind} pair: ${requests} sent, ${responses} answered, at some time from ${after.toFixed(1)} to ${until.toFixed(1)} ms`;

const failuresOf = (pair: Pair, row: number, pen: Pen): Mark[] =>
  pair.spans
    .filter(({ state }) => state === 'failed')
    .flatMap(({ from }) => {
      const x = pen.x(from);
      if (!pen.seen(x, row, 'failed')) return [];
      return [
        markOf(pair, `failed ${from}`, `${pen.label(pair.peer)} gives a pair up`, x, row, [
          icon('fail', x, row, 0.62),
        ]),
      ];
    });

/** Where the pair that is in use came into use, at the latest. */
const selectionsOf = (peer: string, { selections, pairs }: PeerPairs, row: number, pen: Pen): Mark[] =>
  selections.flatMap(({ id, until, candidates }, number) => {
    const x = pen.x(until);
    const pair = pairs.find((one) => one.id === id);
    if (!pair || !pen.seen(x, row, 'selected')) return [];
    const when = `${candidates ? 'at' : 'by'} ${until.toFixed(1)} ms`;
    const shape: Shape = { shape: 'flag', x, y: row };
    return [markOf(pair, `selected ${number}`, `${pen.label(peer)} uses this pair ${when}`, x, row, [shape])];
  });

const markOf = (
  pair: Pair,
  what: string,
  name: string,
  x: number,
  y: number,
  shapes: readonly Shape[],
): Mark => ({
  key: `${pair.id} ${what}`,
  selects: { kind: 'pair', id: pair.id },
  name,
  left: x - 6,
  right: x,
  y,
  shapes,
});
