/** The blocks of a step: mdast → Block. */
import type { Block, Option, Question } from '../core/lessons/text.ts';
import { readInlines } from './inlines.ts';
import type { Container, Leaf, List, ListItem, Node, Paragraph } from './markdown.ts';
import type { Reader } from './reader.ts';

export const readBlocks = (nodes: readonly Node[], reader: Reader): readonly Block[] =>
  nodes.map((node) => readBlock(node, reader));

function readBlock(node: Node, reader: Reader): Block {
  switch (node.type) {
    case 'paragraph':
      return { kind: 'paragraph', children: readInlines(node.children, reader) };
    case 'heading':
      return { kind: 'heading', children: readInlines(node.children, reader) };
    case 'list': {
      const items = node.children.map((item) => readBlocks(item.children, reader));
      return { kind: 'list', ordered: node.ordered === true, items };
    }
    case 'code':
      return { kind: 'code', text: node.value };
    case 'table': {
      const [head = [], ...rows] = node.children.map((row) =>
        row.children.map((cell) => readInlines(cell.children, reader)),
      );
      return { kind: 'table', head, rows };
    }
    case 'leafDirective':
      return readLeaf(node, reader);
    case 'containerDirective':
      return readContainer(node, reader);
    default:
      return reader.refuse(node, `“${node.type}” has no place in a lesson.`);
  }
}

function readLeaf(node: Leaf, reader: Reader): Block {
  const { id, label } = node.attributes ?? {};
  switch (node.name) {
    case 'field':
      if (!id || !label)
        return reader.refuse(node, 'A field has a name and a label: ::field{#port label="Port"}.');
      return { kind: 'field', id, label };
    case 'board':
      if (!id) return reader.refuse(node, 'A board has a name: ::board{#priority}.');
      return { kind: 'board', id };
    default:
      return reader.refuse(
        node,
        `There is no directive “::${node.name}”. On a line of its own: field, board.`,
      );
  }
}

function readContainer(node: Container, reader: Reader): Block {
  switch (node.name) {
    case 'do':
    case 'explain':
    case 'formula':
      return { kind: node.name, children: readBlocks(node.children, reader) };
    case 'predict':
    case 'quiz':
      return readQuestion(node, node.name, reader);
    case 'mend':
      return readMend(node, reader);
    default:
      return reader.refuse(
        node,
        `There is no directive “:::${node.name}”. Blocks: do, explain, predict, quiz, formula, mend, hint.`,
      );
  }
}

/** A description to mend: its text is a code block. */
function readMend(node: Container, reader: Reader): Block {
  const { id, label } = node.attributes ?? {};
  const [text] = node.children;
  if (!id || !label || text?.type !== 'code' || node.children.length !== 1)
    return reader.refuse(
      node,
      'What is to be mended has a name, a label and one code block: :::mend{#letter label="The letter"}.',
    );
  return { kind: 'field', id, label, letter: text.value };
}

function readQuestion(node: Container, kind: Question['kind'], reader: Reader): Question {
  const id = node.attributes?.['id'];
  if (!id) return reader.refuse(node, `A ${kind} has a name: :::${kind}{#name}.`);
  const [ask, list] = node.children;
  if (ask?.type !== 'paragraph' || list?.type !== 'list' || node.children.length !== 2)
    return reader.refuse(node, `A ${kind} is one paragraph that asks, and one list of what to choose from.`);
  const options = readOptions(list, reader);
  const right = options.filter((option) => option.right).length;
  if (right > 1 || (right === 0 && kind === 'quiz'))
    reader.refuse(node, `${right} options of “${id}” are marked as true, [x]: one is expected.`);
  if (options.length < 2) reader.refuse(node, `“${id}” gives nothing to choose from.`);
  const told = node.attributes?.['told'] ?? (kind === 'quiz' ? 'right' : 'it was so');
  return { kind, id, ask: readInlines(ask.children, reader), options, told };
}

const readOptions = (list: List, reader: Reader): readonly Option[] =>
  list.children.map((item) => readOption(item, reader));

/** `[x] some words`, and under it what is said to whoever chooses it. */
function readOption(item: ListItem, reader: Reader): Option {
  const [first, ...reply] = item.children;
  const start = first?.type === 'paragraph' ? first.children[0] : undefined;
  const mark = start?.type === 'text' ? /^\[([ x])\] +/.exec(start.value) : null;
  if (first?.type !== 'paragraph' || start?.type !== 'text' || !mark)
    return reader.refuse(item, 'What can be chosen begins with “[ ]”, or “[x]” where it is true.');
  if (reply.length === 0)
    reader.refuse(item, 'Each answer has a reply: a paragraph under it, indented, for whoever chooses it.');
  const words: Paragraph = {
    ...first,
    children: [{ ...start, value: start.value.slice(mark[0].length) }, ...first.children.slice(1)],
  };
  return {
    text: readInlines(words.children, reader),
    right: mark[1] === 'x',
    reply: readBlocks(reply, reader),
  };
}
