import { CANDIDATE_TYPES, TYPE_WORDS } from '../../../core/sdp/priority.ts';
import type { View } from '../../../core/projections/view.ts';
import type { LegendEntry } from '../diagram.ts';

/** Marks of the candidates known so far, and what dashes mean once something was concluded. */
export function legend({ facts }: View): readonly LegendEntry[] {
  const known = new Set(
    Object.values(facts.candidates).flatMap(({ local, remote }) =>
      [...local, ...remote].map(({ type }) => type),
    ),
  );
  if (known.size === 0) return [];
  return [
    ...CANDIDATE_TYPES.filter((type) => known.has(type)).map((mark) => ({
      kind: 'mark' as const,
      mark,
      text: TYPE_WORDS[mark],
    })),
    { kind: 'evidence', evidence: 'observed', text: 'seen' },
    { kind: 'evidence', evidence: 'inferred', text: 'inferred' },
  ];
}
