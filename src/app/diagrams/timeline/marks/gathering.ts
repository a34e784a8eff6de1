import type { Candidate, PeerCandidates } from '../../../../core/projections/candidates.ts';
import type { PeerStates, StateStep } from '../../../../core/projections/states.ts';
import { type Drawn, type Mark, type Pen, type Shape, icon, line } from './mark.ts';

/** A search for candidates, from `gathering` to `complete`; null while it goes on. */
interface Search {
  readonly event: string;
  readonly from: number;
  readonly to: number | null;
}

/** How long each peer searched, and when each candidate was found: its line begins where the search did. */
export function drawGathering(
  peer: string,
  candidates: PeerCandidates | undefined,
  states: PeerStates | undefined,
  pen: Pen,
): Drawn {
  const row = pen.row(peer);
  if (row === null) return { marks: [], texts: [] };
  const searches = searchesOf(states?.gathering.history ?? []);
  const spans = searches.flatMap((search) => spanOf(peer, search, row, pen));
  // The longest first, so that the shorter ones stay visible on top of it.
  const found = (candidates?.local ?? []).map((candidate, place) => ({ candidate, place }));
  found.sort((a, b) => b.candidate.at - a.candidate.at);
  const marks = found.flatMap(({ candidate, place }) =>
    foundMark(candidate, { key: `${peer} ${place}`, label: pen.label(peer) }, searches, row, pen),
  );
  const errors = candidates?.gathering.errors ?? [];
  const failed = errors.flatMap((error) =>
    pen.seen(pen.x(error.at), row, 'error')
      ? [
          dot(error.event, { kind: 'event', id: error.event }, `${error.errorCode} from ${error.url}`, [
            icon('fail', pen.x(error.at), row, 0.45),
          ]),
        ]
      : [],
  );
  return { marks: [...spans, ...marks, ...failed], texts: [] };
}

function searchesOf(history: readonly StateStep[]): readonly Search[] {
  return history.flatMap((step, at) =>
    step.state === 'gathering'
      ? [{ event: step.event ?? '', from: step.at, to: history[at + 1]?.at ?? null }]
      : [],
  );
}

function spanOf(peer: string, search: Search, row: number, pen: Pen): Mark[] {
  const [x1, x2] = [pen.x(search.from), search.to === null ? pen.right : pen.x(search.to)];
  if (!pen.seen(x1, row, 'search')) return [];
  const ending = search.to === null ? 'not complete' : 'complete';
  return [
    {
      key: search.event,
      selects: { kind: 'event', id: search.event },
      name: `${pen.label(peer)} gathers, ${ending}`,
      left: x1,
      right: x2,
      y: row,
      shapes: [line([x1, row], [x2, row], 'wire', 1.2)],
    },
  ];
}

function foundMark(
  candidate: Candidate,
  { key, label }: { readonly key: string; readonly label: string },
  searches: readonly Search[],
  row: number,
  pen: Pen,
): Mark[] {
  const x = pen.x(candidate.at);
  if (!pen.seen(x, row, candidate.type)) return [];
  const search = searches.findLast(
    ({ from, to }) => from <= candidate.at && (to === null || candidate.at <= to),
  );
  const bar = search ? [line([pen.x(search.from), row], [x, row], candidate.type, 3)] : [];
  return [
    dot(
      key,
      { kind: 'candidate', id: candidate.key },
      `${label} finds a ${candidate.type} candidate, port ${candidate.port}`,
      [...bar, icon(candidate.type, x, row, 0.68)],
    ),
  ];
}

function dot(key: string, selects: Mark['selects'], name: string, shapes: readonly Shape[]): Mark {
  const at = shapes.find(({ shape }) => shape === 'icon') as Extract<Shape, { shape: 'icon' }>;
  return { key, selects, name, left: at.x, right: at.x, y: at.y, shapes };
}
