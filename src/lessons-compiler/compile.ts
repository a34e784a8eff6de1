/** `lessons/NN-slug/index.md` → LessonText. Whatever is not understood is refused with file and line. */
import { type Block, type LessonText, type StepText, questionsOf } from '../core/lessons/text.ts';
import { readBlocks } from './blocks.ts';
import { readFolder, readHead } from './front-matter.ts';
import type { Glossary } from './glossary.ts';
import { type Container, type Heading, type RootContent, parseMarkdown } from './markdown.ts';
import { refuse } from './problem.ts';
import { Reader } from './reader.ts';

export interface Compiled {
  readonly text: LessonText;
  /** The line of each step's heading, for what is checked later. */
  readonly lines: Readonly<Record<string, number>>;
}

export function compileLesson(source: string, file: string, glossary: Glossary): Compiled {
  const [head, ...body] = parseMarkdown(source);
  if (head?.type !== 'yaml')
    return refuse({ file, line: 1 }, 'A lesson begins with its front matter, between two lines “---”.');
  const { sources, ...about } = readHead({ text: head.value, file, firstLine: 2 });
  const reader = new Reader(file, glossary, sources);
  const steps = splitSteps(body, reader);
  const text = steps.map((step) => readStep(step, reader));
  checkEnd(text, steps, reader);
  if (reader.unusedSource !== null)
    reader.refuse(
      {},
      `The source “${reader.unusedSource}” stands behind no words: write :from{#${reader.unusedSource}}.`,
    );
  return {
    text: {
      ...readFolder(file),
      ...about,
      sources,
      steps: text.length,
      text,
      glossary: Object.fromEntries(reader.used),
    },
    lines: Object.fromEntries(steps.map(({ id, heading }) => [id, heading.position!.start.line])),
  };
}

interface RawStep {
  readonly id: string;
  readonly title: string;
  readonly heading: Heading;
  readonly nodes: RootContent[];
}

/** Each `## Title {#id}` begins a step. */
function splitSteps(nodes: readonly RootContent[], reader: Reader): readonly RawStep[] {
  const steps: RawStep[] = [];
  for (const node of nodes) {
    if (node.type === 'heading' && node.depth === 2) steps.push(readHeading(node, reader));
    else if (steps.length > 0) steps.at(-1)!.nodes.push(node);
    else reader.refuse(node, 'The words of a lesson stand in steps: a step begins with “## Title {#id}”.');
  }
  const ids = steps.map(({ id }) => id);
  const twice = steps.find(({ id }, index) => ids.indexOf(id) < index);
  if (twice) reader.refuse(twice.heading, `There are two steps “${twice.id}”.`);
  return steps;
}

function readHeading(heading: Heading, reader: Reader): RawStep {
  const words = heading.children.map((child) => ('value' in child ? child.value : '')).join('');
  const [, title, id] = /^([^{]*[^{\s])\s*\{#([a-z0-9-]+)\}$/.exec(words) ?? [];
  if (!title || !id)
    return reader.refuse(heading, 'A step has a title and a name: “## Connect them {#connect}”.');
  return { id, title, heading, nodes: [] };
}

function readStep({ id, title, nodes }: RawStep, reader: Reader): StepText {
  const isHint = (node: RootContent) => node.type === 'containerDirective' && node.name === 'hint';
  return {
    id,
    title,
    blocks: readBlocks(
      nodes.filter((node) => !isHint(node)),
      reader,
    ),
    hints: nodes.filter(isHint).map((node) => readBlocks((node as Container).children, reader)),
  };
}

/** A lesson ends with three questions that come back later; names of questions and fields are its own. */
function checkEnd(text: readonly StepText[], steps: readonly RawStep[], reader: Reader): void {
  const last = steps.at(-1);
  if (!last) return reader.refuse({}, 'A lesson without steps.');
  const quizzes = questionsOf(text.at(-1)!.blocks).filter(({ kind }) => kind === 'quiz');
  if (quizzes.length !== 3)
    reader.refuse(last.heading, `The last step asks three questions (:::quiz); here are ${quizzes.length}.`);
  const names = text.flatMap(({ blocks }) => namesIn(blocks));
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice) reader.refuse(last.heading, `Two questions or fields are called “${twice}”.`);
}

const namesIn = (blocks: readonly Block[]): readonly string[] =>
  blocks.flatMap((block) => {
    if ('id' in block) return [block.id];
    return block.kind === 'do' || block.kind === 'explain' ? namesIn(block.children) : [];
  });
