/** Descriptions that the page changed between createOffer or createAnswer and setLocalDescription. */
import type { SessionEvent } from '../session/event.ts';

export interface Munged {
  readonly type: string;
  /** Ids of the events of creating and of setting. */
  readonly created: string;
  readonly set: string;
  /** The first line that differs, counted from 1. */
  readonly line: number;
  /** As created and as set; null where only the order differs. */
  readonly was: string | null;
  readonly is: string | null;
}

export function mungedAt(events: readonly SessionEvent[]): readonly Munged[] {
  const created = new Map<string, { readonly id: string; readonly sdp: string }>();
  const found: Munged[] = [];
  for (const event of events) {
    if (event.type === 'createOfferOnSuccess' || event.type === 'createAnswerOnSuccess')
      created.set(event.value.type, { id: event.id, sdp: event.value.sdp });
    if (event.type !== 'setLocalDescription' || !event.value?.sdp) continue;
    const from = created.get(event.value.type);
    if (!from || from.sdp === event.value.sdp) continue;
    const difference = differenceOf(linesOf(from.sdp), linesOf(event.value.sdp));
    if (difference) found.push({ type: event.value.type, created: from.id, set: event.id, ...difference });
  }
  return found;
}

/** Line ends do not count, nor do candidates, which a browser writes in while it gathers. */
const linesOf = (sdp: string): readonly string[] =>
  sdp.split(/\r?\n/).filter((line) => line !== '' && !/^a=(?:candidate:|end-of-candidates)/.test(line));

function differenceOf(
  was: readonly string[],
  is: readonly string[],
): Pick<Munged, 'line' | 'was' | 'is'> | null {
  const at = was.findIndex((line, index) => line !== is[index]);
  const line = at < 0 ? (is.length > was.length ? was.length : -1) : at;
  if (line < 0) return null;
  const isReordered = was.length === is.length && was.toSorted().join('\n') === is.toSorted().join('\n');
  return {
    line: line + 1,
    was: isReordered ? null : (was[line] ?? ''),
    is: isReordered ? null : (is[line] ?? ''),
  };
}
