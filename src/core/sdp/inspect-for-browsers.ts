/** The inspection and what browsers refuse: what people see of a description. */
import { finish } from '../base/finish.ts';
import { withBrowserRefusals } from './checks/browser-refusal.ts';
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
  const { lines, description } = inspection;
  if (options.fragment === true || !(options.complete ?? isComplete(lines)) || !isForBrowsers(description))
    return inspection;
  return { ...inspection, findings: withBrowserRefusals(text, inspection) };
}
