/** Line numbers, and beside them what the list of lines has there: marks of findings, shapes of candidates. */
import { RangeSetBuilder, type Extension, type EditorState } from '@codemirror/state';
import { gutter, GutterMarker, gutterLineClass, lineNumbers, type EditorView } from '@codemirror/view';
import { mount, unmount } from 'svelte';
import type { Severity } from '../../../core/sdp/reader.ts';
import LineMarks from '../LineMarks.svelte';
import { candidateKind, worst, type CandidateKind } from '../pieces.ts';
import { lineClasses } from './decorate.ts';
import { knownLine, see } from './seen.ts';

class Marks extends GutterMarker {
  readonly severity: Severity | undefined;
  readonly kind: CandidateKind | undefined;

  constructor(severity: Severity | undefined, kind: CandidateKind | undefined) {
    super();
    this.severity = severity;
    this.kind = kind;
  }

  override eq(other: Marks): boolean {
    return this.severity === other.severity && this.kind === other.kind;
  }

  override toDOM(): Node {
    const target = document.createElement('span');
    mounted.set(target, mount(LineMarks, { target, props: { severity: this.severity, kind: this.kind } }));
    return target;
  }

  override destroy(dom: Node): void {
    const component = mounted.get(dom);
    if (component !== undefined) void unmount(component);
  }
}

const mounted = new WeakMap<Node, Record<string, unknown>>();

class LineClass extends GutterMarker {
  override readonly elementClass: string;

  constructor(name: string) {
    super();
    this.elementClass = name;
  }

  override eq(other: LineClass): boolean {
    return this.elementClass === other.elementClass;
  }
}

function marksOf(view: EditorView, from: number): Marks | null {
  const known = knownLine(view.state, view.state.doc.lineAt(from).number);
  if (known === undefined) return null;
  const severity = worst(known.findings);
  const kind = candidateKind(known.line, known.reading);
  return severity === undefined && kind === undefined ? null : new Marks(severity, kind);
}

/** The gutters of section heads and of the caret's line are as tall as the line. */
function gutterClasses(state: EditorState) {
  const builder = new RangeSetBuilder<GutterMarker>();
  const caret = state.doc.lineAt(state.selection.main.head).number;
  for (let number = 1; number <= state.doc.lines; number += 1) {
    const { from, text } = state.doc.line(number);
    if (number === caret || text.startsWith('m='))
      builder.add(from, from, new LineClass(lineClasses(state, number)));
  }
  return builder.finish();
}

export const gutters: Extension = [
  lineNumbers(),
  gutter({
    class: 'sdp-marks',
    lineMarker: (view, { from }) => marksOf(view, from),
    lineMarkerChange: ({ transactions }) =>
      transactions.some(({ effects }) => effects.some((effect) => effect.is(see))),
  }),
  gutterLineClass.compute(['doc', 'selection'], gutterClasses),
];
