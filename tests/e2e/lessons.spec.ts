/**
 * Plays every lesson as a learner would: only what the words tell, by the names on the screen, from the first step to the
 * last. What to do comes from each lesson's solution; a lesson that is added is played without a line here.
 */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Facts } from '../../src/core/projections/index.ts';
import { type Dial, placeWords } from '../../src/core/lessons/board.ts';
import { type Action, type Step, dialsOf } from '../../src/core/lessons/lesson.ts';
import { type Question, questionsOf } from '../../src/core/lessons/text.ts';
import { LESSONS } from '../lessons/library.ts';
import { openFixture } from '../support/sessions.ts';
import { expect, savedFile, savedSession, test } from './app.ts';
import { asked, button, openAt } from './lesson-page.ts';

const check = (page: Page) => button(page, 'Check').click();
const done = (page: Page) => page.getByRole('progressbar').getAttribute('aria-valuenow');
/** The facts of the session on the stage, from the file that Save session writes. */
const facts = async (page: Page): Promise<Facts> =>
  openFixture('on the stage', await savedSession(page)).whole;

async function act(page: Page, action: Action, dials: readonly Dial[]): Promise<void> {
  if ('press' in action) return button(page, action.press).click();
  if ('call' in action) {
    const name = action.call === 'send' ? 'send \\w+' : action.call;
    return page.getByRole('button', { name: new RegExp(`^${name}( ×\\d+)? on ${action.on}`) }).click();
  }
  if ('say' in action) {
    await page.getByRole('textbox', { name: 'Message' }).fill(action.say);
    return button(page, 'Send to B').click();
  }
  if ('carry' in action) {
    const word = await page.getByRole('textbox', { name: `Letter of ${action.carry}` }).inputValue();
    return page.getByRole('textbox', { name: `Box of ${action.carry === 'A' ? 'B' : 'A'}` }).fill(word);
  }
  if ('turn' in action) {
    const dial = dials.find(({ id }) => id === action.turn)!;
    if (dial.kind === 'slide') return page.getByRole('slider', { name: dial.label }).fill(action.to);
    const choices = page.getByRole('radiogroup', { name: dial.label });
    return choices.getByText(placeWords(dial, action.to), { exact: true }).click();
  }
  if ('open' in action) return page.locator(`#tab-${action.open}`).click();
  if ('stepUntil' in action) return stepUntil(page);
  if ('select' in action) {
    const { kind, id } = action.select(await facts(page));
    if (kind === 'line') return clickLine(page, id.replace(/.*\//, ''));
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

const clickLine = (page: Page, number: string) =>
  page
    .getByRole('list', { name: /^A’s offer/ })
    .getByRole('button', { name: new RegExp(`^line ${number}\\b`) })
    .click();

const labels = new Map(
  LESSONS.flatMap(({ compiled }) => [
    ...JSON.stringify(compiled.text.text).matchAll(/"kind":"field","id":"([^"]+)","label":"([^"]+)"/g),
  ]).map(([, id, label]) => [id!, label!]),
);
const labelOf = (id: string): string => labels.get(id)!;

/**
 * As many presses of Step forward as the recording itself needs, with Check after each. They are made in the page: to ask
 * for each from outside takes longer than the step.
 */
async function stepUntil(page: Page): Promise<void> {
  const isDone = await page.evaluate(async () => {
    const button = (name: RegExp) =>
      [...document.querySelectorAll<HTMLElement>('button, a.btn')].find((one) =>
        name.test(one.getAttribute('aria-label') ?? one.textContent.trim()),
      );
    for (let presses = 0; presses < 120; presses++) {
      button(/^Step forward$/)!.click();
      await new Promise(requestAnimationFrame);
      button(/^Check$/)!.click();
      await new Promise(requestAnimationFrame);
      if (button(/^Next/)) return true;
    }
    return false;
  });
  expect(isDone, 'done after at most 120 presses of Step forward').toBe(true);
}

const choose = (page: Page, question: Question, place: number) =>
  asked(page, question).getByRole('radio').nth(place).check();

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

  // Wrong answers first: a quiz tells at once, a prediction when it has come out.
  for (const question of questions) {
    const right = question.options.findIndex((option) => option.right);
    await choose(page, question, right === 0 ? 1 : 0);
    if (question.kind === 'predict') continue;
    await expect(
      asked(page, question).getByRole('status'),
      `${words}: a wrong answer is answered`,
    ).not.toBeEmpty();
    await choose(page, question, right);
  }
  if (!step) return check(page);

  await check(page);
  await expect(reply(page), `${words}: answers alone do not do it`).not.toBeEmpty();
  await openRecording(page);
  // A recording stands for what would be pressed, in this step and in those that go on with it.
  const isRecorded = (await page.getByText('This is a recording of real browsers').count()) > 0;
  const isDone = (action: Action) => isRecorded && 'press' in action;
  if (step.mistake && !step.mistake.some(isDone)) {
    for (const action of step.mistake) await act(page, action, dialsOf(step));
    await check(page);
    await expect(reply(page), `${words}: a wrong action is answered`).not.toBeEmpty();
  }
  // What the mistake has selected stays: selecting it again would let it go.
  const selected = step.mistake?.flatMap((action) => ('select' in action ? [action.select] : [])) ?? [];
  for (const action of step.solution) {
    if (isDone(action)) continue;
    if ('select' in action && selected.length > 0) {
      const now = await facts(page);
      if (selected.at(-1)!(now).id === action.select(now).id) continue;
    }
    await act(page, action, dialsOf(step));
  }
}

/** Firefox asks no server on a loopback address: there the step offers a recording, and the learner takes it. */
async function openRecording(page: Page): Promise<void> {
  const offer = button(page, 'Open the recording');
  if ((await offer.count()) === 0) return;
  await offer.click();
  await expect(page.getByText('This is a recording of real browsers')).toBeVisible();
}

for (const { name, compiled, lesson } of LESSONS) {
  const { text } = compiled;
  test(`lesson ${name} is played to its end, by what its words tell`, async ({ app }) => {
    // Recordings are walked through press by press.
    test.slow();
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
      for (const question of questions)
        await expect(asked(app, question).getByRole('status')).not.toBeEmpty();
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

async function seriousFindings(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const told = serious.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
  );
  expect(told, where).toEqual([]);
}

const [first] = LESSONS;

// What axe reads is the same code in both browsers.
for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious on the map and in lessons, ${scheme} @chromium`, async ({ app }) => {
    await app.emulateMedia({ colorScheme: scheme });
    await app.goto(`${new URL(app.url()).origin}/#/learn`);
    await expect(app.getByRole('link', { name: first!.compiled.text.question })).toBeVisible();
    await seriousFindings(app, 'the map');
    await app.getByRole('link', { name: first!.compiled.text.question }).click();
    await seriousFindings(app, 'a step with a question');
    await button(app, 'Hint').click();
    await app.getByRole('button', { name: 'peers' }).click();
    await seriousFindings(app, 'a hint and a word');
    await app.keyboard.press('Escape');
    // The last hint is that of the presses themselves.
    await button(app, 'Another hint').click();
    await button(app, 'Show me').click();
    await expect(app.getByRole('button', { name: /^Next/ })).toBeVisible({ timeout: 20_000 });
    await seriousFindings(app, 'a step that is done');
    await app.goto(`${new URL(app.url()).origin}/#/learn/two-peers-meet/text`);
    await expect(app.getByRole('heading', { name: 'Sources' })).toBeVisible();
    await seriousFindings(app, 'the whole text');
  });
}

test('progress goes into a file and comes back; what is no such file is refused', async ({ app }) => {
  await openAt(app, 'two-peers-meet', 'letters', ['connect']);
  await app.goto(`${new URL(app.url()).origin}/#/learn`);
  await expect(app.getByText('step 2 of 5', { exact: true })).toBeVisible();
  const text = await savedFile(app, 'Save it to a file');
  await app.evaluate(() => localStorage.clear());
  await app.reload();
  const load = async (content: string) =>
    app
      .locator('input[type=file]')
      .setInputFiles({ name: 'p.json', mimeType: 'application/json', buffer: Buffer.from(content) });
  await load('{"icescope":1,"lessons":{"x":{"step":7}}}');
  await expect(app.getByText('This is not a file of progress')).toBeVisible();
  await expect(app.getByText('step 2 of 5', { exact: true })).toHaveCount(0);
  await load(text);
  await expect(app.getByText('step 2 of 5', { exact: true })).toBeVisible();
});

test('going back loses nothing, and the questions come back on the map', async ({ app }) => {
  const text = first!.compiled.text;
  await openAt(
    app,
    text.slug,
    text.text.at(-1)!.id,
    text.text.slice(0, -1).map(({ id }) => id),
  );
  await app.goto(`${new URL(app.url()).origin}/#/learn/${text.slug}`);
  for (const question of questionsOf(text.text.at(-1)!.blocks))
    await choose(
      app,
      question,
      question.options.findIndex(({ right }) => right),
    );
  await button(app, 'Back').click();
  await app.getByRole('button', { name: /^Next/ }).click();
  for (const question of questionsOf(text.text.at(-1)!.blocks))
    await expect(asked(app, question).getByRole('radio', { checked: true })).toHaveCount(1);
  await check(app);
  await app.getByRole('link', { name: /^(Next lesson|To the map)/ }).click();
  await app.goto(`${new URL(app.url()).origin}/#/learn`);
  await expect(app.getByText(text.can).first()).toBeVisible();
  await button(app, 'Ask me').click();
  await expect(app.getByRole('radio')).toHaveCount(9);
});

// Geometry is the same code in both browsers.
test('a phone shows map and lesson without scrolling sideways, with targets large enough @chromium', async ({
  app,
}) => {
  await app.setViewportSize({ width: 390, height: 844 });
  for (const path of ['learn', 'learn/two-peers-meet', 'learn/candidates', 'learn/two-peers-meet/text']) {
    await app.goto(`${new URL(app.url()).origin}/#/${path}`);
    await expect(app.getByRole('heading').first()).toBeVisible();
    expect(await app.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(390);
    // On the map a link covers all of its item.
    const small = await app.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.foot .btn, .ask label, .read .btn, .metro li:has(a)')]
        .map((element) => ({ name: element.textContent, height: element.getBoundingClientRect().height }))
        .filter(({ height }) => height > 0 && height < 44),
    );
    expect(small, path).toEqual([]);
  }
});

// Geometry is the same code in both browsers.
test('the map tells its lessons one below the other, and no words of one stand on another @chromium', async ({
  app,
}) => {
  for (const width of [390, 1100, 1440]) {
    await app.setViewportSize({ width, height: 900 });
    await app.goto(`${new URL(app.url()).origin}/#/learn`);
    await expect(app.getByRole('link', { name: first!.compiled.text.question })).toBeVisible();
    const boxes = await app.evaluate(() =>
      [...document.querySelectorAll('.metro li, .metro h2')].map((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        const { left, right, top, bottom } = range.getBoundingClientRect();
        return { name: element.textContent!.trim().slice(0, 30), left, right, top, bottom };
      }),
    );
    const clashes = boxes.flatMap((a, at) =>
      boxes
        .slice(at + 1)
        .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom - 2 && b.top < a.bottom - 2)
        .map((b) => `${a.name} / ${b.name}`),
    );
    expect(clashes, `${width} px`).toEqual([]);
    if (width < 1280)
      expect(boxes.map(({ top }) => top)).toEqual(boxes.map(({ top }) => top).toSorted((a, b) => a - b));
  }
});

// A static host names no servers; what is asked for then is the same in both browsers.
test('each step that needs a server offers its recording where there is none @chromium', async ({ app }) => {
  await app.route('**/config.json', (route) => route.fulfill({ json: {} }));
  for (const { compiled, lesson } of LESSONS) {
    const { text } = compiled;
    for (const [index, { id }] of text.text.entries()) {
      const run = lesson.steps[id]?.run;
      if (!run || !('needs' in run)) continue;
      await openAt(
        app,
        text.slug,
        id,
        text.text.slice(0, index).map((step) => step.id),
      );
      await expect(app.getByText(/There is none beside this page/)).toBeVisible();
      await button(app, 'Open the recording').click();
      await expect(app.getByText('This is a recording of real browsers')).toBeVisible();
    }
  }
});
