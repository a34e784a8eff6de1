/** A lesson by keyboard alone, left and opened again, and in two tabs. */
import type { Locator, Page } from '@playwright/test';
import type { Dial } from '../../src/core/lessons/board.ts';
import { type Action, type Step, dialsOf } from '../../src/core/lessons/lesson.ts';
import { type Question, questionsOf } from '../../src/core/lessons/text.ts';
import { LESSONS } from '../lessons/library.ts';
import { expect, test } from './app.ts';
import { asked, button, openAt } from './lesson-page.ts';

/** Goes to a control by Tab and Shift+Tab alone: the shorter way never leaves the page, and what is reached is in sight. */
async function tabTo(page: Page, target: Locator, drawn = target): Promise<void> {
  await expect(target).toBeAttached();
  const key = await target.evaluate((element) => {
    const from = document.activeElement ?? document.body;
    return element.compareDocumentPosition(from) === Node.DOCUMENT_POSITION_FOLLOWING ? 'Shift+Tab' : 'Tab';
  });
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press(key);
  }
  await expect(target).toBeFocused();
  await expect(drawn).toBeInViewport();
}

async function pressByKey(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, page.getByRole('button', { name, exact: true }));
  await page.keyboard.press('Enter');
}

/** Check, until it is met: then the keyboard stands on what leads on, and it is said that the step is done. */
async function checkByKey(page: Page): Promise<void> {
  await expect(async () => {
    if ((await button(page, 'Check').count()) > 0) await pressByKey(page, 'Check');
    await expect(page.locator('.foot .primary')).toHaveText(/^(Next|To the map)/, { timeout: 300 });
  }).toPass({ timeout: 15_000 });
  await expect(page.locator('.foot .primary')).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: 'This step is done.' })).toHaveCount(1);
}

async function chooseByKey(page: Page, question: Question, place: number): Promise<void> {
  const radios = asked(page, question).getByRole('radio');
  await tabTo(page, radios.first());
  await page.keyboard.press('Space');
  for (let at = 0; at < place; at++) await page.keyboard.press('ArrowDown');
  await expect(radios.nth(place)).toBeChecked();
  await expect(radios.nth(place)).toBeFocused();
  await expect(radios.nth(place)).toBeInViewport();
}

/** A group of choices is one stop of Tab, and arrows go round in it; a slider has its own keys. */
async function turnByKey(page: Page, dial: Dial, place: string): Promise<void> {
  if (dial.kind === 'slide') {
    const slider = page.getByRole('slider', { name: dial.label });
    await tabTo(page, slider);
    await page.keyboard.press('Home');
    for (let at = dial.from; at < Number(place); at += dial.step ?? 1)
      await page.keyboard.press('ArrowRight');
    return expect(slider).toHaveValue(place);
  }
  const radios = page.getByRole('radiogroup', { name: dial.label }).getByRole('radio');
  const wanted = radios.nth(Object.keys(dial.options).indexOf(place));
  const chosen = radios.and(page.locator(':checked'));
  // What is seen of it is its label.
  await tabTo(page, chosen, chosen.locator('xpath=..'));
  for (let at = 0; at < Object.keys(dial.options).length; at++)
    if (!(await wanted.isChecked())) await page.keyboard.press('ArrowDown');
  await expect(wanted).toBeChecked();
}

async function actByKey(page: Page, action: Action, step: Step): Promise<void> {
  if ('press' in action) await pressByKey(page, action.press);
  if ('turn' in action)
    await turnByKey(
      page,
      dialsOf(step).find(({ id }) => id === action.turn)!,
      action.to,
    );
  if ('say' in action) {
    await tabTo(page, page.getByRole('textbox', { name: 'Message' }));
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(action.say);
    await pressByKey(page, 'Send to B');
  }
  if ('stepUntil' in action)
    for (let tries = 0; tries < 20 && (await button(page, /^Next/).count()) === 0; tries++) {
      await pressByKey(page, 'Step forward');
      for (let more = 0; more < 2; more++) await page.keyboard.press('Enter');
      await pressByKey(page, 'Check');
    }
}

// The second has dials, and a simulation in place of a connection; keys are the same code in both browsers.
for (const [slug, where] of [
  ['two-peers-meet', ''],
  ['checks', ' @chromium'],
] as const)
  test(`the lesson ${slug} is played whole by keyboard alone, and each step is told${where}`, async ({
    app,
  }) => {
    test.slow();
    const place = LESSONS.findIndex(({ compiled }) => compiled.text.slug === slug);
    const { lesson, compiled } = LESSONS[place]!;
    const { text } = compiled;
    await app.goto(`${new URL(app.url()).origin}/#/learn/${text.slug}`);
    for (const [index, { id, title, blocks }] of text.text.entries()) {
      if (index > 0) await expect(app.getByRole('heading', { name: title })).toBeFocused();
      await expect(app.getByRole('progressbar', { name: 'Steps done' })).toHaveAttribute(
        'aria-valuetext',
        `${index} of ${text.steps} steps done`,
      );
      for (const question of questionsOf(blocks))
        await chooseByKey(
          app,
          question,
          Math.max(
            0,
            question.options.findIndex(({ right }) => right),
          ),
        );
      const step = lesson.steps[id];
      for (const action of step?.solution ?? []) await actByKey(app, action, step!);
      await checkByKey(app);
      if (index < text.steps - 1) await app.keyboard.press('Enter');
    }
    const after = LESSONS[place + 1]?.compiled.text.question ?? 'From the first letter to a call that holds';
    await app.keyboard.press('Enter');
    await expect(app.getByRole('heading', { level: 1, name: after })).toBeVisible();
  });

test('a lesson keeps its place, and says what is gone', async ({ app }) => {
  await openAt(app, 'two-peers-meet', 'letters', ['connect']);
  await expect(app.getByRole('heading', { name: 'First they write letters' })).toBeVisible();
  // The connection ended with the page; the step says so, and offers to make another.
  await expect(app.getByText('Your connection ended when the page was left.')).toBeVisible();
  await expect(button(app, 'Connect')).toBeVisible();
});

// Storage between tabs is the browser's own, and the same code listens.
test('what is done in one tab counts in another, and is not written over @chromium', async ({ app }) => {
  await openAt(app, 'two-peers-meet', 'letters', ['connect']);
  const other = await app.context().newPage();
  await other.goto(`${new URL(app.url()).origin}/#/learn/candidates`);
  await expect(other.getByRole('progressbar')).toBeVisible();
  await other.getByRole('radio').first().check();
  await expect(async () => {
    const kept = await app.evaluate(() => localStorage.getItem('icescope.lessons'));
    expect(kept).toContain('what-address');
  }).toPass();
  // The first tab writes as well: both lessons are kept.
  await button(app, 'Back').click();
  const kept = await app.evaluate(() => localStorage.getItem('icescope.lessons'));
  expect(kept).toContain('what-address');
  expect(kept).toContain('"step":"connect"');
  await other.close();
});
