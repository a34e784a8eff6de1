/** The Inspect page: what is pasted is read, explained, checked and mended, and never becomes anything but text. */
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { finish, inspectForBrowsersInSlices } from '../../src/app/inspect/slices.ts';
import { ANSWER, OFFER, SAMPLES } from '../support/samples.ts';
import { inspectForBrowsers as inspect } from '../../src/core/sdp/inspect-for-browsers.ts';
import { expect, test } from './app.ts';

const countLines = (text: string): number => text.trimEnd().split('\r\n').length;
const OFFER_LINES = countLines(OFFER);
const ANSWER_LINES = countLines(ANSWER);
const HEAD_LINES = countLines(OFFER.slice(0, OFFER.indexOf('m=application')));

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
  await expect(findings(app).filter({ hasText: 'The group names mid 2, which is not there' })).toContainText(
    'line 5',
  );
  const duplicate = findings(app).filter({ hasText: 'a second time' });
  await duplicate.getByRole('button', { name: /^lines/ }).click();
  await expect(codeOf(lines(app).nth(25))).toHaveText('a=mid:0');
  await expect(lines(app).nth(25).locator('[aria-pressed="true"]')).toHaveText('0');

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
  await app.getByRole('button', { name: 'Try an example' }).click();
  await expect(app.getByText('nothing is wrong')).toBeVisible();
  const row = (name: string): Locator =>
    app.getByRole('row').filter({ has: app.getByRole('rowheader', { name }) });
  await expect(row('audio').getByRole('cell')).toContainText([
    'opus 111, red 63, G722 9',
    'opus 111, G722 9',
    'opus, G722, PCMU, PCMA, telephone-event 126, both ways',
  ]);
  await expect(row('transport').getByRole('cell').last()).toContainText('B starts DTLS');
  await app.getByRole('group', { name: 'Description' }).getByRole('button', { name: 'Answer' }).click();
  await expect(lines(app)).toHaveCount(ANSWER_LINES);

  const both = SAMPLES.find(({ id }) => id === 'both')!.text;
  const at = both.lastIndexOf('v=0');
  await box(app).fill(both.slice(0, at) + both.slice(at).replace('a=mid:1', 'a=mid:5'));
  await expect(app.getByRole('list', { name: 'What browsers will refuse' })).toContainText(
    'A: setRemoteDescription(answer) rejects with',
  );
  await app.getByRole('tab', { name: 'Difference' }).click();
  await expect(app.getByRole('list', { name: 'Differences' })).toContainText('Another session');
});

test('redaction leaves no address, credential or fingerprint of the text', async ({ app }) => {
  await open(app);
  await app.getByRole('button', { name: 'An offer and its answer' }).click();
  await app.getByRole('button', { name: 'Redact' }).click();
  const text = await box(app).inputValue();
  for (const secret of [
    'd15ccb01-1aa5',
    'tUje',
    'IahDRPxPQylGXq1uH5HFjLDB',
    '3D:C7:48:CE',
    '1ddf576f',
    '2eEPbX85dQOP3eQx',
  ])
    expect(text).not.toContain(secret);
  await expect(lines(app)).toHaveCount(OFFER_LINES);
  await app.getByRole('button', { name: 'Undo “Redact”' }).click();
  expect(await box(app).inputValue()).toContain('tUje');
});

test('what is pasted stays text: no node, no link, no request', async ({ app }) => {
  await open(app);
  const requests: string[] = [];
  const own = new RegExp(`^${new URL(app.url()).origin}/assets/[\\w.-]+\\.(?:js|css)$`);
  // The page's own code may still arrive: fixed names, without a question in the address or a body.
  app.on('request', (request) => {
    if (request.method() !== 'GET' || !own.test(request.url())) requests.push(request.url());
  });
  const hostile = `v=0
o=- 1 1 IN IP4 0.0.0.0
s=<img src=https://example.invalid/x onerror=alert(1)>
i=<script>alert(2)</script>
u=javascript:alert(3)
t=0 0
a=3ge2ae:https://example.invalid/call
a=source-filter: incl IN IP4 * javascript:alert(4)
a=__proto__:polluted
a=constructor
a=x-null:a\u0000b
a=x-turned:\u202egnp.exe
a=x-page:https://example.invalid/
m=audio 9 UDP/TLS/RTP/SAVPF 111
c=IN IP4 0.0.0.0
a=mid:"><svg onload=alert(5)>
a=label:<a href=//example.invalid/>press</a>
a=msid:<iframe/src=javascript:alert(6)> <b>track</b>
a=rtpmap:111 <style>*{display:none}</style>/48000/2
a=extmap:1 javascript:alert(7)
a=extmap:2 data:text/html,<script>alert(8)</script>
a=extmap:3 //example.invalid/extension
a=candidate:<u>1</u> 1 udp 2122260223 <img/src=x/onerror=alert(9)> 50000 typ host
a=candidate:1 1 udp 2122260223 http://example.invalid/ 50000 typ srflx raddr <i>0</i> rport 0
`;
  const count = countLines(hostile.replaceAll('\n', '\r\n'));
  await box(app).fill(hostile);
  await expect(lines(app)).toHaveCount(count);
  const page = app.locator('main');
  // CodeMirror puts empty images of its own beside a sign that it draws.
  const isText = async (where: string): Promise<void> => {
    const { nodes, links } = await page.evaluate((main) => ({
      nodes: [
        ...main.querySelectorAll(
          'img:not(.cm-widgetBuffer), script, iframe, object, embed, style, [onload], [onerror]',
        ),
      ].length,
      links: [...main.querySelectorAll('a')].map(({ href }) => href),
    }));
    expect(nodes, where).toBe(0);
    expect(
      links.filter((href) => !href.startsWith('https://www.rfc-editor.org/rfc/')),
      where,
    ).toEqual([]);
  };
  for (let index = 0; index < count; index++) {
    await codeOf(lines(app).nth(index)).locator('[role=button]').last().click();
    await isText(`line ${index + 1}`);
  }
  for (const tab of ['Codecs and streams', 'Size', 'Difference']) {
    await app.getByRole('tab', { name: tab }).click();
    await isText(tab);
  }
  await expect(codeOf(lines(app).nth(10))).toHaveText('a=x-null:a\\u0000b');
  await expect(codeOf(lines(app).nth(11))).toHaveText('a=x-turned:\\u202egnp.exe');
  await app.getByRole('button', { name: 'Edit', exact: true }).click();
  await expect(app.locator('.cm-content')).toContainText('onerror=alert(1)');
  await isText('the editor');
  await app.getByRole('button', { name: 'Edit', exact: true }).click();
  for (const text of ['{"__proto__":{"sdp":"v=0"}}', '<svg onload=alert(1)>', '\u0000\u0001\u0002'])
    await box(app).fill(text);
  await isText('after it all');
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
  await app.keyboard.press('Home');
  await app.keyboard.press('ArrowDown');
  await expect(lines(app).nth(1).locator('[aria-pressed="true"]')).toBeFocused();
  await app.keyboard.press('ArrowRight');
  await expect(selected(app)).toHaveText('3729822786150595074');
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
  const head = OFFER.slice(0, OFFER.indexOf('m=application'));
  const candidate = (port: number): string =>
    `a=candidate:1 1 udp 2122260223 192.0.2.1 ${port % 65_000} typ host generation 0\r\n`;
  return head + Array.from({ length: count - HEAD_LINES }, (_unused, index) => candidate(index + 1)).join('');
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
    const ours = finish(inspectForBrowsersInSlices(sample));
    expect(ours.findings).toEqual(inspect(sample).findings);
    expect(ours.readings).toEqual(inspect(sample).readings);
  }
});

// axe takes minutes in Firefox, over the same markup; one page goes through the states, each in the theme it came to.
test('axe finds nothing, with pictures, editor and share panel; 390 px wide nothing sticks out @chromium', async ({
  app,
}) => {
  const press = (name: string): Promise<void> => app.getByRole('button', { name, exact: true }).click();
  await open(app);
  await quiet(app, 'empty');
  await box(app).fill('not SDP');
  await quiet(app, 'an error');
  await box(app).fill('');
  // Short, for axe takes its time over each token; all kinds of lines and marks are there.
  const [candidates, section] = [
    SAMPLES[2]!.text.replaceAll('candidate:', 'a=candidate:'),
    OFFER.indexOf('m=audio'),
  ];
  const rest = [
    'a=mid:0',
    'a=setup:active',
    'a=rtpmap:111 opus/48000/2',
    'a=rtpmap:63 red/48000/2',
    'a=fmtp:63 111/111',
  ];
  await box(app).fill(
    `${OFFER.slice(0, section)}m=audio 9 UDP/TLS/RTP/SAVPF 111 63 96\n${candidates}\n${rest.join('\n')}\na=x-call:7\n`,
  );
  await app.getByRole('tab', { name: 'Codecs and streams' }).click();
  await expect(app.getByRole('figure', { name: 'Codecs' }).getByRole('button')).not.toHaveCount(0);
  await press('Share link');
  await expect(app.getByRole('textbox', { name: 'Link' })).toBeVisible();
  await quiet(app, 'pictures and share panel, light');
  await app.emulateMedia({ colorScheme: 'dark' });
  await quiet(app, 'pictures and share panel, dark', ['color-contrast']);
  await press('Share link');
  await press('Edit');
  await expect(app.locator('.cm-content')).toBeFocused();
  await quiet(app, 'editor, dark', ['color-contrast']);
  await app.emulateMedia({ colorScheme: 'light' });
  await quiet(app, 'editor, light');
  await app.setViewportSize({ width: 390, height: 844 });
  await press('Edit');
  await app.emulateMedia({ colorScheme: 'dark' });
  await quiet(app, 'lines on a phone');
});

/** A second theme changes colours alone: then one rule is enough. */
async function quiet(page: Page, where: string, rules?: string[]): Promise<void> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
  if (rules !== undefined) axe.withRules(rules);
  const { violations } = await axe.analyze();
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

test('Object: the tree is linked to the lines, and the lines that are lost are named', async ({ app }) => {
  await open(app);
  await box(app).fill(
    OFFER.replaceAll('\r\n', '\n').replace('ice-options:trickle', 'ice-options:trickle extra'),
  );
  await app.getByRole('tab', { name: 'Object' }).click();
  const lost = app.getByRole('list', { name: 'Changed lines' }).getByRole('listitem');
  await lost.filter({ hasText: '“ extra” at its end is lost' }).getByRole('button').click();
  await expect(codeOf(lines(app).filter({ has: app.locator('[aria-pressed="true"]') }))).toContainText(
    'extra',
  );
  const row = app
    .getByRole('list', { name: 'Object' })
    .getByRole('button', { name: /^fingerprint/ })
    .first();
  await row.click();
  await expect(codeOf(lines(app).filter({ has: app.locator('[aria-pressed="true"]') }))).toContainText(
    'a=fingerprint',
  );
  await expect(row).toHaveClass(/here/);
});

test('which is the offer can be swapped', async ({ app }) => {
  await open(app);
  await box(app).fill(`${OFFER}${ANSWER}`);
  const choice = app.getByRole('group', { name: 'Description' }).getByRole('button');
  await expect(choice).toHaveText(['Offer', 'Answer']);
  await app.getByRole('button', { name: 'Swap offer and answer' }).click();
  await expect(choice).toHaveText(['Answer', 'Offer']);
});

test('keys lead to a text, to the next finding and to the next section', async ({ app }) => {
  await open(app);
  await app.getByRole('button', { name: 'An offer with mistakes' }).click();
  await expect(findings(app).first()).toBeVisible();
  const current = codeOf(lines(app).filter({ has: app.locator('[aria-pressed="true"]') }));
  await app.keyboard.press(']');
  await expect(current).toHaveText(/^m=/);
  await app.keyboard.press('/');
  await app.keyboard.type('FINGERPRINT');
  await app.keyboard.press('Enter');
  await expect(current).toHaveText(/^a=fingerprint/);
  await app.keyboard.press('Escape');
  const before = await current.textContent();
  await app.keyboard.press('n');
  await expect(current).not.toHaveText(before!);
});
