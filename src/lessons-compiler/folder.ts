/** The lessons as they lie on the disk. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Compiled, compileLesson } from './compile.ts';
import { type Glossary, readGlossary } from './glossary.ts';

/** Names of the lessons' folders, in order. */
export const lessonFolders = (lessons: string): readonly string[] =>
  readdirSync(lessons)
    .filter((name) => /^\d\d-/.test(name))
    .sort();

export const openGlossary = (lessons: string): Glossary =>
  readGlossary(readFileSync(join(lessons, 'glossary.yaml'), 'utf8'), 'lessons/glossary.yaml');

export const openLesson = (lessons: string, folder: string, glossary = openGlossary(lessons)): Compiled =>
  compileLesson(
    readFileSync(join(lessons, folder, 'index.md'), 'utf8'),
    `lessons/${folder}/index.md`,
    glossary,
  );

/** Names of the recordings in a lesson's folder. */
export const recordingsOf = (lessons: string, folder: string): ReadonlySet<string> =>
  new Set(
    readdirSync(join(lessons, folder))
      .filter((name) => name.endsWith('.txt'))
      .map((name) => name.replace(/\.txt$/, '')),
  );

/** Ids of the diagrams that a lesson may show: each is a folder. */
export const diagramIds = (root: string): ReadonlySet<string> =>
  new Set(
    readdirSync(join(root, 'src/app/diagrams'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'parts')
      .map(({ name }) => name),
  );
