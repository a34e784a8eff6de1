/** How the lines in sight look: names bold, addresses in the colour of their candidate, findings underlined. */
import { RangeSetBuilder, type EditorState } from '@codemirror/state';
import {
  Decoration,
  ViewPlugin,
  type DecorationSet,
  type EditorView,
  type ViewUpdate,
} from '@codemirror/view';
import { sectionTitle } from '../facts.ts';
import { piecesOf, type Piece } from '../pieces.ts';
import { knownLine, see, seenField, spotAt, type SeenLine } from './seen.ts';

/** Characters of a line that are looked at. */
const LIMIT = 4000;

class Decorator {
  decorations: DecorationSet;

  constructor(view: EditorView) {
    this.decorations = decorate(view);
  }

  update(update: ViewUpdate): void {
    const told = update.transactions.some(({ effects }) => effects.some((effect) => effect.is(see)));
    if (told || update.docChanged || update.viewportChanged || update.selectionSet)
      this.decorations = decorate(update.view);
  }
}

export const decorator = ViewPlugin.fromClass(Decorator, { decorations: (plugin) => plugin.decorations });

function decorate({ state, visibleRanges }: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of visibleRanges) {
    const last = state.doc.lineAt(to).number;
    for (let number = state.doc.lineAt(from).number; number <= last; number += 1)
      decorateLine(builder, state, number);
  }
  return builder.finish();
}

function decorateLine(builder: RangeSetBuilder<Decoration>, state: EditorState, number: number): void {
  const { from, to } = state.doc.line(number);
  const known = knownLine(state, number);
  builder.add(from, from, lineLook(state, number, known));
  if (known === undefined) return;
  const place = spotAt(state, state.selection.main.head);
  const selected = place.line === number - 1 ? place.token : undefined;
  const pieces = piecesOf({ ...known, limit: LIMIT });
  pieces.forEach((piece, index) => {
    const end = from + (pieces[index + 1]?.start ?? Math.min(LIMIT, to - from));
    const look = classesOf(piece, selected);
    if (look !== '' && end > from + piece.start)
      builder.add(from + piece.start, end, Decoration.mark({ class: look }));
  });
}

const classesOf = ({ tone, severity, token }: Piece, selected: number | undefined): string =>
  [
    tone === 'plain' ? '' : `sdp-${tone}`,
    severity === undefined ? '' : `sdp-${severity}`,
    token !== undefined && token === selected ? 'sdp-selected' : '',
  ]
    .filter(Boolean)
    .join(' ');

/** What the line itself and its gutters wear. */
export const lineClasses = (state: EditorState, number: number): string =>
  [
    state.doc.lineAt(state.selection.main.head).number === number ? 'sdp-current' : '',
    number > 1 && /^m=/.test(state.doc.line(number).text) ? 'sdp-media' : '',
    state.field(seenField).pointed.includes(number) ? 'sdp-pointed' : '',
  ]
    .filter(Boolean)
    .join(' ');

function lineLook(state: EditorState, number: number, known: SeenLine | undefined): Decoration {
  const { description } = state.field(seenField);
  const opens = known && description ? sectionTitle(description, known.line) : undefined;
  return Decoration.line({
    class: lineClasses(state, number),
    ...(opens === undefined ? {} : { attributes: { 'data-opens': opens } }),
  });
}
