/** Markdown with directives, front matter and tables → its tree (mdast). */
import { fromMarkdown } from 'mdast-util-from-markdown';
import { directiveFromMarkdown } from 'mdast-util-directive';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { directive } from 'micromark-extension-directive';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfmTable } from 'micromark-extension-gfm-table';

export const parseMarkdown = (source: string): readonly RootContent[] =>
  fromMarkdown(source, {
    extensions: [directive(), frontmatter(['yaml']), gfmTable()],
    mdastExtensions: [directiveFromMarkdown(), frontmatterFromMarkdown(['yaml']), gfmTableFromMarkdown()],
  }).children;

export type RootContent = ReturnType<typeof fromMarkdown>['children'][number];
type Of<T extends RootContent['type']> = Extract<RootContent, { type: T }>;
export type Heading = Of<'heading'>;
export type Paragraph = Of<'paragraph'>;
export type List = Of<'list'>;
export type ListItem = List['children'][number];
export type Container = Of<'containerDirective'>;
export type Leaf = Of<'leafDirective'>;
/** What may stand in a block: in a list's item, in a directive. */
export type Node = RootContent | ListItem['children'][number];
export type PhrasingContent = Paragraph['children'][number];
export type TextDirective = Extract<PhrasingContent, { type: 'textDirective' }>;
