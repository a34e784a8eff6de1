/** The words of a lesson, as the compiler makes them of its `index.md`: a plain tree that a page draws without a parser. */

export type Inline =
  | string
  | { readonly kind: 'strong'; readonly children: readonly Inline[] }
  | { readonly kind: 'em'; readonly children: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly href: string; readonly children: readonly Inline[] }
  /** A word of the glossary, by the name that it has there. */
  | { readonly kind: 'term'; readonly word: string; readonly text: string }
  /** Which source the words before it have, by its key. */
  | { readonly kind: 'from'; readonly key: string }
  /** Puts something on the stage: the name is one of the step's `shows`. */
  | { readonly kind: 'show'; readonly name: string; readonly children: readonly Inline[] };

export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'heading'; readonly children: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Block[])[] }
  | { readonly kind: 'table'; readonly head: readonly Cell[]; readonly rows: readonly (readonly Cell[])[] }
  | { readonly kind: 'code'; readonly text: string }
  /** A sum in one line, and what its parts are. */
  | { readonly kind: 'formula'; readonly children: readonly Block[] }
  /** What the learner is asked to do; the controls stand below it. */
  | { readonly kind: 'do'; readonly children: readonly Block[] }
  /** Shown once the check is met: it speaks of what has happened. */
  | { readonly kind: 'explain'; readonly children: readonly Block[] }
  /** An idea to turn and to look at: one of the step's `boards`. */
  | { readonly kind: 'board'; readonly id: string }
  | Question
  | Field;

export type Cell = readonly Inline[];

/**
 * Something to choose. A `predict` is chosen before the step is done, and told how it came out after; a `quiz` is told at
 * once, and comes back in later lessons.
 */
export interface Question {
  readonly kind: 'predict' | 'quiz';
  readonly id: string;
  readonly ask: readonly Inline[];
  readonly options: readonly Option[];
  /** What stands beside the true option: `it wrote`. */
  readonly told: string;
}

export interface Option {
  readonly text: readonly Inline[];
  /** The true one; a prediction may leave that to the session (`outcomes` of the step), then none is marked. */
  readonly right: boolean;
  /** Said to whoever chose it. */
  readonly reply: readonly Block[];
}

/** Something to type that the step's check reads as an answer. */
export interface Field {
  readonly kind: 'field';
  readonly id: string;
  readonly label: string;
  /** A description to mend: what stands in it at first. Its findings stand below it. */
  readonly letter?: string;
}

export interface StepText {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  /** From a nudge to the whole way. */
  readonly hints: readonly (readonly Block[])[];
}

/** A claim or number of the prose, and where it is written. */
export interface Source {
  /** What `:from{#key}` in the prose names; null in a lesson that does not refer to its sources yet. */
  readonly key: string | null;
  readonly claim: string;
  readonly in: string;
  readonly url: string | null;
}

export interface GlossaryWord {
  readonly means: string;
  readonly source: string;
  readonly url: string | null;
}

/** What the map shows of a lesson. */
export interface LessonHead {
  readonly slug: string;
  readonly number: number;
  readonly question: string;
  readonly leg: Leg;
  /** What the lesson is about, in the landscape above the map. */
  readonly place: Place;
  readonly minutes: number;
  /** Read after “you can”: `connect two pages, and say who carries the words`. */
  readonly can: string;
  readonly steps: number;
}

export interface LessonText extends LessonHead {
  /** One sentence to the next lesson. */
  readonly leadsTo: string;
  readonly steps: number;
  readonly text: readonly StepText[];
  readonly sources: readonly Source[];
  readonly readOn: readonly { readonly title: string; readonly url: string | null }[];
  /** The words of the glossary that the lesson uses. */
  readonly glossary: Readonly<Record<string, GlossaryWord>>;
}

/** The legs of the map, in order. */
export const LEGS = [
  { id: 'meet', title: 'Two want to meet' },
  { id: 'walls', title: 'Walls and helpers' },
  { id: 'letters', title: 'Letters' },
  { id: 'way', title: 'The way' },
  { id: 'hard', title: 'When it gets hard' },
] as const;
export type Leg = (typeof LEGS)[number]['id'];

/** The spots of the landscape. */
export const PLACES = [
  'you',
  'wall',
  'port',
  'stun',
  'their-wall',
  'turn',
  'letters',
  'way',
  'other',
] as const;
export type Place = (typeof PLACES)[number];

/** The questions of a step, wherever they stand in it. */
export function questionsOf(blocks: readonly Block[]): readonly Question[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'predict' || block.kind === 'quiz') return [block];
    return 'children' in block && block.kind !== 'paragraph' && block.kind !== 'heading'
      ? questionsOf(block.children)
      : [];
  });
}

/** What a step has to type into. */
export function fieldsOf(blocks: readonly Block[]): readonly Field[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'do') return fieldsOf(block.children);
    return block.kind === 'field' ? [block] : [];
  });
}

/** What was typed as a description: a text box gives line ends as LF alone, and people end no last line (RFC 8866, section 5). */
export const typedOffer = (text: string): string => `${text.trimEnd().replace(/\r?\n/g, '\r\n')}\r\n`;
