/**
 * What two ends that meet in a room tell each other beside the messages of offer and answer. Each note is JSON with a
 * `meet`; a message has none. What comes from the other side is read here and nowhere else.
 */
import type { CandidateInit, Description, Signal } from '../../core/session/event.ts';

/** Times by the clock of who sends, in ms since 1970. */
export interface Stamp {
  readonly at: number;
  /** The last note heard: when the other side sent it, by its clock, and when it came, by this one. */
  readonly heard: readonly [number, number] | null;
}

export type NoteBody =
  /** `me` names this peer connection, `you` the one of the other side that it is for; `since` is when it was planned. */
  | {
      readonly meet: 'hello';
      readonly me: string;
      readonly you: string | null;
      readonly since: number;
      readonly browser: string;
      readonly carrier: string;
      readonly share: boolean;
    }
  | { readonly meet: 'share'; readonly on: boolean }
  /** Both restart ICE and offer at once: a collision on purpose. */
  | { readonly meet: 'collide' }
  | RecordBody;

/** About the recording of the connection `of`, by the room or by a channel of its own. All up to `got` has come. */
export type RecordBody =
  /** The `n`-th list of what was recorded, times as in a stamp; a note that came has it. */
  | { readonly meet: 'events'; readonly of: string; readonly n: number }
  /** To set the clocks by: a question or, going `back`, the answer. */
  | { readonly meet: 'tick'; readonly of: string; readonly back: boolean; readonly got: number }
  /** `again`: a later list came, so that one is missing. */
  | { readonly meet: 'got'; readonly of: string; readonly got: number; readonly again: boolean };

type Received<B extends NoteBody> = Stamp &
  (B extends { readonly meet: 'events' } ? B & { readonly list: readonly unknown[] } : B);
export type Note = { [M in NoteBody['meet']]: Received<NoteBody & { readonly meet: M }> }[NoteBody['meet']];
export type RecordNote = Note & { readonly meet: RecordBody['meet'] };

export interface WireMessage {
  readonly id: string;
  readonly kind: Signal['kind'];
  readonly payload: Description | CandidateInit | null;
}

type Members = Readonly<Record<string, unknown>>;

/** A note, a message, or null for what is neither: a foreign or a broken message. */
export function readMessage(text: string): Note | WireMessage | null {
  const value = parse(text);
  if (value === null) return null;
  if (!('meet' in value)) return isCode(value) ? (value as unknown as WireMessage) : null;
  const read = READS.get(String(value['meet']));
  return read && isStamped(value) && read(value) ? (value as unknown as Note) : null;
}

function parse(text: string): Members | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Members) : null;
  } catch {
    return null;
  }
}

const isTime = (value: unknown): boolean => Number.isFinite(value) && (value as number) >= 0;
const isTag = (value: unknown): boolean => typeof value === 'string' && /^[AB][a-z0-9]{4,12}$/.test(value);
const isShort = (value: unknown): boolean => typeof value === 'string' && value.length <= 80;
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isFlag = (value: unknown): boolean => typeof value === 'boolean';

const isStamped = ({ at, heard }: Members): boolean =>
  isTime(at) && (heard === null || (Array.isArray(heard) && heard.length === 2 && heard.every(isTime)));

const READS = new Map<string, (note: Members) => boolean>([
  [
    'hello',
    ({ me, you, since, browser, carrier, share }) =>
      isTag(me) &&
      (you === null || isTag(you)) &&
      isTime(since) &&
      isShort(browser) &&
      isShort(carrier) &&
      isFlag(share),
  ],
  ['share', ({ on }) => isFlag(on)],
  ['collide', () => true],
  ['events', ({ of, n, list }) => isTag(of) && isCount(n) && Array.isArray(list)],
  ['tick', ({ of, back, got }) => isTag(of) && isFlag(back) && isCount(got)],
  ['got', ({ of, got, again }) => isTag(of) && isCount(got) && isFlag(again)],
]);

const DESCRIPTIONS: ReadonlySet<unknown> = new Set(['offer', 'answer', 'pranswer', 'rollback']);

function isCode({ id, kind, payload }: Members): boolean {
  if (typeof id !== 'string' || id.length > 80 || typeof payload !== 'object' || payload === null)
    return false;
  const { type, sdp, candidate } = payload as Members;
  if (DESCRIPTIONS.has(kind)) return type === kind && typeof sdp === 'string';
  return (kind === 'candidate' || kind === 'end') && typeof candidate === 'string';
}
