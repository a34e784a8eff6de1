import { described, expect, test } from './app.ts';

const RECORDINGS = [
  ['direct', [/A’s selected pair: local srflx port \d+, remote srflx port \d+/]],
  ['through a relay', [/A’s selected pair: local prflx port \d+, remote relay port \d+/]],
  ['no way', [/A has no selected pair/, /B has no selected pair/]],
] as const;

for (const [name, facts] of RECORDINGS) {
  test(`watching “${name}” shows two NATs and the way that was found`, async ({ app }) => {
    await app.getByRole('button', { name, exact: true }).click();
    await expect(app.getByText('recorded · real browsers')).toBeVisible();
    await expect(app.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
    await app.getByRole('slider', { name: 'Time' }).focus();
    await app.keyboard.press('End');
    const words = await described(app, 'Paths');
    for (const letter of ['A', 'B']) expect(words).toContain(`${letter} is behind a NAT, inferred:`);
    for (const fact of facts) expect(words).toMatch(fact);
  });
}

test('Descriptions: the object that sdp-transform makes of each side is linked to its lines', async ({
  app,
}) => {
  await app.getByRole('button', { name: 'direct', exact: true }).click();
  await expect(app.getByText('recorded · real browsers')).toBeVisible();
  await app.getByRole('slider', { name: 'Time' }).press('End');
  await app.getByRole('tab', { name: 'Descriptions' }).click();
  const shownAs = app.getByRole('group', { name: 'Shown as' });
  await shownAs.getByRole('button', { name: 'object' }).click();
  const trees = app.getByRole('list', { name: 'Object' });
  await expect(trees).toHaveCount(2);
  const row = trees.first().getByRole('button', { name: /^iceUfrag/ });
  await row.click();
  await expect(row).toHaveClass(/here/);
  await shownAs.getByRole('button', { name: 'text' }).click();
  await expect(
    app.getByRole('list', { name: /’s offer/ }).getByRole('button', { pressed: true }),
  ).toHaveAccessibleName(/ice-ufrag/);
});
