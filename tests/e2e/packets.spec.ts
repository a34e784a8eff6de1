import { readSession } from '../../src/core/session/codec.ts';
import type { SessionEvent } from '../../src/core/session/event.ts';
import { describePacket } from '../../src/core/stun/describe.ts';
import { type Field } from '../../src/core/stun/field.ts';
import { described, expect, realStates, recorded, savedSession, test } from './app.ts';

// Firefox asks no STUN or TURN server on loopback, whatever the page says (tests/server/xray-tshark.test.ts goes around that).
test('relay only: the whole connection is recorded, packet by packet @chromium', async ({ app }) => {
  await app.getByLabel('Ways allowed').selectOption('relay');
  await app.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(app.getByRole('heading', { name: /^Connected in \d+ ms$/ })).toBeVisible({ timeout: 30_000 });
  const [a] = await realStates(app);
  await app.getByRole('button', { name: 'Disconnect' }).click();
  await recorded(app);
  await app.getByRole('slider', { name: 'Time' }).focus();
  await app.keyboard.press('End');
  expect(await described(app, 'Packets')).toMatch(/^\d+ packets so far, seen by our own STUN\/TURN server/);

  const session = readSession(await savedSession(app));
  if (!session.ok) throw new Error(session.error.message);
  const packets = session.value.events.filter((event) => event.type === ':packet') as PacketEvent[];
  const told = packets.map(({ value }) => describePacket(Buffer.from(value.bytes, 'base64')));
  const story = told.map(({ summary }) => summary).join('\n');
  // In this order, for each of the two ends.
  for (const peer of ['A', 'B']) {
    const own = packets
      .map((event, at) => ({ event, ...told[at]! }))
      .filter(({ event }) => event.peer === peer);
    const places = CHAPTERS.map((chapter) =>
      own.findIndex(({ fields, summary }) => chapter.test(summary + words(fields))),
    );
    expect(places, `${peer}: ${CHAPTERS.join(' ')}`).not.toContain(-1);
    expect(places, peer).toEqual([...places].sort((one, other) => one - other));
  }
  for (const attribute of ['USERNAME', 'PRIORITY', 'USE-CANDIDATE', 'ICE-CONTROLLING', 'ICE-CONTROLLED'])
    expect(
      told.some(({ fields }) => words(fields).includes(` ${attribute} `)),
      attribute,
    ).toBe(true);
  expect(story).toContain('ClientHello');
  expect(story).toContain('ServerHello');
  expect(story).toMatch(/Handshake, up to Finished|encrypted Handshake/);
  expect(story).toContain('encrypted ApplicationData');
  expect(told.filter(({ problem }) => problem)).toEqual([]);
  // The relayed address is the one that the browser itself reports.
  const relay = a!.candidates.find((candidate) => candidate.startsWith('relay'))!.split(' ')[1]!;
  expect(story).toMatch(new RegExp(`Allocate success \\S+:${relay}\\b`));
});

type PacketEvent = Extract<SessionEvent, { type: ':packet' }>;

const CHAPTERS = [
  /^Allocate request/,
  /^Allocate error 401/,
  /^Allocate success/,
  /^CreatePermission success/,
  /connectivity check/,
  /^ChannelBind success/,
  /^ChannelData/,
];

const words = (fields: readonly Field[]): string =>
  fields.map(({ name, value, children }) => ` ${name} ${value} ${words(children ?? [])}`).join('');

// Firefox asks no STUN server on loopback; that the page says so is the other half of this test.
test('one press shows the own STUN question, and the own address in the answer’s bytes @chromium', async ({
  app,
}) => {
  await app.getByRole('button', { name: /Show me my STUN question/ }).click();
  const list = app.getByRole('list', { name: /^Packets/ });
  await expect(list.getByRole('button', { name: /A to STUN: Binding request/ })).toBeVisible({
    timeout: 20_000,
  });
  const answer = list.getByRole('button', { name: /STUN to A: Binding success/ });
  const [, port] = /127\.0\.0\.1:(\d+)/.exec((await answer.getAttribute('aria-label'))!)!;
  const [own] = await realCandidates(app);
  expect(own).toContain(`127.0.0.1 ${port} typ srflx`);

  const chosen = app.getByRole('treeitem', { selected: true });
  await expect(chosen).toContainText('XOR-MAPPED-ADDRESS');
  await expect(chosen).toContainText(`127.0.0.1:${port}`);
  // The bytes that are marked are that address, by hand: XOR with the magic cookie (RFC 8489, section 14.2).
  const bytes = await app
    .getByRole('group', { name: 'Bytes in hexadecimal' })
    .getByRole('button', { pressed: true })
    .allTextContents();
  const raw = bytes.map((text) => Number.parseInt(text, 16));
  const cookie = [0x21, 0x12, 0xa4, 0x42];
  expect(((raw[0]! ^ 0x21) << 8) | (raw[1]! ^ 0x12)).toBe(Number(port));
  expect(raw.slice(2).map((byte, at) => byte ^ cookie[at]!)).toEqual([127, 0, 0, 1]);
  // On a phone all of that is in sight at once, too.
  await app.setViewportSize({ width: 390, height: 844 });
  for (const part of [
    answer.getByText(`:${port}`),
    chosen,
    app.getByRole('button', { pressed: true }).last(),
  ])
    await expect(part).toBeInViewport({ ratio: 0.9 });

  // From bytes to field, from field to bytes, from key to key.
  await app.getByRole('button', { name: /^byte 4, 21/ }).click();
  await expect(chosen).toContainText('Magic Cookie');
  await chosen.focus();
  await app.keyboard.press('ArrowDown');
  await expect(chosen).toContainText('Transaction ID');
  await expect(app.getByRole('button', { name: /^byte 8, / })).toHaveAttribute('aria-pressed', 'true');
  await answer.focus();
  await app.keyboard.press('ArrowUp');
  await expect(list.getByRole('button', { pressed: true })).toHaveAttribute('aria-label', /A to STUN/);
});

/** Candidate lines of the newest connection, as the browser tells them. */
const realCandidates = (page: Parameters<typeof realStates>[0]): Promise<string[]> =>
  page.evaluate(() =>
    (window as unknown as { keptConnections: RTCPeerConnection[] }).keptConnections.map(
      (pc) => pc.localDescription?.sdp ?? '',
    ),
  );
