/** Every lesson of the repository, compiled as the build compiles it, with its lesson.ts. */
import { join, resolve } from 'node:path';
import type { Lesson } from '../../src/core/lessons/lesson.ts';
import { lessonFolders, openGlossary, openLesson } from '../../src/lessons-compiler/folder.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'lessons');

export const GLOSSARY = openGlossary(folder);

export const LESSONS = await Promise.all(
  lessonFolders(folder).map(async (name) => {
    const { default: lesson } = (await import(join(folder, name, 'lesson.ts'))) as { default: Lesson };
    return { name, compiled: openLesson(folder, name, GLOSSARY), lesson };
  }),
);

export { root };
