import type { SessionEvent } from '../session/event.ts';

/** Facts of one kind, made from the events one after the other. `reduce` gives the same object when nothing changed. */
export interface Projection<F> {
  readonly id: string;
  readonly initial: F;
  reduce(facts: F, event: SessionEvent): F;
}

/** How a fact is known. Diagrams draw from this field alone. */
export type Evidence = 'observed' | 'inferred' | 'simulated';

/** Facts kept by peer. */
export type ByPeer<T> = Readonly<Record<string, T>>;
