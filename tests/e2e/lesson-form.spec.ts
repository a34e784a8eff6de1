/** What a machine can see of the form of lessons: what is to be done is in sight at every step, and one button is the first. */
import { ownProgram } from '../../src/core/lessons/own-program.ts';
import { LESSONS } from '../lessons/library.ts';
import { expect, test } from './app.ts';
import { button, moveTo, openAt } from './lesson-page.ts';

/** What stands at its middle, and whether all of it is in the window. */
const LOOK = `(() => {
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    const middle = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 12));
    return box.width > 0 && box.top >= 0 && box.top < innerHeight - 12 && (element === middle || element.contains(middle));
  };
  const name = (element) => element.textContent.trim();
  const first = (selector) => [...document.querySelectorAll(selector)].slice(0, 1);
  const wanted = [...first('.do > p'), ...first('.do .btn, .do .step'), ...document.querySelectorAll('.foot .btn')];
  return {
    hidden: wanted.filter((element) => !shown(element)).map(name),
    primary: [...document.querySelectorAll('main .btn.primary')].map(name),
    wide: document.documentElement.scrollWidth - innerWidth,
  };
})()`;

// Geometry is the same code in both browsers.
test('task, button and Check are in sight at every step, on a desktop and on a phone @chromium', async ({
  app,
}) => {
  // Every step of every lesson, in two windows.
  test.slow();
  for (const { compiled } of LESSONS) {
    const { text } = compiled;
    for (const [index, step] of text.text.entries()) {
      const before = text.text.slice(0, index).map(({ id }) => id);
      await app.setViewportSize({ width: 1440, height: 757 });
      await moveTo(app, text.slug, step.id, before);
      const title = app.getByRole('heading', { name: step.title });
      await expect(title).toBeVisible();
      const look = (where: string) =>
        expect
          .poll(() => app.evaluate(LOOK), { message: `${text.slug}, ${step.id}, ${where}` })
          .toEqual({ hidden: [], primary: [expect.any(String)], wide: 0 });
      await look('1440 × 757');
      await app.setViewportSize({ width: 390, height: 844 });
      // There the picture comes first, and the words are scrolled to.
      await title.evaluate((element) => element.scrollIntoView());
      await look('390 × 844');
    }
  }
});

// What is drawn in a frame is the same code in both browsers.
test('a board answers within the frame, by key and by touch, in words too @chromium', async ({ app }) => {
  await openAt(app, 'candidates', 'compute', ['gather', 'read', 'priority']);
  const dial = app.getByRole('slider', { name: 'Type preference' });
  const says = app.locator('.board .says');
  await expect(says).toContainText(/^60 × /);
  const inFrame = await dial.evaluate(async (input: HTMLInputElement) => {
    input.value = '61';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise(requestAnimationFrame);
    const board = input.closest('.board')!;
    return [input.getAttribute('aria-valuetext'), board.querySelector('.says')!.textContent!.slice(0, 3)];
  });
  expect(inFrame).toEqual(['61', '61 ']);
  await dial.focus();
  await app.keyboard.press('ArrowRight');
  await expect(says).toContainText(/^62 × .* It comes after the worst own address\.$/);
  await app.keyboard.press('End');
  await expect(says).toContainText(/^126 × .* It goes before the worst own address\.$/);
  await dial.click();
  await expect(says).toContainText(/^6[2-4] × /);
});

test('calls by hand make a program, and pasted it connects and says hi', async ({ app }) => {
  await openAt(app, 'offer-answer', 'propose', ['break']);
  const program = app.locator('.do details code');
  const call = (name: string, on: string) =>
    app.getByRole('button', { name: new RegExp(`^${name}( ×\\d+)? on ${on}`) }).click();
  for (const [name, on] of [
    ['createOffer', 'A'],
    ['createDataChannel', 'A'],
    ['createOffer', 'A'],
    ['setLocalDescription', 'A'],
    ['send offer', 'A'],
    ['setRemoteDescription', 'B'],
    ['createAnswer', 'B'],
    ['setLocalDescription', 'B'],
    ['send answer', 'B'],
    ['setRemoteDescription', 'A'],
    ['addIceCandidate', 'A'],
    ['addIceCandidate', 'B'],
  ] as const)
    await call(name, on);
  await expect(button(app, 'Copy the program')).toBeVisible();
  const text = (await program.textContent()) ?? '';
  expect(text.split('\n').length).toBeLessThanOrEqual(22);
  const heard = app.waitForEvent('console', (message) => message.text() === 'B reads hi');
  // A console takes `await` at its top, as a module does.
  await app.evaluate(`(async () => {\n${text}\n})()`);
  await heard;
});

test('the program of one’s own runs, both ends offer at once, and each reads what the other says', async ({
  app,
}) => {
  const heard = ['A reads hi from B', 'B reads hi from A'].map((text) =>
    app.waitForEvent('console', (message) => message.text() === text),
  );
  await app.evaluate(`(async () => {\n${ownProgram(17)}\n})()`);
  await Promise.all(heard);
});
