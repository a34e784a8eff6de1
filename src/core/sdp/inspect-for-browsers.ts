/** The inspection, and where it finds no error, what browsers refuse all the same: what people see of a description. */
import { finish } from '../base/finish.ts';
import { browserRefusals } from './checks/browser-refusal.ts';
import {
  inspectInSlices,
  isComplete,
  type Inspection,
  type InspectOptions,
  type Progress,
} from './inspect.ts';
import { isForBrowsers } from './structure.ts';

export const inspectForBrowsers = (text: string, options: InspectOptions = {}): Inspection =>
  finish(inspectForBrowsersInSlices(text, options));

export function* inspectForBrowsersInSlices(
  text: string,
  options: InspectOptions = {},
): Generator<Progress, Inspection, void> {
  const inspection = yield* inspectInSlices(text, options);
  const { lines, description, findings } = inspection;
  if (options.fragment === true || !(options.complete ?? isComplete(lines)) || !isForBrowsers(description))
    return inspection;
  const refusals = browserRefusals(text, inspection);
  if (refusals.length === 0) return inspection;
  return { ...inspection, findings: [...findings, ...refusals].sort((a, b) => a.line - b.line) };
}
