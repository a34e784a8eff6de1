import { tick } from 'svelte';

/**
 * What the keyboard stood on may be gone, or out of use, once it has been pressed: then the keyboard goes on at `next`, a
 * selector; left out, at Check, or at what has taken its place.
 */
export async function thenFocus(
  pressed: Promise<void> | void,
  next = '.foot .primary, .foot .check',
): Promise<void> {
  await pressed;
  await tick();
  const { activeElement, body } = document;
  if (activeElement && activeElement !== body) return;
  document.querySelector<HTMLElement>(next)?.focus({ preventScroll: true });
}
