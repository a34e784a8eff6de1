/**
 * Presses what can be pressed in a lesson, in an order drawn by chance, and finishes by Check and hints alone: from no state
 * may a step be passed, or be left standing, that the lesson can not be finished from. With one order a lesson, each browser
 * plays every other lesson; `ICESCOPE_SEEDS=20` plays more orders, and all in both.
 */
import type { Page } from '@playwright/test';
import { type Question, questionsOf } from '../../src/core/lessons/text.ts';
import { LESSONS } from '../lessons/library.ts';
import { type Random, random } from '../support/random.ts';
import { expect, test } from './app.ts';
import { asked, button } from './lesson-page.ts';

const SEEDS = Number(process.env['ICESCOPE_SEEDS'] ?? 1);
const WRONG = 7;

/** What the controls of the step offer now, and typing rubbish into its fields. */
const CONTROLS = ['button:not([disabled])', 'input:not([type=radio])', 'textarea']
  .map((kind) => `.do ${kind}`)
  .join(', ');

async function pressAtRandom(page: Page, chance: Random): Promise<void> {
  for (let count = 0; count < WRONG; count++)
    await page.evaluate(
      ([selector, draw]) => {
        const all = [...document.querySelectorAll<HTMLElement>(selector)];
        const one = all[draw % all.length];
        if (!one) return;
        if (one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement) {
          one.value = '42';
          one.dispatchEvent(new Event('input', { bubbles: true }));
        } else one.click();
      },
      [CONTROLS, chance.below(1000)] as const,
    );
}

async function guess(page: Page, questions: readonly Question[], chance: Random): Promise<void> {
  for (const question of questions)
    if (question.kind === 'predict')
      await asked(page, question).getByRole('radio').nth(chance.below(question.options.length)).check();
}

/** Check says what is missing; then hint after hint, and at last “Show me”, which has to end. */
async function finishByHints(page: Page, where: string): Promise<void> {
  const next = page
    .getByRole('button', { name: /^Next/ })
    .or(page.getByRole('link', { name: /^(Next lesson|To the map)/ }));
  await button(page, 'Check').click();
  for (let hint = 0; hint < 10; hint++) {
    if ((await next.count()) > 0) return;
    const told = page.locator('.foot').getByRole('status');
    await expect(told, `${where}: Check says what is missing`).not.toBeEmpty();
    const more = button(page, /^(Hint|Another hint)$/);
    if ((await more.count()) === 0) break;
    await more.click();
  }
  await button(page, 'Show me').click();
  await expect(next, `${where}: Show me has done it`).toBeVisible({ timeout: 60_000 });
}

/** One seed is shared out: Firefox plays the lessons of odd numbers, Chromium the others, and more seeds both. */
const browsersOf = (number: number): string =>
  SEEDS > 1 ? '' : number % 2 === 1 ? ' @firefox' : ' @chromium';

for (const { name, compiled } of LESSONS)
  for (let seed = 1; seed <= SEEDS; seed++)
    test(`lesson ${name} is finished by hints from any order of presses, seed ${seed}${browsersOf(compiled.text.number)}`, async ({
      app,
    }) => {
      test.slow();
      const chance = random(seed);
      await app.emulateMedia({ reducedMotion: 'reduce' });
      await app.goto(`${new URL(app.url()).origin}/#/learn`);
      await app.getByRole('link', { name: compiled.text.question }).click();
      for (const words of compiled.text.text) {
        const where = `${name}, ${words.id}, seed ${seed}`;
        await expect(app.getByRole('heading', { name: words.title }), where).toBeVisible();
        await pressAtRandom(app, chance);
        // A word of the glossary or a picture that was opened lies over the page.
        await app.keyboard.press('Escape');
        await guess(app, questionsOf(words.blocks), chance);
        await finishByHints(app, where);
        if (words !== compiled.text.text.at(-1)) await app.getByRole('button', { name: /^Next/ }).click();
      }
    });
