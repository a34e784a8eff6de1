import type { Problem } from '../../core/base/result.ts';
import { type BothEnds, joinEnds } from '../../core/importers/both-ends.ts';
import { shortName } from '../../core/importers/events.ts';
import type { Imported } from '../../core/importers/index.ts';
import { peerPairings } from '../../core/session/peer-pairing.ts';
import { peerIn } from '../../core/projections/peers.ts';
import { openImported, readFile } from '../stage/open.ts';
import { saveSession } from '../stage/save.ts';
import type { Part } from '../stage/session.svelte.ts';
import type { StageState } from '../stage/stage.svelte.ts';

/** A dump that is open. */
export interface Dump {
  readonly name: string;
  readonly imported: Imported;
}

/** One row of the list: connections that talk to each other, or one whose other end nobody recorded. */
export interface Row {
  readonly peers: readonly string[];
  /** Their names, long ones by their beginning. */
  readonly label: string;
  readonly place: string;
  readonly state: string;
  /** Undefined where all of the recording is on the stage. */
  readonly part: Part | undefined;
}

/** What is open on the page for dumps: one dump, or the dumps of both ends. */
export class DumpState {
  readonly #stage: StageState;
  dumps: readonly Dump[] = $state.raw([]);
  both: BothEnds | null = $state.raw(null);
  rows: readonly Row[] = $state.raw([]);
  problem: Problem | null = $state.raw(null);
  /** Of a file that is being read, 0 to 1. */
  progress: number | null = $state(null);
  said = $state('');
  #abort: AbortController | null = null;

  constructor(stage: StageState) {
    this.#stage = stage;
  }

  /** One file, or two of the two ends of a call; `beside`: what is open stays, and this is its other end. */
  async open(files: readonly File[], { beside = false } = {}): Promise<void> {
    this.cancel();
    const abort = new AbortController();
    this.#abort = abort;
    this.problem = null;
    this.said = '';
    this.progress = 0;
    const read = beside ? this.dumps.slice(0, 1) : [];
    for (const file of files.slice(0, 2 - read.length)) {
      const imported = await readFile(file, this.#options(abort));
      if (this.#abort !== abort) return;
      if (!imported.ok) return this.#fail(imported.error);
      read.push({ name: file.name, imported: imported.value });
    }
    await this.#show(read, abort);
  }

  cancel(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.progress = null;
  }

  save(): void {
    saveSession(this.#stage.recording.log.events);
    this.#stage.saved = true;
  }

  choose({ part }: Row): void {
    if (part) this.#stage.choose(part);
  }

  #options = (abort: AbortController) => ({
    signal: abort.signal,
    progress: (part: number) => void (this.progress = part),
  });

  #fail(problem: Problem): void {
    this.problem = problem;
    this.progress = null;
  }

  async #show(read: readonly Dump[], abort: AbortController): Promise<void> {
    const [first, second] = read;
    if (first === undefined) return;
    const joined = second ? joinEnds(first.imported, second.imported) : null;
    if (joined && !joined.ok) return this.#fail(joined.error);
    const both = joined?.ok ? joined.value : null;
    const opened = await openImported(
      both ? { ...first.imported, ...both } : first.imported,
      this.#options(abort),
    );
    if (this.#abort !== abort) return;
    if (!opened.ok) return this.#fail(opened.error);
    this.dumps = read;
    this.both = both;
    this.progress = null;
    this.#stage.open(opened.value.session, both ? 'two dumps · both ends' : 'dump · one end');
    if (both) this.#stage.shown = ['ladder'];
    this.rows = this.#list();
  }

  #list(): readonly Row[] {
    const { recording } = this.#stage;
    const { peers, states } = recording.whole;
    const { parts } = recording;
    const couples =
      parts.length > 0
        ? parts.map((part) => ({ couple: part.peers, part }))
        : peerPairings(recording.events).map((couple) => ({ couple, part: undefined }));
    return couples.map(({ couple, part }): Row => {
      const [first] = couple;
      const machines = states[first!];
      const place = peerIn(peers, first!)?.place ?? '';
      const beginning = `${shortName(first!)}, `;
      const [connection, ice] = [machines?.connection.current ?? 'new', machines?.ice.current ?? 'new'];
      return {
        peers: couple,
        label: couple.map(shortName).join(' with '),
        place: place.startsWith(beginning) ? place.slice(beginning.length) : '',
        state: connection === 'new' ? ice : connection,
        part,
      };
    });
  }
}
