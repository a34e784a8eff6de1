/**
 * What a lesson does: the `lesson.ts` beside its prose. A step says what is on the stage, who drives, when it is done,
 * and how: its solution is played by “Show me” and by the tests, through the same buttons that the learner has.
 */
import type { ManualStep } from '../diagnosis/legal-steps.ts';
import type { Facts } from '../projections/index.ts';
import type { Selection } from '../projections/view.ts';
import type { Description } from '../session/event.ts';
import type { Settings } from '../signalling/impairments.ts';
import type { Scenario } from '../sim/scenario.ts';
import type { Board, Dial, Turned } from './board.ts';

export interface Lesson {
  /** Tabs of the stage in this lesson, the main one first; ids of diagrams. */
  readonly diagrams: readonly string[];
  /** By the ids of the steps in `index.md`. The last step, of questions only, needs none. */
  readonly steps: Readonly<Record<string, Step>>;
}

export interface Step {
  /** A fresh session for this step and those after it; left out, the step goes on with the one that is there. */
  readonly run?: Run;
  /** How the stage is set when the step begins. */
  readonly stage?: StageSetting;
  /** `true` once the step is done; else a sentence that says what is missing and what to do. Facts are of the whole session. */
  readonly check: (facts: Facts, now: Situation) => true | string;
  /** What does the step, in order. */
  readonly solution: readonly Action[];
  /** Something else that a learner may try first: the check must then say what is wrong. Tested. */
  readonly mistake?: readonly Action[];
  /** How predictions come out, when that depends on the session: the place of the true option, or null while unknown. */
  readonly outcomes?: Readonly<Record<string, (facts: Facts) => number | null>>;
  /** What `:show[…]{#name}` in the prose puts on the stage. */
  readonly shows?: Readonly<Record<string, StageSetting>>;
  /** What `::board{#name}` in the prose draws. */
  readonly boards?: Readonly<Record<string, Board>>;
}

/** Where a step's session comes from, and the controls that the learner gets for it. */
export type Run =
  /** Two ends in this page that connect at the press of a button; a dial `answers` says what B says to sound and picture. */
  | ({ readonly kind: 'connect' } & Common)
  | ByHand
  /** The same two ends run perfect negotiation, and offer in the same moment; a dial `polite` says who gives way. */
  | ({ readonly kind: 'both offer'; readonly polite?: Polite } & Common)
  /** A writes an offer, or B reads one that the learner mended: only the buttons that the solution presses. */
  | ({ readonly kind: 'offer' } & Common)
  /** One end that gathers candidates and goes no further. */
  | ({ readonly kind: 'gather' } & Common)
  /** The same two ends, and the learner carries the two messages from one box to the other. */
  | ({ readonly kind: 'letters' } & Common)
  /** One negotiation over each of these ways; what is recorded is what was carried. */
  | ({ readonly kind: 'carriers'; readonly carriers: readonly Carrier[] } & Common)
  /** A session recorded before: `NAME.txt` in the lesson's folder. */
  | { readonly kind: 'recording'; readonly file: string }
  | Simulation;

/** Who gives way where two offers meet. */
export type Polite = 'A' | 'B' | 'both' | 'nobody';

/** The same two ends, and each call is the learner's. */
interface ByHand extends Common {
  readonly kind: 'by hand';
  /** As a program that runs too. */
  readonly program?: boolean;
  /** Those to offer, where it is not all that connect. */
  readonly calls?: readonly ManualStep[];
  /** B offers as A does. */
  readonly bothOffer?: boolean;
  /** Made already when the session begins. */
  readonly done?: readonly { readonly call: ManualStep; readonly on: 'A' | 'B' }[];
}

/** A call in virtual time, played to its end at once, and again whenever one of its dials is turned. */
export interface Simulation {
  readonly kind: 'simulate';
  readonly scenario: (turned: Turned) => Scenario;
  /** 1, where left out. */
  readonly seed?: number;
  readonly dials?: readonly Dial[];
  /** What came of it, below the dials; left out, how it ended. */
  readonly says?: (turned: Turned, facts: Facts) => string;
}

/** Ways into a room, as the app knows them. */
export type Carrier = 'tabs' | 'websocket' | 'sse' | 'socket-io';

interface Common {
  /** Which ways ICE may use; `direct` asks no server, `stun` no TURN server. */
  readonly ways?: 'direct' | 'stun' | 'all' | 'relay';
  readonly trickle?: boolean;
  readonly audio?: boolean;
  readonly video?: boolean;
  /** A server that must be beside the page; where there is none, the recording is offered instead, and that is said. */
  readonly needs?: 'stun' | 'turn' | 'rooms';
  /** `NAME.txt` in the lesson's folder. */
  readonly recording?: string;
  /** STUN and TURN servers, one URL a line, in place of those beside the page. */
  readonly servers?: string;
  /** What the channel between the two does to their messages. */
  readonly impairments?: Settings;
  /** Dials above the button: for what is `altered`, with `connect`; for who is polite, with `both offer`. */
  readonly dials?: readonly Dial[];
  /** Somebody in the channel, who writes another text into a description on its way; only with `connect`. */
  readonly altered?: (description: Description, turned: Turned) => string;
}

export interface StageSetting {
  /** Ids of the diagrams to show, at most two. */
  readonly show?: readonly string[];
  /** Where the cursor goes: an end of the session, or just after the first event that this finds. */
  readonly at?: 'start' | 'end' | ((facts: Facts) => boolean);
  /** `NAME.txt` in the lesson's folder, put on the stage in place of the step's session; only in `shows`. */
  readonly recording?: string;
  /** What is marked in all diagrams. */
  readonly select?: (facts: Facts) => Selection;
}

/** What a check may look at beside the facts of the whole session. */
export interface Situation {
  /** Facts at the cursor. */
  readonly atCursor: Facts;
  readonly selection: Selection;
  /** What was typed into the fields of the step, and where its dials were turned to, by their ids. */
  readonly answers: Readonly<Record<string, string>>;
}

/** One thing that a learner does, by the name that it has on the screen. */
export type Action =
  | { readonly press: ButtonName }
  /** Types into the field of that id. */
  | { readonly type: string | ((facts: Facts) => string); readonly into: string }
  /** Turns a dial of the step to that place. */
  | { readonly turn: string; readonly to: string }
  /** Sends a message over the connection. */
  | { readonly say: string }
  /** One call by hand. */
  | { readonly call: ManualStep; readonly on: 'A' | 'B' }
  /** Carries the message of one end into the box of the other. */
  | { readonly carry: 'A' | 'B' }
  /** Opens the tab of a diagram. */
  | { readonly open: string }
  /** Steps the player forward until the cursor has passed what is looked for. */
  | { readonly stepUntil: (facts: Facts) => boolean }
  /** Selects a candidate in Gathering, or a line of A's offer in Descriptions. */
  | { readonly select: (facts: Facts) => NonNullable<Selection> };

/** The buttons of the controls, by their accessible names. */
export type ButtonName =
  | 'Connect'
  | 'Both offer at once'
  | 'Disconnect'
  | 'Add audio'
  | 'Add video'
  | 'Stop video'
  | 'Restart ICE'
  | 'Measure the way there and back'
  | 'Gather'
  | 'Start again'
  | 'Write an offer'
  | 'Give it to B'
  | 'Write the offer'
  | 'Answer it'
  | 'Set the answer'
  | 'Try each'
  | 'Try it'
  | 'Let go: answer of B'
  | 'Drop: answer of B';

/** Lets the compiler check a lesson where it is written. */
export const defineLesson = (lesson: Lesson): Lesson => lesson;

/** What a step has to turn: what its own session is made with, and its boards. */
export const dialsOf = (step: Step | undefined): readonly Dial[] => [
  ...runDials(step?.run),
  ...Object.values(step?.boards ?? {}).flatMap(({ dials }) => dials),
];

export const runDials = (run: Run | undefined): readonly Dial[] =>
  run && 'dials' in run ? (run.dials ?? []) : [];
