/** How far a reader has come, as the browser keeps it and as a file holds it. */
import * as v from 'valibot';

const finite = v.pipe(v.number(), v.finite());

const OfLesson = v.object({
  /** Id of the step that the reader stands at. */
  step: v.string(),
  /** Ids of the steps whose checks were met. */
  met: v.array(v.string()),
  /** What was chosen (the option's place) and typed, by the name of the question or field. */
  answers: v.record(v.string(), v.string()),
  finished: v.boolean(),
});
const Stored = v.object({
  icescope: v.literal(1),
  lessons: v.record(v.string(), OfLesson),
  /** How often a question was answered right and wrong, by `slug/question`, and when last (ms since 1970). */
  recall: v.record(v.string(), v.object({ right: finite, wrong: finite, at: finite })),
});
export type OfLesson = v.InferOutput<typeof OfLesson>;
export type Stored = v.InferOutput<typeof Stored>;

/** Null for what is no such text. */
export function parseProgress(text: string): Stored | null {
  try {
    const stored = v.safeParse(Stored, JSON.parse(text));
    return stored.success ? stored.output : null;
  } catch {
    return null;
  }
}
