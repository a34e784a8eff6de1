/** The editor of a description, on CodeMirror. Its text, its past and what is known of its lines belong to the page. */
import { defaultKeymap } from '@codemirror/commands';
import { Annotation, EditorState, type TransactionSpec } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightSpecialChars,
  hoverTooltip,
  keymap,
  type Tooltip,
  type ViewUpdate,
} from '@codemirror/view';
import { saidOf } from '../token-words.ts';
import { decorator } from './decorate.ts';
import { changeBetween, changeText, withPlainEnds, type Change } from './ends.ts';
import { gutters } from './gutters.ts';
import { knownLine, positionOf, see, seenField, spotAt, tokenAt, type Seen, type Spot } from './seen.ts';
import { adoptStyles } from './styles.ts';

/** What the editor tells the page. */
export interface EditorEvents {
  /** The text with its own line ends, a little after it was typed. */
  readonly edit: (text: string) => void;
  /** Another text was put in place of the whole one. */
  readonly replace: (text: string) => void;
  readonly select: (spot: Spot) => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

interface Shown {
  readonly text: string;
  readonly seen: Seen;
  readonly spot: Spot;
}

/** Milliseconds without typing after which the page reads the text. */
const REST = 120;

/** Marks changes that come from the page. */
const fromPage = Annotation.define<true>();

export class SdpEditor {
  readonly #view: EditorView;
  readonly #events: EditorEvents;
  /** The text with its own line ends. */
  #text: string;
  /** What the page had when it last showed a text, and what it was last told. */
  #shown: string;
  #told: string;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parent: HTMLElement, label: string, first: Shown, events: EditorEvents) {
    adoptStyles();
    this.#events = events;
    this.#text = this.#shown = this.#told = first.text;
    const past = keymap.of([
      { key: 'Mod-z', run: () => this.#past('undo'), preventDefault: true },
      { key: 'Mod-y', mac: 'Mod-Shift-z', run: () => this.#past('redo'), preventDefault: true },
      { key: 'Ctrl-Shift-z', run: () => this.#past('redo'), preventDefault: true },
      { key: 'F8', run: (view) => toFinding(view, 1), shift: (view) => toFinding(view, -1) },
    ]);
    this.#view = new EditorView({
      parent,
      state: EditorState.create({
        doc: withPlainEnds(first.text),
        extensions: [
          seenField,
          decorator,
          gutters,
          past,
          keymap.of(defaultKeymap),
          highlightSpecialChars(),
          drawSelection(),
          hoverTooltip(explain),
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          EditorView.updateListener.of((update) => this.#updated(update)),
        ],
      }),
    });
    this.show(first);
  }

  /** Shows what the page has now. What is being typed stays. */
  show({ text, seen, spot }: Shown): void {
    const { state } = this.#view;
    const isNews = text !== this.#shown && text !== this.#told;
    this.#shown = text;
    const change = isNews ? changeBetween(state.doc.toString(), withPlainEnds(text)) : undefined;
    if (isNews) this.#take(text);
    this.#view.dispatch({
      effects: see.of(seen),
      annotations: fromPage.of(true),
      ...(change === undefined
        ? {}
        : { changes: change, selection: { anchor: change.from }, scrollIntoView: true }),
    });
    this.#goTo(spot);
  }

  focus(): void {
    this.#view.focus();
  }

  destroy(): void {
    this.#flush();
    this.#view.destroy();
  }

  #take(text: string): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#text = this.#told = text;
  }

  /** Puts the caret where the page selected something, unless it is there. */
  #goTo(spot: Spot): void {
    const { state } = this.#view;
    const here = spotAt(state, state.selection.main.head);
    const anchor = positionOf(state, spot);
    if (this.#timer !== undefined || anchor === undefined) return;
    if (here.line === spot.line && here.token === spot.token) return;
    const target: TransactionSpec = { selection: { anchor }, annotations: fromPage.of(true) };
    this.#view.dispatch({
      ...target,
      effects: EditorView.scrollIntoView(anchor, { y: 'nearest', yMargin: 60 }),
    });
  }

  #updated(update: ViewUpdate): void {
    if (update.transactions.some((transaction) => transaction.annotation(fromPage))) return;
    if (update.docChanged) this.#typed(update);
    else if (update.selectionSet) this.#events.select(spotAt(update.state, update.state.selection.main.head));
  }

  #typed({ changes, startState, state }: ViewUpdate): void {
    const made: Change[] = [];
    changes.iterChanges((from, to, _fromB, _toB, insert) =>
      made.push({ from, to, insert: insert.toString() }),
    );
    const { from, to } = startState.selection.main;
    const isWhole = from === 0 && to === startState.doc.length && made[0]?.insert.includes('\n');
    this.#text = changeText(this.#text, made);
    clearTimeout(this.#timer);
    if (isWhole) {
      this.#take(this.#text);
      this.#events.replace(state.doc.toString());
    } else this.#timer = setTimeout(() => this.#flush(), REST);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#text === this.#told) return;
    this.#told = this.#text;
    this.#events.edit(this.#text);
  }

  #past(way: 'undo' | 'redo'): boolean {
    this.#flush();
    this.#events[way]();
    return true;
  }
}

/** What stands under the pointer, in words; the page says it again, in full, where the caret is. */
function explain(view: EditorView, position: number): Tooltip | null {
  const { number, from } = view.state.doc.lineAt(position);
  const known = knownLine(view.state, number);
  const found = known && tokenAt(known, position - from);
  if (known === undefined || found === undefined) return null;
  const { head, rest } = saidOf(found.token);
  const wrong = known.findings.map(({ claim }) => claim);
  return {
    pos: from + found.token.start,
    end: from + found.token.end,
    above: true,
    create: () => ({ dom: tooltip(head, rest, wrong) }),
  };
}

function tooltip(head: string, rest: string, wrong: readonly string[]): HTMLElement {
  const box = document.createElement('div');
  box.className = 'sdp-tooltip';
  const name = document.createElement('b');
  name.textContent = head;
  box.append(name, rest);
  for (const claim of wrong.slice(0, 3)) {
    const line = document.createElement('p');
    line.textContent = claim;
    box.append(line);
  }
  return box;
}

/** Puts the caret on the next finding, or the one before, and round the ends. */
function toFinding(view: EditorView, step: 1 | -1): boolean {
  const { state } = view;
  const caret = state.selection.main.head;
  const places = [...state.field(seenField).findings].flatMap(([number, findings]) => {
    if (number > state.doc.lines) return [];
    const { from, to } = state.doc.line(number);
    return findings.map((finding) => Math.min(to, from + ((finding.line === number && finding.start) || 0)));
  });
  const sorted = [...new Set(places)].sort((a, b) => (a - b) * step);
  const target = sorted.find((place) => (place - caret) * step > 0) ?? sorted[0];
  if (target === undefined) return false;
  view.dispatch({ selection: { anchor: target }, scrollIntoView: true });
  return true;
}
