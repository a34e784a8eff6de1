/**
 * Impairments of a signalling channel: what becomes of each message between the two. WebRTC leaves the channel to the page
 * (RFC 9429, section 3), so whatever a channel may do to a message can be done here, to see what comes of it.
 */

/** The kinds of messages that can be treated apart; the end of candidates goes with the candidates. */
export const MESSAGE_KINDS = ['offer', 'answer', 'candidate'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** What is done to the messages of one kind in one direction. */
export interface Impairment {
  /** Milliseconds that each stays in the channel. */
  readonly delay: number;
  /** How many of them get lost, 0 to 1. */
  readonly drop: number;
  /** How many of them arrive twice, 0 to 1. */
  readonly duplicate: number;
  /** They keep no order: each stays for a time of its own, and waits for no other. */
  readonly reorder: boolean;
  /** They stay until somebody lets them go. */
  readonly hold: boolean;
}

/** The first to come sits at A. */
export type Direction = 'A to B' | 'B to A';
export const DIRECTIONS: readonly Direction[] = ['A to B', 'B to A'];

export type Settings = Readonly<Record<Direction, Readonly<Record<MessageKind, Impairment>>>>;

export const SMOOTH: Impairment = { delay: 0, drop: 0, duplicate: 0, reorder: false, hold: false };

const eachKind = (impairment: Impairment): Readonly<Record<MessageKind, Impairment>> => ({
  offer: impairment,
  answer: impairment,
  candidate: impairment,
});

export const ALL_SMOOTH: Settings = { 'A to B': eachKind(SMOOTH), 'B to A': eachKind(SMOOTH) };

/** Changes one impairment, or several, for these directions and kinds. */
export function pull(
  settings: Settings,
  where: { readonly directions: readonly Direction[]; readonly kinds: readonly MessageKind[] },
  change: Partial<Impairment>,
): Settings {
  const row = (direction: Direction) => {
    const before = settings[direction];
    const changed = where.kinds.map((kind) => [kind, { ...before[kind], ...change }]);
    return where.directions.includes(direction) ? { ...before, ...Object.fromEntries(changed) } : before;
  };
  return { 'A to B': row('A to B'), 'B to A': row('B to A') };
}

export const isSmooth = (settings: Settings): boolean =>
  DIRECTIONS.every((direction) =>
    MESSAGE_KINDS.every((kind) => JSON.stringify(settings[direction][kind]) === JSON.stringify(SMOOTH)),
  );

/** What `pull` needs to cause one failure, named by it. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly pulls: readonly {
    readonly directions: readonly Direction[];
    readonly kinds: readonly MessageKind[];
    readonly change: Partial<Impairment>;
  }[];
}

const preset = (
  id: string,
  title: string,
  directions: readonly Direction[],
  kinds: readonly MessageKind[],
  change: Partial<Impairment>,
): Preset => ({ id, title, pulls: [{ directions, kinds, change }] });

export const PRESETS: readonly Preset[] = [
  preset('lost-answer', 'Lose the answer', DIRECTIONS, ['answer'], { drop: 1 }),
  preset('lost-offer', 'Lose the offer', DIRECTIONS, ['offer'], { drop: 1 }),
  preset('early-candidates', 'Candidates first', ['A to B'], ['offer'], {
    delay: 800,
    reorder: true,
  }),
  preset('lost-candidates', 'Lose candidates', DIRECTIONS, ['candidate'], { drop: 1 }),
  preset('late-answer', 'Hold the answer', DIRECTIONS, ['answer'], { hold: true }),
  preset('twice', 'All twice', DIRECTIONS, MESSAGE_KINDS, { duplicate: 1 }),
];

export const settingsOf = ({ pulls }: Preset): Settings =>
  pulls.reduce((settings, { change, ...where }) => pull(settings, where, change), ALL_SMOOTH);

/** A kind as events name it, as the impairments know it. */
export const impairmentKind = (kind: string): MessageKind =>
  kind === 'candidate' || kind === 'end'
    ? 'candidate'
    : kind === 'answer' || kind === 'pranswer'
      ? 'answer'
      : 'offer';
