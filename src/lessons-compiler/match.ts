/** That the words of a lesson and its `lesson.ts` fit: no step without a check, no name that only one of them knows. */
import { type Action, type Lesson, type Step, type StageSetting, dialsOf } from '../core/lessons/lesson.ts';
import { type Block, type Inline, type Question, type StepText, questionsOf } from '../core/lessons/text.ts';
import { paragraphsOf } from '../core/lessons/prose.ts';
import type { Compiled } from './compile.ts';
import { type Place, refuse } from './problem.ts';

export interface Known {
  /** Ids of diagrams. */
  readonly diagrams: ReadonlySet<string>;
  /** Names of the recordings in the lesson's folder, without `.txt`. */
  readonly recordings: ReadonlySet<string>;
}

export function matchLesson({ text, lines }: Compiled, lesson: Lesson, file: string, known: Known): void {
  for (const id of lesson.diagrams) knownDiagram(id, known, { file, line: 1 });
  for (const id of Object.keys(lesson.steps))
    if (!text.text.some((step) => step.id === id))
      refuse({ file, line: 1 }, `lesson.ts has a step “${id}” that index.md has not.`);
  text.text.forEach((words, index) => {
    const place = { file, line: lines[words.id] ?? 1 };
    const step = lesson.steps[words.id];
    if (step) matchStep(words, step, known, place);
    else if (index < text.text.length - 1)
      refuse(place, `The step “${words.id}” has no check: add it to lesson.ts.`);
    if (index === 0 && !step?.run)
      refuse(place, 'The first step says where its session comes from: `run` in lesson.ts.');
  });
  const dials = Object.values(lesson.steps).flatMap((step) => dialsOf(step).map(({ id }) => id));
  const twice = dials.find((id, index) => dials.indexOf(id) < index);
  if (twice !== undefined)
    refuse({ file, line: 1 }, `Two dials are called “${twice}”: where one stands would be kept for both.`);
}

function matchStep(words: StepText, step: Step, known: Known, place: Place): void {
  if (typeof step.check !== 'function') refuse(place, `The step “${words.id}” has no check.`);
  if (step.solution.length === 0) refuse(place, `The step “${words.id}” has no solution.`);
  const blocks = [...words.blocks, ...words.hints.flat()];
  for (const name of showsIn(blocks))
    if (!step.shows?.[name])
      refuse(place, `:show{#${name}} has no entry in \`shows\` of the step in lesson.ts.`);
  matchBoards(blocks, step, place);
  for (const setting of [step.stage, ...Object.values(step.shows ?? {})]) matchStage(setting, known, place);
  matchOutcomes(questionsOf(words.blocks), step, place);
  for (const action of step.solution) matchAction(action, step, words, place);
  const needed = recordingOf(step.run);
  if (needed !== undefined) knownRecording(needed, known, place);
  if (step.run && 'needs' in step.run && !needed)
    refuse(
      place,
      'A step that needs a server offers a recording where there is none: `recording` in lesson.ts.',
    );
}

function recordingOf(run: Step['run']): string | undefined {
  if (run === undefined || run.kind === 'simulate') return undefined;
  return run.kind === 'recording' ? run.file : run.recording;
}

function matchStage(setting: StageSetting | undefined, known: Known, place: Place): void {
  for (const id of setting?.show ?? []) knownDiagram(id, known, place);
  if (setting?.recording !== undefined) knownRecording(setting.recording, known, place);
}

function knownDiagram(id: string, known: Known, place: Place): void {
  if (!known.diagrams.has(id)) refuse(place, `There is no diagram “${id}”.`);
}

function knownRecording(name: string, known: Known, place: Place): void {
  if (!known.recordings.has(name)) refuse(place, `There is no recording “${name}.txt” in the folder.`);
}

function matchBoards(blocks: readonly Block[], step: Step, place: Place): void {
  const drawn = [...JSON.stringify(blocks).matchAll(/"kind":"board","id":"([^"]+)"/g)].map(([, id]) => id!);
  const made = Object.keys(step.boards ?? {});
  for (const id of drawn)
    if (!made.includes(id))
      refuse(place, `::board{#${id}} has no entry in \`boards\` of the step in lesson.ts.`);
  for (const id of made)
    if (!drawn.includes(id))
      refuse(place, `The board “${id}” of lesson.ts stands nowhere: write ::board{#${id}}.`);
}

function matchOutcomes(questions: readonly Question[], step: Step, place: Place): void {
  const outcomes = step.outcomes ?? {};
  for (const id of Object.keys(outcomes))
    if (!questions.some((question) => question.id === id))
      refuse(place, `\`outcomes\` names “${id}”, which is not asked here.`);
  for (const { id, options } of questions)
    if (!outcomes[id] && !options.some(({ right }) => right))
      refuse(
        place,
        `No option of “${id}” is true: mark one with [x], or let \`outcomes\` in lesson.ts tell it from the session.`,
      );
}

/** A learner can only press what the words tell: every button of the solution is named in the step. */
function matchAction(action: Action, step: Step, words: StepText, place: Place): void {
  const told = paragraphsOf([...words.blocks, ...words.hints.flat()]).join(' ');
  if ('turn' in action && !dialsOf(step).some(({ id }) => id === action.turn))
    refuse(place, `The solution of “${words.id}” turns “${action.turn}”, which is no dial of the step.`);
  const name = nameOf(action, step);
  if (name !== null && !told.includes(name))
    refuse(place, `The solution of “${words.id}” uses “${name}”, which the words of the step never name.`);
  if ('into' in action && !JSON.stringify(words.blocks).includes(`"id":"${action.into}"`))
    refuse(
      place,
      `The solution of “${words.id}” types into “${action.into}”, which is no field of the step.`,
    );
}

function nameOf(action: Action, step: Step): string | null {
  if ('turn' in action) return dialsOf(step).find(({ id }) => id === action.turn)?.label ?? null;
  if ('press' in action) return action.press.split(':')[0]!;
  if ('call' in action) return action.call === 'send' ? 'send ' : action.call;
  if ('say' in action) return 'Send to B';
  if ('stepUntil' in action) return 'Step forward';
  return null;
}

function showsIn(blocks: readonly Block[]): readonly string[] {
  const inline = (children: readonly Inline[]): readonly string[] =>
    children.flatMap((child) => {
      if (typeof child === 'string' || !('children' in child)) return [];
      return child.kind === 'show' ? [child.name] : inline(child.children);
    });
  return blocks.flatMap((block) => {
    switch (block.kind) {
      case 'paragraph':
      case 'heading':
        return inline(block.children);
      case 'table':
        return [block.head, ...block.rows].flat().flatMap(inline);
      case 'list':
        return block.items.flatMap(showsIn);
      case 'do':
      case 'explain':
      case 'formula':
        return showsIn(block.children);
      case 'predict':
      case 'quiz':
        return [...inline(block.ask), ...block.options.flatMap(({ reply }) => showsIn(reply))];
      default:
        return [];
    }
  });
}
