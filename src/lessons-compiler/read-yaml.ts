/** YAML checked with valibot, each mistake with its line. */
import * as v from 'valibot';
import { LineCounter, isNode, parseDocument } from 'yaml';
import { refuse } from './problem.ts';

export interface YamlText {
  readonly text: string;
  readonly file: string;
  /** Line of the file that the text begins on. */
  readonly firstLine: number;
}

export interface ReadYaml<T> {
  readonly value: T;
  /** The line of a member, by its path. */
  readonly lineOf: (...path: readonly (string | number)[]) => number;
}

export function readYaml<const S extends v.GenericSchema>(
  { text, file, firstLine }: YamlText,
  schema: S,
): ReadYaml<v.InferOutput<S>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineAt = (offset: number): number => lines.linePos(offset).line + firstLine - 1;
  const [error] = document.errors;
  if (error) refuse({ file, line: lineAt(error.pos[0]) }, error.message.split('\n')[0]!);
  const lineOf = (...path: readonly (string | number)[]): number => {
    const node = path.length ? document.getIn(path, true) : document.contents;
    if (isNode(node) && node.range) return lineAt(node.range[0]);
    return path.length ? lineOf(...path.slice(0, -1)) : firstLine;
  };
  const read = v.safeParse(schema, document.toJS());
  if (read.success) return { value: read.output, lineOf };
  const issue = read.issues[0];
  const path = (issue.path ?? []).map(({ key }) => key as string | number);
  return refuse(
    { file, line: lineOf(...path) },
    `${path.join('.') || 'The front matter'}: ${issue.message}.`,
  );
}
