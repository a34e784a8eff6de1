/** Plays its part of the pairs, and tells what it counted so far. */
import {
  Population,
  type PopulationChoices,
  type PopulationFigures,
} from '../../../core/sim/population/population.ts';

export interface PopulationOrder {
  readonly choices: PopulationChoices;
  readonly part: { readonly number: number; readonly of: number };
}
export interface PopulationReport {
  readonly part: number;
  readonly figures: PopulationFigures;
  readonly isDone: boolean;
}

/** Milliseconds between two reports, and pairs between two looks at the clock. */
const REPORT_EVERY = 120;
const BETWEEN_LOOKS = 10;

onmessage = ({ data: { choices, part } }: MessageEvent<PopulationOrder>) => {
  const population = new Population(choices, part);
  let reported = performance.now();
  while (!population.isDone) {
    population.play(BETWEEN_LOOKS);
    if (performance.now() - reported < REPORT_EVERY && !population.isDone) continue;
    reported = performance.now();
    postMessage({
      part: part.number,
      figures: population.figures,
      isDone: population.isDone,
    } satisfies PopulationReport);
  }
};
