/** Questions that come back: from lessons that are done, those that were hard or long ago first. */
import { type Question, questionsOf } from '../../core/lessons/text.ts';
import { LESSONS, openText } from './library.ts';
import { progress } from './progress.svelte.ts';

export interface Recalled {
  /** `slug/question` */
  readonly key: string;
  readonly from: string;
  readonly question: Question;
}

export async function recall(count: number, except?: string): Promise<readonly Recalled[]> {
  const slugs = finishedLessons().filter((slug) => slug !== except);
  const all = (await Promise.all(slugs.map(questionsFrom))).flat();
  return all.sort((a, b) => duty(b) - duty(a)).slice(0, count);
}

export const finishedLessons = (): readonly string[] =>
  LESSONS.map(({ slug }) => slug).filter((slug) => progress.of(slug).finished);

async function questionsFrom(slug: string): Promise<readonly Recalled[]> {
  const text = await openText(slug);
  return text.text
    .flatMap(({ blocks }) => questionsOf(blocks))
    .filter(({ kind }) => kind === 'quiz')
    .map((question) => ({ key: `${slug}/${question.id}`, from: text.question, question }));
}

const DAY = 86_400_000;

/** Days since it was last asked, and three more for each time that it was answered wrong. */
function duty({ key }: Recalled): number {
  const { wrong, right, at } = progress.recall[key] ?? { wrong: 0, right: 0, at: 0 };
  return (Date.now() - at) / DAY + 3 * (wrong - right);
}
