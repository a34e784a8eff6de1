import type { Diagnosis } from '../../core/diagnosis/index.ts';
import type { StageState } from '../stage/stage.svelte.ts';

/** The doctor beside a stage: it comes when a call may be failing, and speaks when one does. Made while a component is. */
export class DoctorWatch {
  #code: typeof import('./doctor.ts') | null = $state.raw(null);
  readonly #stage: StageState;
  readonly #isAsked: () => boolean;

  /** `isAsked`: something may be wrong. */
  constructor(stage: StageState, isAsked: () => boolean) {
    this.#stage = stage;
    this.#isAsked = isAsked;
    $effect(() => {
      if (isAsked() && !this.#code)
        void import('./doctor.ts').then(
          (code) => (this.#code = code),
          () => {},
        );
    });
  }

  readonly #diagnosis = $derived.by((): Diagnosis | null =>
    this.#isAsked() && this.#code ? this.#code.diagnosisOf(this.#stage) : null,
  );

  /** Of a call in which something is certain or likely to be wrong; its verdict is the headline. */
  readonly failing = $derived.by((): Diagnosis | null =>
    this.#diagnosis && this.#code?.isFailure(this.#diagnosis) ? this.#diagnosis : null,
  );
}
