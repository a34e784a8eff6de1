/** What tabs write to each other on the BroadcastChannel of a room, and how foreign messages are told apart. */

/** `life` names one stay of one tab in the room: a reload, or a return from the back-forward cache, begins another. */
export type TabNote = { readonly icescope: 1; readonly life: string } & (
  | { readonly note: 'here'; readonly seat: SeatName; readonly ask: boolean }
  | { readonly note: 'letter'; readonly number: number; readonly text: string }
  | { readonly note: 'got'; readonly number: number }
);

export type SeatName = 'A' | 'B';

/** The longest message that is read: a description of hundreds of sections is shorter. Characters. */
const LONGEST = 4_000_000;

/** Any script of this origin may write on the channel, so everything that is not a note of ours is null. */
export function readNote(data: unknown): TabNote | null {
  if (typeof data !== 'object' || data === null) return null;
  const note = data as Readonly<Record<string, unknown>>;
  const isOurs = note['icescope'] === 1 && isName(note['life']);
  return isOurs && READS[String(note['note'])]?.(note) ? (data as TabNote) : null;
}

const READS: Readonly<Record<string, (note: Readonly<Record<string, unknown>>) => boolean>> = {
  __proto__: null as never,
  here: ({ seat, ask }) => (seat === 'A' || seat === 'B') && typeof ask === 'boolean',
  letter: ({ number, text }) => isCount(number) && typeof text === 'string' && text.length <= LONGEST,
  got: ({ number }) => isCount(number),
};

const isName = (value: unknown): boolean => typeof value === 'string' && /^[A-Za-z0-9_-]{22}$/.test(value);
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) > 0;
