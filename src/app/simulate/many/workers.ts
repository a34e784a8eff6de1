/** Several workers, each with its part of the pairs. Ending them is Cancel. */
import {
  type PopulationChoices,
  type PopulationFigures,
  together,
} from '../../../core/sim/population/population.ts';
import type { PopulationOrder, PopulationReport } from './figures.worker.ts';

/** More would take turns with each other. */
const MOST_WORKERS = 4;

export function playTogether(
  choices: PopulationChoices,
  events: {
    /** What all of them counted so far. */
    counted(figures: PopulationFigures, isDone: boolean): void;
    failed(message: string): void;
  },
): readonly Worker[] {
  const count = Math.max(1, Math.min(MOST_WORKERS, navigator.hardwareConcurrency, choices.pairs));
  const reports: (PopulationReport | null)[] = Array.from({ length: count }, () => null);
  return reports.map((_, number) => {
    const worker = new Worker(new URL('./figures.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<PopulationReport>) => {
      reports[number] = data;
      const figures = together(reports.filter((one) => one !== null).map((one) => one.figures));
      events.counted(
        figures,
        reports.every((one) => one?.isDone === true),
      );
    };
    worker.onerror = ({ message }) =>
      events.failed(message || 'the code that plays the calls did not arrive');
    worker.postMessage({ choices, part: { number, of: count } } satisfies PopulationOrder);
    return worker;
  });
}
