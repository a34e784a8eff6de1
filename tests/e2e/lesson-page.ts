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

const progressAt = (slug: string, step: string, met: readonly string[]): string =>
  JSON.stringify({
    icescope: 1,
    lessons: { [slug]: { step, met, answers: {}, finished: false } },
    recall: {},
  });

/** Opens a lesson as if its first steps were done. */
export async function openAt(page: Page, slug: string, step: string, met: readonly string[]): Promise<void> {
  await page.evaluate((kept) => localStorage.setItem('icescope.lessons', kept), progressAt(slug, step, met));
  const { origin } = new URL(page.url());
  // Another address alone would not load the page anew.
  await page.goto('about:blank');
  await page.goto(`${origin}/#/learn/${slug}`);
  await expect(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', String(met.length));
}

/** The same in a page that stays, as if another tab had come so far: much quicker. */
export async function moveTo(page: Page, slug: string, step: string, met: readonly string[]): Promise<void> {
  await page.evaluate(() => (location.hash = '#/learn'));
  await expect(page.getByRole('progressbar', { name: 'Lessons done' })).toBeVisible();
  await page.evaluate(
    ([kept, hash]) => {
      localStorage.setItem('icescope.lessons', kept!);
      dispatchEvent(new StorageEvent('storage', { key: 'icescope.lessons' }));
      location.hash = hash!;
    },
    [progressAt(slug, step, met), `#/learn/${slug}`],
  );
  const steps = page.getByRole('progressbar', { name: 'Steps done' });
  await expect(steps).toHaveAttribute('aria-valuenow', String(met.length));
}
