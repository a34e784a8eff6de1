import type { Problem } from '../../core/base/result.ts';
import { diagnose } from '../../core/diagnosis/index.ts';
import {
  type Choices,
  DEFAULT_CHOICES,
  readChoices,
  scenarioOf,
  writeChoices,
} from '../../core/sim/choices.ts';
import { type Outcome, simulate } from '../../core/sim/simulate.ts';
import { Session } from '../stage/session.svelte.ts';
import { StageState } from '../stage/stage.svelte.ts';
import { suggestionFor } from './words.ts';

/** One call that was played. */
export interface Run {
  readonly choices: Choices;
  readonly outcome: Outcome;
  readonly verdict: string;
  readonly session: Session;
}

function play(choices: Choices): Run {
  const { outcome, events } = simulate(scenarioOf(choices), { seed: choices.seed });
  const session = new Session();
  for (const event of events) session.log.append(event);
  const { causes, verdict } = diagnose(events, 'A', { other: 'B' });
  return { choices, outcome, verdict: causes[0]?.message ?? verdict, session };
}

/** What is chosen, what came of it, and the run that it is compared with. */
export class SimulateState {
  readonly stage = new StageState();
  choices: Choices = $state.raw(DEFAULT_CHOICES);
  run: Run | null = $state.raw(null);
  /** The run before the one change. */
  before: Run | null = $state.raw(null);
  /** One thing is to be changed: the run that it will be compared with stands. */
  isChanging = $state(false);
  problem: Problem | null = $state.raw(null);
  notice = $state('');

  /** What is chosen is not what was played. */
  readonly isStale = $derived(
    this.run !== null && writeChoices(this.run.choices) !== writeChoices(this.choices),
  );
  readonly suggestion = $derived(
    this.run && !this.isStale && !this.before ? suggestionFor(this.run.choices, this.run.outcome) : null,
  );

  /** What follows `?` in the address. */
  open(text: string): void {
    const read = readChoices(text);
    this.problem = read.ok ? null : read.error;
    if (read.ok) this.choices = read.value;
    this.start();
  }

  /** While one thing is to be changed, the change is played at once. */
  change(part: Partial<Choices>): void {
    this.choices = { ...this.choices, ...part };
    if (this.isChanging) this.compare();
  }

  start(): void {
    this.before = null;
    this.isChanging = false;
    this.#show(play(this.choices));
  }

  beginChange(): void {
    if (this.isStale || this.run === null) this.start();
    this.before = null;
    this.isChanging = true;
  }

  /** With what is chosen now. */
  compare(): void {
    this.before = this.run;
    this.isChanging = false;
    this.#show(play(this.choices));
  }

  tryOut(part: Partial<Choices>): void {
    this.beginChange();
    this.change(part);
  }

  keep(): void {
    this.before = null;
    this.#address();
  }

  undo(): void {
    if (!this.before) return void (this.isChanging = false);
    this.choices = this.before.choices;
    this.start();
  }

  /** The one that was kept is the one to compare with. */
  changeAnother(): void {
    const { before } = this;
    if (!before) return;
    this.choices = before.choices;
    this.start();
    this.beginChange();
  }

  /** A file that somebody saved. */
  async openFile(file: File): Promise<void> {
    const { openFile } = await import('../stage/open.ts');
    const opened = await openFile(file);
    if (!opened.ok) return void (this.notice = opened.error.message);
    this.run = null;
    this.before = null;
    this.isChanging = false;
    this.stage.open(opened.value.session, `recorded · ${file.name}`);
  }

  async save(): Promise<void> {
    const { saveSession } = await import('../stage/save.ts');
    saveSession(this.stage.recording.log.events);
  }

  #show(run: Run): void {
    this.run = run;
    this.notice = '';
    const { before } = this;
    // The clock is that of the run that lasts longer.
    const longer = before && before.session.duration > run.session.duration ? before : run;
    this.stage.open(longer.session, `simulated · seed ${run.choices.seed}${before ? ', twice' : ''}`);
    this.#address();
    if (before) this.stage.player.seek(run.outcome.timeToConnected ?? this.stage.player.duration);
    else if (this.stage.motion) this.stage.player.replay();
  }

  #address(): void {
    history.replaceState(null, '', `#/simulate?${writeChoices(this.choices)}`);
  }
}
