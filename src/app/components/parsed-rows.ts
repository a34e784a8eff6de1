/** The tree of sdp-transform as rows of text, each linked to the line that it comes from. */
import { helped, linesByPath, parseTree } from '../../core/sdp/parsed.ts';
import type { SdpLine } from '../../core/sdp/lines.ts';

export interface ParsedRow {
  readonly path: string;
  readonly depth: number;
  /** The key, and the value where it is no object. */
  readonly key: string;
  readonly value: string | undefined;
  /** The number of the line that says it. */
  readonly line: number | undefined;
  /** What a helper of sdp-transform makes of the value: its name, and JSON. */
  readonly helper: { readonly name: string; readonly json: string } | undefined;
}

export function parsedRows(text: string, lines: readonly SdpLine[]): readonly ParsedRow[] {
  const numbers = linesByPath(lines);
  const rows: ParsedRow[] = [];
  const add = (
    value: object,
    base: string,
    { depth, line }: { depth: number; line: number | undefined },
  ): void => {
    for (const [key, inner] of Object.entries(value) as [string, unknown][]) {
      const path = Array.isArray(value) ? `${base}[${key}]` : base === '' ? key : `${base}.${key}`;
      const own = numbers.get(path) ?? line;
      const isObject = typeof inner === 'object' && inner !== null;
      const help = helped(key, inner);
      rows.push({
        path,
        depth,
        key,
        value: isObject ? undefined : JSON.stringify(inner),
        line: own,
        helper: help === undefined ? undefined : { name: help.helper, json: JSON.stringify(help.value) },
      });
      if (isObject) add(inner, path, { depth: depth + 1, line: own });
    }
  };
  add(parseTree(text), '', { depth: 0, line: undefined });
  return rows;
}
