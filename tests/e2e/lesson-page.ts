/** What tests of lessons have in common. */
import type { Page } from '@playwright/test';
import { inlineText } from '../../src/core/lessons/prose.ts';
import type { Question } from '../../src/core/lessons/text.ts';
import { expect } from './app.ts';

export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

/** By its words; a word of the glossary is a button in them, and browsers put a space behind it. */
export function asked(page: Page, { ask }: Question) {
  const words = inlineText(ask)
    .split(/\s+|(?=[?.,:!])/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return page.getByRole('group', { name: new RegExp(`^${words.join('\\s*')}$`) });
}

/** Opens a lesson as if its first steps were done. */
export async function openAt(page: Page, slug: string, step: string, met: readonly string[]): Promise<void> {
  await page.evaluate(
    ([of, at, done]) =>
      localStorage.setItem(
        'icescope.lessons',
        JSON.stringify({
          icescope: 1,
          lessons: { [of as string]: { step: at, met: done, answers: {}, finished: false } },
          recall: {},
        }),
      ),
    [slug, step, met] as const,
  );
  const { origin } = new URL(page.url());
  // Another address alone would not load the page anew.
  await page.goto('about:blank');
  await page.goto(`${origin}/#/learn/${slug}`);
  await expect(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', String(met.length));
}
