/**
 * Lessons in the build: `…/index.md` becomes a module with the compiled words, `…/index.md?head` one with what the map
 * shows. A lesson that is broken, or does not fit its lesson.ts, ends the build.
 */
import { dirname, join } from 'node:path';
import { type Plugin, runnerImport } from 'vite';
import type { Lesson } from '../core/lessons/lesson.ts';
import type { LessonText } from '../core/lessons/text.ts';
import { diagramIds, lessonFolders, openLesson, recordingsOf } from './folder.ts';
import { matchLesson } from './match.ts';

const FILE = /[\\/]lessons[\\/](\d\d-[^\\/]+)[\\/]index\.md(\?head)?$/;

/** `root` is the folder of the repository. */
export function lessons(root: string): Plugin {
  const folder = join(root, 'lessons');
  return {
    name: 'lessons',
    async buildStart() {
      for (const name of lessonFolders(folder)) await checkLesson(root, name);
    },
    load(id) {
      const [, name, head] = FILE.exec(id) ?? [];
      if (!name || dirname(dirname(id)) !== folder) return null;
      this.addWatchFile(join(folder, 'glossary.yaml'));
      const { text } = openLesson(folder, name);
      return { code: `export default ${JSON.stringify(head ? headOf(text) : text)}`, moduleType: 'js' };
    },
  };
}

async function checkLesson(root: string, name: string): Promise<void> {
  const folder = join(root, 'lessons');
  const compiled = openLesson(folder, name);
  const { module } = await runnerImport<{ readonly default: Lesson }>(join(folder, name, 'lesson.ts'));
  const known = { diagrams: diagramIds(root), recordings: recordingsOf(folder, name) };
  matchLesson(compiled, module.default, `lessons/${name}/index.md`, known);
}

/** What the map needs: no more of a lesson is loaded with it. */
function headOf({ slug, number, question, leg, place, minutes, can, steps }: LessonText) {
  return { slug, number, question, leg, place, minutes, can, steps };
}
