import type { Candidate } from '../../../core/projections/candidates.ts';
import type { View } from '../../../core/projections/view.ts';
import type { Caption, LegendEntry } from '../diagram.ts';
import { TYPE_WORDS } from '../parts/ports.ts';
import { type Checklist, type PairRow, checklistsOf } from './rows.ts';

export function describe({ facts }: View): string {
  const lists = checklistsOf(facts);
  if (lists.length === 0)
    return 'Nothing is known of pairs yet: the browser tells of them once checks begin.';
  return lists.map(describeList).join(' ');
}

function describeList({ letter, rows }: Checklist): string {
  const chosen = rows.find(({ isSelected }) => isSelected);
  const selected = chosen
    ? `selected pair local ${nameOf(chosen.local)}, remote ${nameOf(chosen.remote)}`
    : 'no pair is selected';
  const counts = new Map<string, number>();
  for (const { state } of rows) counts.set(state, (counts.get(state) ?? 0) + 1);
  const states = [...counts].map(([state, count]) => `${count} ${state}`).join(', ');
  return `${letter}: ${selected}; ${states || 'no pairs'}.`;
}

/** `host udp port 56839` */
const nameOf = (candidate: Candidate | null): string =>
  candidate ? `${candidate.type} ${candidate.protocol} port ${candidate.port}` : 'unknown';

const kindOf = ({ local, remote }: PairRow): string =>
  `${local ? TYPE_WORDS[local.type] : 'unknown'} to ${remote ? TYPE_WORDS[remote.type] : 'unknown'}`;

export function caption({ facts }: View): Caption {
  const lists = checklistsOf(facts);
  const rows = lists.flatMap(({ rows }) => rows);
  if (rows.length === 0)
    return { text: ['No pair is known yet: ', { strong: 'checks have not begun' }, '.'] };
  const chosen = rows.find(({ isSelected }) => isSelected);
  if (chosen) {
    const others = rows.length - rows.filter(({ isSelected }) => isSelected).length;
    const next =
      others > 0
        ? `${others} other${others === 1 ? '' : 's'} stayed behind. Of the pairs that work, one is nominated.`
        : 'It was the only one that was formed.';
    return { text: ['The pair in use is ', { strong: kindOf(chosen) }, '.'], next };
  }
  if (rows.every(({ state }) => state === 'failed')) {
    return {
      text: ['Every pair was tried, and ', { strong: 'none works' }, '.'],
      next: 'Without a pair there is no connection.',
    };
  }
  const works = rows.find(({ state }) => state === 'succeeded');
  if (works)
    return {
      text: [`${kindOf(works)}: `, { strong: 'a check was answered' }, '.'],
      next: 'One that works is nominated next.',
    };
  return {
    text: [{ strong: `${rows.length} pair${rows.length === 1 ? '' : 's'}` }, ' wait for an answer.'],
    next: 'Each check asks: can you hear me here?',
  };
}

export function legend({ facts }: View): readonly LegendEntry[] {
  const rows = checklistsOf(facts).flatMap((list) => list.rows);
  const types = new Set(rows.flatMap(({ local, remote }) => [local?.type, remote?.type]));
  const marks = (['host', 'srflx', 'prflx', 'relay'] as const).filter((type) => types.has(type));
  return marks.map((mark) => ({ kind: 'mark', mark, text: TYPE_WORDS[mark] }));
}
