import type { Leg } from '../../core/lessons/text.ts';

/** What is planned and not written yet: named on the map, so that nobody takes the end of the line for the end of the story. */
export const TO_COME: readonly { readonly leg: Leg; readonly questions: readonly string[] }[] = [];
