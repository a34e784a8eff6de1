/** The lessons that there are: found by their folders, each loaded when it is opened. */
import type { Lesson } from '../../core/lessons/lesson.ts';
import type { LessonHead, LessonText } from '../../core/lessons/text.ts';

const heads = import.meta.glob<LessonHead>('../../../lessons/*/index.md', {
  query: '?head',
  import: 'default',
  eager: true,
});
const texts = import.meta.glob<LessonText>('../../../lessons/*/index.md', { import: 'default' });
const lessons = import.meta.glob<Lesson>('../../../lessons/*/lesson.ts', { import: 'default' });
const recordings = import.meta.glob<string>('../../../lessons/*/*.txt', { query: '?raw', import: 'default' });

/** What the map shows of each, in order. */
export const LESSONS: readonly LessonHead[] = Object.values(heads).sort((a, b) => a.number - b.number);

export interface OpenedLesson {
  readonly text: LessonText;
  readonly lesson: Lesson;
  /** Opens a recording of the lesson's folder. */
  readonly recording: (name: string) => Promise<string>;
}

export async function openLesson(slug: string): Promise<OpenedLesson> {
  const [text, lesson] = await Promise.all([
    entry(texts, slug, 'index.md')(),
    entry(lessons, slug, 'lesson.ts')(),
  ]);
  return { text, lesson, recording: (name) => entry(recordings, slug, `${name}.txt`)() };
}

export const openText = (slug: string): Promise<LessonText> => entry(texts, slug, 'index.md')();

function entry<T>(all: Readonly<Record<string, T>>, slug: string, file: string): T {
  const found = Object.entries(all).find(([path]) => new RegExp(`/\\d\\d-${slug}/${file}$`).test(path));
  if (!found) throw new Error(`There is no ${file} of the lesson “${slug}”.`);
  return found[1];
}
