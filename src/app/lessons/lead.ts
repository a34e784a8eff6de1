/** Bold names in a lesson are those of tabs and buttons: pressing one leads there. */
import { DIAGRAMS } from '../diagrams/index.ts';
import type { LessonPlayer } from './lesson-player.svelte.ts';

/** Of the buttons that the player and the foot have in every step. */
const ALWAYS: ReadonlySet<string> = new Set(['Check', 'Step forward', 'Step back', 'Next']);

const tabOf = (name: string): string | undefined => DIAGRAMS.all.find(({ title }) => title === name)?.id;

export const leads = ({ opened, step }: LessonPlayer, name: string): boolean =>
  opened.lesson.diagrams.includes(tabOf(name) ?? '') ||
  ALWAYS.has(name) ||
  (step?.solution.some((action) => 'press' in action && action.press === name) ?? false);

/** Opens the tab, or goes to the button and lets it be seen which one that is. */
export function lead({ stage }: LessonPlayer, name: string): void {
  const tab = tabOf(name);
  if (tab !== undefined) return stage.show(tab);
  const buttons = [...document.querySelectorAll<HTMLElement>('button:not([disabled])')];
  const found = buttons.find((one) => (one.getAttribute('aria-label') ?? one.textContent).trim() === name);
  found?.scrollIntoView({ block: 'nearest' });
  found?.focus();
}
