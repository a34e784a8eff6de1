/**
 * Plays every lesson as a learner would: only what the words tell, by the names on the screen, from the first step to the
 * last. What to do comes from each lesson's solution; a lesson that is added is played without a line here.
 */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { type Facts, Projector } from '../../src/core/projections/index.ts';
import type { Action, Step } from '../../src/core/lessons/lesson.ts';
import { type Question, questionsOf } from '../../src/core/lessons/text.ts';
import { inlineText } from '../../src/core/lessons/prose.ts';
import { readSession } from '../../src/core/session/codec.ts';
import { SessionLog } from '../../src/core/session/log.ts';
import { LESSONS } from '../lessons/library.ts';
import { expect, test } from './app.ts';

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const check = (page: Page) => button(page, 'Check').click();
const done = (page: Page) =>
  Number.parseInt('0', 10) + 0 || page.getByRole('progressbar').getAttribute('aria-valuenow');

/** The facts of the session on the stage, from the file that Save session writes. */
async function facts(page: Page): Promise<Facts> {
  const files = () => page.evaluate(() => (window as unknown as { savedFiles: Blob[] }).savedFiles.length);
  const before = await files();
  await button(page, 'Save session').click();
  await expect.poll(files).toBe(before + 1);
  const text = await page.evaluate(() =>
    (window as unknown as { savedFiles: Blob[] }).savedFiles.at(-1)!.text(),
  );
  const read = readSession(text);
  if (!read.ok) throw new Error(read.error.message);
  const log = new SessionLog();
  for (const event of read.value.events) log.append(event);
  return new Projector(log).at(log.events.length);
}

async function act(page: Page, action: Action): Promise<void> {
  if ('press' in action) return button(page, action.press).click();
  if ('call' in action) {
    const name = action.call === 'send' ? 'send \\w+' : action.call;
    return page.getByRole('button', { name: new RegExp(`^${name}( ×\\d+)? on ${action.on}`) }).click();
  }
  if ('say' in action) {
    await page.getByRole('textbox', { name: 'Message' }).fill(action.say);
    return button(page, 'Send to B').click();
  }
  if ('open' in action) return page.locator(`#tab-${action.open}`).click();
  if ('stepUntil' in action) return stepUntil(page, action.stepUntil);
  if ('select' in action) {
    const { id } = action.select(await facts(page));
    const [type, protocol, , port] = id.split('/');
    return page
      .getByRole('button', { name: new RegExp(`^A got ${type} ${protocol} \\S+:${port}`) })
      .first()
      .click();
  }
  const { type, into } = action;
  const label = labelOf(into);
  return page
    .getByRole('textbox', { name: label })
    .fill(typeof type === 'string' ? type : type(await facts(page)));
}

const labels = new Map(
  LESSONS.flatMap(({ compiled }) => [
    ...JSON.stringify(compiled.text.text).matchAll(/"kind":"field","id":"([^"]+)","label":"([^"]+)"/g),
  ]).map(([, id, label]) => [id!, label!]),
);
const labelOf = (id: string): string => labels.get(id)!;

/** As many presses of Step forward as the recording itself needs. */
async function stepUntil(page: Page, passed: (facts: Facts) => boolean): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    const index = await page.evaluate(
      () => document.querySelector('[data-diagram=paths] [data-description]')?.textContent ?? '',
    );
    await button(page, 'Step forward').click();
    await check(page);
    if ((await button(page, /^Next/).count()) > 0) return;
    expect(presses, index).toBeLessThan(119);
  }
  expect(passed).toBeUndefined();
}

async function choose(page: Page, question: Question, place: number): Promise<void> {
  const group = page.getByRole('group', { name: inlineText(question.ask) });
  await group.getByRole('radio').nth(place).check();
}

const reply = (page: Page) => page.locator('.foot').getByRole('status');

async function playStep(
  page: Page,
  step: Step | undefined,
  questions: readonly Question[],
  words: string,
): Promise<void> {
  // Before anything is done the check is unmet, and says what is missing.
  await check(page);
  await expect(reply(page), `${words}: unmet at first`).not.toBeEmpty();
  await expect(page.getByRole('button', { name: /^Next/ })).toHaveCount(0);

  for (const question of questions) {
    const right = question.options.findIndex((option) => option.right);
    if (question.kind === 'quiz') {
      const wrong = right === 0 ? 1 : 0;
      await choose(page, question, wrong);
      await expect(
        page.getByRole('group', { name: inlineText(question.ask) }).getByRole('status'),
        `${words}: a wrong answer is answered`,
      ).not.toBeEmpty();
    }
    await choose(page, question, Math.max(0, right));
  }
  if (!step) return check(page);

  await check(page);
  await expect(reply(page), `${words}: answers alone do not do it`).not.toBeEmpty();
  if (step.mistake) {
    for (const action of step.mistake) await act(page, action);
    await check(page);
    await expect(reply(page), `${words}: a wrong action is answered`).not.toBeEmpty();
  }
  // What the mistake has selected stays: selecting it again would let it go.
  const selected = step.mistake?.some((action) => 'select' in action);
  for (const action of step.solution) if (!(selected && 'select' in action)) await act(page, action);
}

for (const { name, compiled, lesson } of LESSONS) {
  const { text } = compiled;
  test(`lesson ${name} is played to its end, by what its words tell`, async ({ app }) => {
    await app.goto(`${new URL(app.url()).origin}/#/learn`);
    await app.getByRole('link', { name: text.question }).click();
    for (const [index, words] of text.text.entries()) {
      const questions = questionsOf(words.blocks);
      await expect(app.getByRole('heading', { name: words.title })).toBeVisible();
      expect(await done(app)).toBe(String(index));
      await playStep(app, lesson.steps[words.id], questions, `${name}, ${words.id}`);
      const last = index === text.steps - 1;
      const onwards = last
        ? app.getByRole('link', { name: /^(Next lesson|To the map)/ })
        : app.getByRole('button', { name: /^Next/ });
      await expect(async () => {
        if ((await onwards.count()) === 0) await check(app);
        await expect(onwards).toBeVisible({ timeout: 300 });
      }, `${words.id}: met after the solution`).toPass({ timeout: 15_000 });
      if (!last) await onwards.click();
    }
    expect(await done(app)).toBe(String(text.steps));
    await expect(app.getByText(text.can)).toBeVisible();

    // A finished lesson is a reference: it opens again at any step, with what was said.
    await app.reload();
    await expect(app.getByRole('progressbar')).toHaveAttribute('aria-valuenow', String(text.steps));
    await button(app, 'Back').click();
    await expect(app.getByRole('button', { name: /^Next/ })).toBeVisible();
  });
}
