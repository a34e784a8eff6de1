/** The Inspect page: what is pasted is read, explained, checked and mended, and never becomes anything but text. */
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { finish, inspectInSlices } from '../../src/app/inspect/slices.ts';
import { SAMPLES } from '../../src/app/inspect/samples.ts';
import { inspect } from '../../src/core/sdp/inspect.ts';
import { expect, test } from './app.ts';

const HEAD = 'v=0\no=- 1 1 IN IP4 0.0.0.0\ns=-\nt=0 0\n';

const open = async (page: Page): Promise<void> => {
  await page.goto(`${page.url()}#/inspect`);
  await expect(box(page)).toBeVisible();
};
const box = (page: Page): Locator => page.getByRole('textbox', { name: 'SDP, candidates or JSON' });
const lines = (page: Page): Locator => page.getByRole('list', { name: 'Lines' }).getByRole('listitem');
const findings = (page: Page): Locator =>
  page.getByRole('list', { name: 'Findings', exact: true }).getByRole('listitem');
const codeOf = (line: Locator): Locator => line.locator('code');
const selected = (page: Page): Locator =>
  page.getByRole('list', { name: 'Lines' }).locator('[aria-pressed="true"]');

/** A real description, made by the browser under test. */
const realOffer = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const connection = new RTCPeerConnection();
    connection.createDataChannel('a');
    connection.addTransceiver('audio');
    const { sdp } = await connection.createOffer();
    connection.close();
    return sdp!;
  });

test('every pasted line is shown, byte for byte', async ({ app }) => {
  await open(app);
  const offer = await realOffer(app);
  await box(app).fill(offer);
  const expected = offer.trimEnd().split('\r\n');
  await expect(lines(app)).toHaveCount(expected.length);
  expect(await lines(app).locator('code').allTextContents()).toEqual(expected);
  await expect(app.getByText('nothing is wrong')).toBeVisible();
});

test('every wrapping is taken off, and what was done is said', async ({ app }) => {
  await open(app);
  const offer = await realOffer(app);
  const count = offer.trimEnd().split('\r\n').length;
  const wrapped = [
    [JSON.stringify({ type: 'offer', sdp: offer }), 'JSON was unwrapped: offer.'],
    [offer.replaceAll('\r\n', '\\r\\n'), 'Literal \\r\\n'],
    [Buffer.from(offer).toString('base64'), 'ase64'],
  ] as const;
  for (const [text, notice] of wrapped) {
    await box(app).fill(text);
    await expect(lines(app)).toHaveCount(count);
    await expect(app.getByRole('status').filter({ hasText: notice })).toBeVisible();
  }
  await box(app).fill(SAMPLES.find(({ id }) => id === 'candidates')!.text);
  await expect(lines(app)).toHaveCount(3);
});

test('a finding names its line, and its fix can be applied and undone', async ({ app }) => {
  await open(app);
  await app.getByRole('button', { name: 'An offer with mistakes' }).click();
  await expect(findings(app).filter({ hasText: 'The group names mid 1, which is not there' })).toContainText(
    'line 5',
  );
  const duplicate = findings(app).filter({ hasText: 'a second time' });
  await duplicate.getByRole('button', { name: /^lines/ }).click();
  await expect(codeOf(lines(app).nth(24))).toHaveText('a=mid:0');
  await expect(lines(app).nth(24).locator('[aria-pressed="true"]')).toHaveText('0');

  const before = await lines(app).count();
  await duplicate.getByRole('button', { name: 'Remove this line' }).click();
  await expect(lines(app)).toHaveCount(before - 1);
  await expect(duplicate).toHaveCount(0);
  await app.getByRole('tab', { name: 'Difference' }).click();
  await expect(app.getByText(/From the pasted text to the text as it is now/)).toBeVisible();
  await app.getByRole('button', { name: /^Undo/ }).click();
  await expect(lines(app)).toHaveCount(before);
  await expect(duplicate).toHaveCount(1);
});

test('a priority is taken apart, with its rule', async ({ app }) => {
  await open(app);
  await app.getByRole('button', { name: 'Three candidates' }).click();
  await lines(app).nth(1).getByText('1677729535').click();
  const said = app.getByRole('region', { name: 'The selected value' });
  await expect(said).toContainText('100·2²⁴ + 30·2⁸ + 255');
  expect(100 * 2 ** 24 + 30 * 2 ** 8 + 255).toBe(1677729535);
  const link = said.getByRole('link', { name: 'RFC 8445, section 5.1.2.1' });
  await expect(link).toHaveAttribute('href', 'https://www.rfc-editor.org/rfc/rfc8445#section-5.1.2.1');
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
});

test('offer and answer: what was agreed, and which browser will refuse', async ({ app }) => {
  await open(app);
  await app.getByRole('button', { name: 'An offer and its answer' }).click();
  const row = (name: string): Locator =>
    app.getByRole('row').filter({ has: app.getByRole('rowheader', { name }) });
  await expect(row('audio').getByRole('cell')).toContainText([
    'opus 111, red 63, G722 9',
    'opus 111',
    'opus, A sends to B',
  ]);
  await expect(row('transport').getByRole('cell').last()).toContainText('B starts DTLS');
  await app.getByRole('group', { name: 'Description' }).getByRole('button', { name: 'Answer' }).click();
  await expect(lines(app)).toHaveCount(34);

  const both = SAMPLES.find(({ id }) => id === 'both')!.text;
  const at = both.lastIndexOf('v=0');
  await box(app).fill(both.slice(0, at) + both.slice(at).replace('a=mid:2', 'a=mid:5'));
  await expect(app.getByRole('list', { name: 'What browsers will refuse' })).toContainText(
    'A: setRemoteDescription(answer) rejects with',
  );
  await app.getByRole('tab', { name: 'Difference' }).click();
  await expect(app.getByRole('list', { name: 'Differences' })).toContainText('direction');
});

test('redaction leaves no address, credential or fingerprint of the text', async ({ app }) => {
  await open(app);
  await app.getByRole('button', { name: 'An offer and its answer' }).click();
  await app.getByRole('button', { name: 'Redact' }).click();
  const text = await box(app).inputValue();
  for (const secret of ['203.0.113.24', '7BZL', 'QpS6EOI7g4o36RWUK4WgVC1C', 'A7:78:10:3C', 'XY9a'])
    expect(text).not.toContain(secret);
  await expect(lines(app)).toHaveCount(41);
  await app.getByRole('button', { name: 'Undo “Redact”' }).click();
  expect(await box(app).inputValue()).toContain('7BZL');
});

test('what is pasted stays text: no node, no link, no request', async ({ app }) => {
  await open(app);
  const requests: string[] = [];
  app.on('request', (request) => requests.push(request.url()));
  const hostile = `${HEAD}i=<img src=https://example.invalid/x onerror=alert(1)><script>alert(2)</script>
u=javascript:alert(3)
a=__proto__:polluted
a=constructor
a=x-null:a\u0000b
a=x-turned:\u202egnp.exe
a=x-page:https://example.invalid/
`;
  await box(app).fill(hostile);
  await expect(lines(app)).toHaveCount(11);
  const page = app.locator('main');
  for (const [index] of hostile.trimEnd().split('\n').entries()) {
    await codeOf(lines(app).nth(index)).locator('[role=button]').last().click();
    expect(await page.locator('img, script, iframe, object, embed').count()).toBe(0);
    const links = await page.locator('a').evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
    expect(links.filter((href) => !href.startsWith('https://www.rfc-editor.org/rfc/'))).toEqual([]);
  }
  await expect(codeOf(lines(app).nth(8))).toHaveText('a=x-null:a\\u0000b');
  await expect(codeOf(lines(app).nth(9))).toHaveText('a=x-turned:\\u202egnp.exe');
  for (const text of ['{"__proto__":{"sdp":"v=0"}}', '<svg onload=alert(1)>', '\u0000\u0001\u0002'])
    await box(app).fill(text);
  await expect(page.locator('svg[onload]')).toHaveCount(0);
  expect(await app.evaluate(() => 'sdp' in {} || 'polluted' in {})).toBe(false);
  expect(requests).toEqual([]);
});

test('wrong input is answered with what, where and what was expected; nothing is lost', async ({ app }) => {
  await open(app);
  await expect(app.getByRole('heading', { name: 'What can be pasted' })).toBeVisible();
  for (const text of ['Dear colleague, the call does not connect.', '{"sdp": 1', '{"foo": 1}']) {
    await box(app).fill(text);
    const alert = app.getByRole('alert');
    await expect(alert).toContainText('does not look like SDP');
    await expect(alert).toContainText('line 1');
    await expect(alert).toContainText('Accepted are: SDP');
    await expect(box(app)).toHaveValue(text);
  }
  await box(app).fill('   \n');
  await expect(app.getByRole('alert')).toHaveCount(0);
  await app.getByLabel('File with SDP').setInputFiles({
    name: 'large.sdp',
    mimeType: 'text/plain',
    buffer: Buffer.alloc(10 * 1024 * 1024 + 1, 'a'),
  });
  await expect(app.getByRole('alert')).toContainText('the limit is 10 MB');
});

test('a file is read', async ({ app }) => {
  await open(app);
  const text = SAMPLES[1]!.text;
  await openText(app, text);
  await expect(lines(app)).toHaveCount(text.trimEnd().split('\r\n').length);
});

test('keyboard: one tab stop, arrows walk through lines and tokens', async ({ app }) => {
  await open(app);
  await app.getByRole('button', { name: 'An offer with mistakes' }).click();
  const list = app.getByRole('list', { name: 'Lines' });
  await expect(list.locator('[tabindex="0"]')).toHaveCount(1);
  await selected(app).focus();
  await app.keyboard.press('ArrowDown');
  await expect(lines(app).nth(1).locator('[aria-pressed="true"]')).toBeFocused();
  await app.keyboard.press('ArrowRight');
  await expect(selected(app)).toHaveText('6840675790646880261');
  await app.keyboard.press('End');
  await expect(lines(app).last().locator('[aria-pressed="true"]')).toBeFocused();
  await app.keyboard.press('Home');
  await expect(lines(app).first().locator('[aria-pressed="true"]')).toBeFocused();
  await expect(app.getByRole('region', { name: 'The selected value' })).toContainText('line 1, v');
});

/** Chromium itself takes milliseconds a line to type into a text box; a file is the quick way in. */
const openText = (page: Page, text: string): Promise<void> =>
  page
    .getByLabel('File with SDP')
    .setInputFiles({ name: 'offer.sdp', mimeType: 'text/plain', buffer: Buffer.from(text) });

const long = (count: number): string => {
  const head = SAMPLES[0]!.text.slice(0, SAMPLES[0]!.text.indexOf('m=application'));
  const candidate = (port: number): string =>
    `a=candidate:1 1 udp 2122260223 192.0.2.1 ${port % 65_000} typ host generation 0\r\n`;
  return head + Array.from({ length: count - 31 }, (_unused, index) => candidate(index + 1)).join('');
};

test('2,000 lines: only those in sight are drawn, and all can be reached', async ({ app }) => {
  await open(app);
  const started = Date.now();
  await openText(app, long(2000));
  await expect(lines(app).first()).toHaveAttribute('aria-setsize', '2000');
  expect(Date.now() - started, 'milliseconds to the first lines').toBeLessThan(3000);
  expect(await lines(app).count()).toBeLessThan(200);
  await selected(app).focus();
  await app.keyboard.press('End');
  await expect(app.locator('li[aria-posinset="2000"] [aria-pressed="true"]')).toBeFocused();
  await expect(app.locator('li[aria-posinset="2000"]')).toBeInViewport();
});

test('a large text is worked on in slices, and the result is the same', async ({ app }) => {
  await open(app);
  const text = long(6000);
  expect(text.length).toBeGreaterThan(200_000);
  await openText(app, text);
  await expect(lines(app).first()).toHaveAttribute('aria-setsize', '6000');
  await expect(app.getByRole('progressbar', { name: 'Reading' })).toHaveCount(0, { timeout: 20_000 });
  for (const sample of [...SAMPLES.map((each) => each.text), text, '', 'v=0']) {
    const ours = finish(inspectInSlices(sample));
    expect(ours.findings).toEqual(inspect(sample).findings);
    expect(ours.readings).toEqual(inspect(sample).readings);
  }
});

for (const scheme of ['light', 'dark'] as const) {
  // axe takes minutes in Firefox, over the same markup.
  test(`axe finds nothing, ${scheme}; 390 px wide nothing sticks out @chromium`, async ({ app }) => {
    await app.emulateMedia({ colorScheme: scheme });
    await open(app);
    await quiet(app, 'empty');
    for (const { title } of SAMPLES.slice(0, 2)) {
      await app.getByRole('button', { name: title }).click();
      await quiet(app, title);
      await app.setViewportSize({ width: 390, height: 844 });
      await quiet(app, `${title}, phone`);
      await app.setViewportSize({ width: 1440, height: 900 });
      await box(app).fill('not SDP');
      await quiet(app, 'an error');
      await box(app).fill('');
    }
  });
}

async function quiet(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
    where,
  ).toEqual([]);
  const { scroll, width } = await page.evaluate(() => ({
    scroll: document.documentElement.scrollWidth,
    width: innerWidth,
  }));
  expect(scroll, `${where}: width of the page`).toBeLessThanOrEqual(width);
}
