import type { Problem } from '../../../core/base/result.ts';
import { DEFAULT_POPULATION, readPopulation, writePopulation } from '../../../core/sim/population/choices.ts';
import { mixes } from '../../../core/sim/population/mixes.ts';
import type { PopulationChoices, PopulationFigures } from '../../../core/sim/population/population.ts';
import { playTogether } from './workers.ts';

export interface Counted {
  readonly choices: PopulationChoices;
  readonly figures: PopulationFigures;
}

/** What is drawn from, and what was counted so far. */
export class ManyState {
  choices: PopulationChoices = $state.raw(DEFAULT_POPULATION);
  figures: PopulationFigures | null = $state.raw(null);
  /** What it is compared with. */
  before: Counted | null = $state.raw(null);
  isRunning = $state(false);
  /** Somebody pressed Cancel, and what was counted until then is shown. */
  isCancelled = $state(false);
  problem: Problem | null = $state.raw(null);
  /** Milliseconds that it has taken. */
  elapsed = $state(0);
  #workers: readonly Worker[] = [];

  readonly mixId = $derived(
    mixes.all.find(({ shares }) => shares.join() === this.choices.shares.join())?.id ?? 'own',
  );
  readonly done = $derived(this.figures?.pairs ?? 0);
  readonly secondsLeft = $derived(
    this.done > 0 ? Math.ceil(((this.elapsed / this.done) * (this.choices.pairs - this.done)) / 1000) : null,
  );

  /** What follows `?` in the address. */
  open(text: string): void {
    const read = readPopulation(text);
    this.problem = read.ok ? null : read.error;
    if (read.ok) this.choices = read.value;
    this.before = null;
    this.start();
  }

  change(part: Partial<PopulationChoices>): void {
    this.choices = { ...this.choices, ...part };
    this.before = null;
    this.start();
  }

  /** With what was counted until now beside it. */
  compare(part: Partial<PopulationChoices>): void {
    const { choices, figures } = this;
    this.change(part);
    this.before = figures && { choices, figures };
  }

  start(): void {
    this.stop();
    history.replaceState(null, '', `#/simulate/many?${writePopulation(this.choices)}`);
    this.figures = null;
    this.isCancelled = false;
    this.isRunning = true;
    const began = performance.now();
    this.#workers = playTogether(this.choices, {
      counted: (figures, isDone) => {
        this.elapsed = performance.now() - began;
        this.figures = figures;
        if (isDone) this.stop();
      },
      failed: (message) => {
        this.stop();
        this.problem = { message };
      },
    });
  }

  cancel(): void {
    this.stop();
    this.isCancelled = true;
  }

  stop(): void {
    for (const worker of this.#workers) worker.terminate();
    this.#workers = [];
    this.isRunning = false;
  }
}
