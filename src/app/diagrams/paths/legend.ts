import { CANDIDATE_TYPES } from '../../../core/sdp/priority.ts';
import type { View } from '../../../core/projections/view.ts';
import type { LegendEntry } from '../diagram.ts';
import { layout } from './layout.ts';
import { TYPE_WORDS } from '../../../core/sdp/priority.ts';

/** Only what the picture holds now; with lines, also how to read their dashes. */
export function legend(view: View): readonly LegendEntry[] {
  if (view.whole.peers.length === 0) return [];
  const { marks, crosses, strokes, evidence } = layout(view, { width: 1008, height: 452 });
  const types = new Set([...marks.map(({ type }) => type), ...strokes.map(({ kind }) => kind)]);
  const kinds = CANDIDATE_TYPES.filter((type) => types.has(type));
  const failed: LegendEntry[] = crosses.length > 0 ? [{ kind: 'mark', mark: 'fail', text: 'failed' }] : [];
  const simulated: LegendEntry[] = evidence.includes('simulated')
    ? [{ kind: 'evidence', evidence: 'simulated', text: 'simulated' }]
    : [];
  return [
    ...kinds.map((mark): LegendEntry => ({ kind: 'mark', mark, text: TYPE_WORDS[mark] })),
    ...failed,
    { kind: 'evidence', evidence: 'observed', text: 'seen' },
    { kind: 'evidence', evidence: 'inferred', text: 'inferred' },
    ...simulated,
  ];
}
