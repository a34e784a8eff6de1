import type { Facts } from '../../core/projections/index.ts';
import type { Selection, View } from '../../core/projections/view.ts';
import { type Cursor, nextChange, previousChange } from '../../core/session/playback.ts';
import { DIAGRAMS } from '../diagrams/index.ts';
import { Player } from './player.svelte.ts';
import { type Part, Session } from './session.svelte.ts';

export const lessMotion = matchMedia('(prefers-reduced-motion: reduce)');

/** What a stage shows: a session, the moment of it, which diagrams, and what the reader marked in all of them. */
export class StageState {
  session: Session = $state.raw(new Session());
  /** All that was opened or is recorded: `session`, or what `session` is a part of. */
  recording: Session = $state.raw(this.session);
  part: Part | null = $state.raw(null);
  player: Player = $state.raw(new Player(this.session.log));
  selection: Selection = $state.raw(null);
  /** Ids of the diagrams on the stage, the main one first. */
  shown: readonly string[] = $state.raw(['paths']);
  /** The page's reading column is folded away, and the stage takes all the width. */
  folded = $state(false);
  /** What is shown was saved to a file just now, and what is in that is told. */
  saved = $state(false);
  motion = $state(!lessMotion.matches);
  /** Where the session comes from, in words. */
  source = $state('a drawing; yours comes next');

  readonly whole: Facts = $derived(this.session.whole);
  readonly view: View = $derived(this.session.view(this.player, this.whole));

  constructor() {
    lessMotion.addEventListener('change', () => (this.motion = !lessMotion.matches));
  }

  /** Puts another session on the stage, at its newest event. */
  open(session: Session, source: string): void {
    this.recording = session;
    this.source = source;
    const [first] = session.parts.toSorted((a, b) => b.telling - a.telling);
    if (first) return this.choose(first);
    this.part = null;
    this.#put(session);
  }

  /** Of a recording of many connections. */
  choose(part: Part): void {
    this.part = part;
    this.#put(part.open());
  }

  #put(session: Session): void {
    this.saved = false;
    this.player.destroy();
    this.session = session;
    this.player = new Player(session.log);
    this.selection = null;
  }

  /** Selecting what is selected clears it. */
  select = (selection: Selection): void => {
    const same = selection?.kind === this.selection?.kind && selection?.id === this.selection?.id;
    this.selection = same ? null : selection;
  };

  /** To the next moment at which the main picture has something else to say. */
  async stepForward(): Promise<void> {
    this.#goTo(nextChange(this.session.log.events, this.player, await this.#words()));
  }

  async stepBack(): Promise<void> {
    this.#goTo(previousChange(this.session.log.events, this.player, await this.#words()));
  }

  #goTo({ index }: Cursor): void {
    this.player.seekIndex(index);
  }

  /** The sentence that stands under the main picture, by cursor. */
  async #words(): Promise<(cursor: Cursor) => string> {
    const { caption } = await DIAGRAMS.get(this.shown[0] ?? 'paths')!.load();
    return (cursor) => JSON.stringify(caption(this.session.view(cursor, this.whole)).text);
  }

  show(diagram: string): void {
    if (this.shown.length === 1) this.shown = [diagram];
    else if (!this.shown.includes(diagram)) this.shown = [this.shown[1]!, diagram];
  }

  toggleSplit(): void {
    const [first] = this.shown as [string];
    this.shown = this.shown.length > 1 ? [first] : [first, first === 'states' ? 'ladder' : 'states'];
  }
}
