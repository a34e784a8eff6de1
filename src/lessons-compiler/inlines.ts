/** The words of a paragraph: mdast → Inline. */
import type { Inline } from '../core/lessons/text.ts';
import type { PhrasingContent, TextDirective } from './markdown.ts';
import type { Reader } from './reader.ts';
import { readReference } from './references.ts';

export const readInlines = (nodes: readonly PhrasingContent[], reader: Reader): readonly Inline[] =>
  nodes.flatMap((node) => readInline(node, reader));

function readInline(node: PhrasingContent, reader: Reader): readonly Inline[] {
  switch (node.type) {
    case 'text':
      return [node.value.replaceAll('\n', ' ')];
    case 'strong':
      return [{ kind: 'strong', children: readInlines(node.children, reader) }];
    case 'emphasis':
      return [{ kind: 'em', children: readInlines(node.children, reader) }];
    case 'inlineCode':
      return [{ kind: 'code', text: node.value }];
    case 'link':
      if (!/^(https:\/\/|#\/)/.test(node.url))
        reader.refuse(node, `A link goes to https:// or to a page here (#/…), not to “${node.url}”.`);
      return [{ kind: 'link', href: node.url, children: readInlines(node.children, reader) }];
    case 'textDirective':
      return [readDirective(node, reader)];
    default:
      return reader.refuse(node, `“${node.type}” has no place in a paragraph of a lesson.`);
  }
}

function readDirective(node: TextDirective, reader: Reader): Inline {
  const text = node.children
    .map((child) => ('value' in child ? child.value : ''))
    .join('')
    .replaceAll('\n', ' ');
  const attributes = node.attributes ?? {};
  switch (node.name) {
    case 'term':
      return { kind: 'term', word: reader.term(node, text), text };
    case 'rfc': {
      const section =
        attributes['section'] ?? reader.refuse(node, 'Which section? Write :rfc[8445]{section=2.2}.');
      const href = readReference(`RFC ${text}, section ${section}`, reader.place(node));
      return { kind: 'link', href: href ?? '', children: [`RFC ${text}, section ${section}`] };
    }
    case 'show':
      return {
        kind: 'show',
        name: attributes['id'] ?? reader.refuse(node, 'What does it show? Write :show[the words]{#name}.'),
        children: readInlines(node.children, reader),
      };
    case 'from':
      return { kind: 'from', key: reader.source(node, attributes['id'] ?? undefined) };
    default:
      return reader.refuse(
        node,
        `There is no directive “:${node.name}”. In a paragraph: term, rfc, show, from.`,
      );
  }
}
