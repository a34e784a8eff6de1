import type { View } from '../../../core/projections/view.ts';
import type { Caption, LegendEntry } from '../diagram.ts';
import { eventText } from './lesson.ts';
import { type Entry, entriesAt, partyText } from './model.ts';

/** How many packets the text alternative names. */
const NAMED = 12;

export function describe(view: View): string {
  const entries = entriesAt(view);
  const total = view.whole.packets.list.length;
  if (total === 0)
    return 'No packets were seen. A browser hides them; only our own STUN/TURN server can show them.';
  if (entries.length === 0) return 'No packet has been seen yet at this moment of the recording.';
  const named = entries.slice(-NAMED).map(inWords);
  const missed = view.facts.packets.missed;
  return [
    `${entries.length} packets so far, seen by our own STUN/TURN server. ${countWords(entries)}`,
    `The newest: ${named.join('; ')}.`,
    ...(missed > 0 ? [`${missed} more were seen and not recorded.`] : []),
  ].join(' ');
}

const inWords = ({ seen, from, to, gist }: Entry): string => {
  const what = [gist.name, gist.value, gist.note].filter(Boolean).join(' ');
  return `${seen.at.toFixed(1)} ms ${partyText(from)} to ${partyText(to)} ${what}`;
};

function countWords(entries: readonly Entry[]): string {
  const counts = new Map<string, number>();
  for (const { gist } of entries) counts.set(gist.role, (counts.get(gist.role) ?? 0) + 1);
  const words = [...counts].map(([role, count]) => `${count} ${ROLES[role] ?? role}`);
  return `${words.join(', ')}.`;
}

const ROLES: Readonly<Record<string, string>> = {
  question: 'to and from STUN',
  lease: 'about leasing an address',
  check: 'connectivity checks and answers',
  handshake: 'of the DTLS handshake',
  data: 'of encrypted data',
  other: 'others',
};

export function caption(view: View): Caption {
  const last = entriesAt(view).at(-1);
  if (last) return { text: eventText(view, last) };
  if (view.events.length === 0) return { text: [{ strong: 'No packets yet' }, '.'] };
  return view.whole.packets.list.length > 0
    ? { text: [{ strong: 'No packet has been seen yet' }, '.'] }
    : { text: [{ strong: 'Nobody saw this session’s packets' }, '.'] };
}

const MARKS = [
  ['srflx', 'server reflexive'],
  ['relay', 'relay'],
  ['fail', 'refused'],
] as const;

export function legend(view: View): readonly LegendEntry[] {
  const shown = new Set(entriesAt(view).flatMap(({ gist }) => (gist.mark ? [gist.mark] : [])));
  return MARKS.flatMap(([mark, text]): LegendEntry[] =>
    shown.has(mark) ? [{ kind: 'mark', mark, text }] : [],
  );
}
