import type { CandidateType } from '../../../../core/sdp/priority.ts';
import type { PeerCandidates } from '../../../../core/projections/candidates.ts';
import type { CheckActivity, Pair, PeerPairs } from '../../../../core/projections/pairs.ts';
import { type Drawn, type Mark, type Pen, type Shape, icon, line } from './mark.ts';

/** A slant steeper than this could not be told from an upright line. */
const NARROWEST = 3.5;

/**
 * Connectivity checks as the counters of getStats tell them: they happened between two readings, and are drawn as late
 * as they can have happened. Thin: a request; thick: its answer. Also which pair failed, and which was nominated.
 */
export function drawChecks(
  peer: string,
  pairs: PeerPairs | undefined,
  candidates: PeerCandidates | undefined,
  pen: Pen,
): Drawn {
  const row = pen.row(peer);
  if (row === null || !pairs) return { marks: [], texts: [] };
  const types = typesOf(candidates);
  const marks = pairs.pairs.flatMap((pair) => {
    const kind = dearest(types.get(pair.localId), types.get(pair.remoteId));
    return [...triesOf(pair, kind, row, pen), ...failuresOf(pair, row, pen), ...nominationOf(pair, row, pen)];
  });
  return { marks, texts: [] };
}

function typesOf(candidates: PeerCandidates | undefined): ReadonlyMap<string, CandidateType> {
  const all = [...(candidates?.local ?? []), ...(candidates?.remote ?? [])];
  return new Map(all.flatMap(({ statsId, type }) => (statsId === null ? [] : [[statsId, type] as const])));
}

const COST: readonly CandidateType[] = ['relay', 'prflx', 'srflx', 'host'];

/** A pair has the colour of the dearest candidate on its way. */
const dearest = (local: CandidateType | undefined, remote: CandidateType | undefined): CandidateType =>
  COST.find((type) => type === local || type === remote) ?? 'host';

function triesOf(pair: Pair, kind: CandidateType, row: number, pen: Pen): Mark[] {
  return pair.activity.flatMap((activity, number) => {
    const x = pen.x(activity.until);
    if (!pen.seen(x, row, `check ${kind}`)) return [];
    const shapes = slants(activity, pair.roundTripTime, kind, row, pen);
    return [markOf(pair, `check ${number}`, tryName(activity, kind, pen.label(pair.peer)), x, row, shapes)];
  });
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

const tryName = ({ requests, responses }: CheckActivity, kind: CandidateType, label: string): string =>
  `${label} checks a ${kind} pair: ${requests} sent, ${responses} answered`;

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

function nominationOf(pair: Pair, row: number, pen: Pen): Mark[] {
  if (pair.nominatedAt === null) return [];
  const x = pen.x(pair.nominatedAt);
  if (!pen.seen(x, row, 'nominated')) return [];
  const shape: Shape = { shape: 'flag', x, y: row };
  return [markOf(pair, 'nominated', `${pen.label(pair.peer)} knows its pair as nominated`, x, row, [shape])];
}

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
