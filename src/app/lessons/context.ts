import { createContext } from 'svelte';
import type { LessonText } from '../../core/lessons/text.ts';
import type { LessonPlayer } from './lesson-player.svelte.ts';

/** What the words of a lesson are drawn with. */
export interface Reading {
  readonly text: LessonText;
  /** Null where the lesson is only read: then nothing is hidden and nothing can be pressed. */
  readonly player: LessonPlayer | null;
}

export const [getReading, setReading] = createContext<Reading>();
