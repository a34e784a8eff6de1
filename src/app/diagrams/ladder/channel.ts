/**
 * The channel between the two, where levers keep, lose, copy and mix letters: which letters were touched, and in which
 * lane of the band each of them waits. Looked up in the whole recording, so that a lane stays where it is.
 */
import type { CandidateType } from '../../../core/sdp/priority.ts';
import { readCandidate } from '../../../core/projections/candidates.ts';
import type { Message, Passing } from '../../../core/projections/messages.ts';
import type { View } from '../../../core/projections/view.ts';

/** A letter that a lever touched. */
export interface Touched {
  /** Receiver and correlation: `B A>B#3`. */
  readonly key: string;
  /** Position among the messages. */
  readonly index: number;
  readonly message: Message;
  readonly sentAt: number;
  readonly type: CandidateType | null;
  /** Lanes are counted from the side of the sender. */
  readonly lane: number;
}

export interface Band {
  readonly messages: ReadonlyMap<string, Touched>;
  /** How many lanes are needed side by side. */
  readonly lanes: number;
  /** How the letters travel beside it: `in-page`. */
  readonly channel: string;
}

const known = new WeakMap<View['whole']['messages'], Band | null>();

/** Null where no lever touched anything: then the ladder has no band. */
export function bandOf({ whole: { messages } }: View): Band | null {
  const before = known.get(messages);
  if (before !== undefined) return before;
  const band = make(messages.toArray());
  known.set(messages, band);
  return band;
}

export const keyOf = (to: string, correlation: string | undefined | null): string => `${to} ${correlation}`;

function make(all: readonly Message[]): Band | null {
  const messages = new Map<string, Touched>();
  /** By sender: when each of its lanes is free again. */
  const free = new Map<string, number[]>();
  for (const [index, message] of all.entries()) {
    if (!message.passage || message.sentAt === null) continue;
    const lanes = free.get(message.from) ?? [];
    free.set(message.from, lanes);
    const empty = lanes.findIndex((until) => until <= message.sentAt!);
    const lane = empty < 0 ? lanes.length : empty;
    lanes[lane] = endOf(message.passage);
    const key = keyOf(message.to, message.correlation);
    messages.set(key, { key, index, message, sentAt: message.sentAt, type: candidateTypeOf(message), lane });
  }
  if (messages.size === 0) return null;
  const lanes = lanesOf([...messages.values()]);
  return { messages, lanes, channel: [...messages.values()].at(-1)!.message.channel };
}

/** Both sides' lanes that are taken at once, at the worst moment. */
function lanesOf(all: readonly Touched[]): number {
  let most = 0;
  for (const [at, { sentAt }] of all.entries()) {
    // Whoever waits longer than this many letters holds a lane that was counted when they came.
    const active = all.slice(Math.max(0, at - 64), at + 1).filter((other) => until(other) > sentAt);
    const sides = new Map<string, number>();
    for (const { message, lane } of active)
      sides.set(message.from, Math.max(sides.get(message.from) ?? 0, lane + 1));
    most = Math.max(
      most,
      [...sides.values()].reduce((sum, count) => sum + count, 0),
    );
  }
  return most;
}

const until = ({ message }: Touched): number => endOf(message.passage!);

/** A lane stays taken for a moment, so that a letter is not drawn into the icon of the one before it. */
const REST = 30;

function endOf({ dropped, leftAt, copies }: Passing): number {
  if (dropped) return dropped.at + REST;
  return leftAt.length >= copies ? leftAt.at(-1)! + REST : Infinity;
}

/** Of the candidate that a letter carries; null where it carries none. */
export function candidateTypeOf({ payload }: Pick<Message, 'payload'>): CandidateType | null {
  const line = payload && 'candidate' in payload ? String(payload.candidate) : '';
  return readCandidate(line)?.type ?? null;
}

/** A letter that is inside the channel at the cursor, and how long it stays; null until somebody lets it go. */
export interface Inside {
  readonly touched: Touched;
  readonly toGo: number | null;
}

export function insideAt(view: View): readonly Inside[] {
  const band = bandOf(view);
  if (!band) return [];
  return [...band.messages.values()].flatMap((touched) => {
    const now = view.facts.messages.get(touched.index)?.passage;
    if (!now || now.heldAt === null || now.dropped || now.leftAt.length >= now.copies) return [];
    return [{ touched, toGo: now.until === null ? null : Math.max(0, now.until - view.time) }];
  });
}

/** Whether a letter leaves before one that its sender sent earlier: which of them it overtakes, if a description. */
export function overtaken(band: Band, touched: Touched, at: number): Touched | null {
  if (touched.type === null && touched.message.kind !== 'end') return null;
  const isWaiting = ({ message, sentAt }: Touched): boolean =>
    message.from === touched.message.from &&
    message.kind !== 'candidate' &&
    message.kind !== 'end' &&
    sentAt < touched.sentAt &&
    !message.passage!.dropped &&
    (message.passage!.leftAt[0] ?? Infinity) > at;
  return [...band.messages.values()].find(isWaiting) ?? null;
}
