import { writeSession } from '../../src/core/session/codec.ts';
import { FAILURES } from '../core/diagnosis/failures.ts';
import { expect, test } from './app.ts';

test.describe('a call that fails', () => {
  for (const [cause, verdict, shows] of [
    ['turn-auth', 'TURN refused the password', '401 Unauthorized'],
    [
      'candidates-before-description',
      'Candidates came before the description',
      'The remote description was null',
    ],
  ] as const)
    test(`its headline says ${cause}, and the evidence is one click away on the stage`, async ({ app }) => {
      const buffer = Buffer.from(writeSession(FAILURES[cause]!().events));
      await app
        .locator('input[type=file]')
        .first()
        .setInputFiles({ name: 'call.txt', mimeType: 'text/plain', buffer });
      await expect(app.getByRole('heading', { level: 1 })).toContainText(verdict);
      const doctor = app.getByRole('region', { name: 'Diagnosis' });
      await expect(doctor.getByText('sure', { exact: true }).first()).toBeVisible();
      await expect(doctor.getByRole('region', { name: 'What to change' })).toContainText('The page:');
      const slider = app.getByRole('slider', { name: 'Time' });
      const chip = doctor.getByRole('button', { name: shows }).first();
      const before = await slider.getAttribute('aria-valuetext');
      await chip.click();
      await expect(chip).toHaveAttribute('aria-pressed', 'true');
      await expect(slider).not.toHaveAttribute('aria-valuetext', before ?? '');
    });
});

test('a dump has its verdict on Debug, and a line that proves it is shown in its description', async ({
  app,
}) => {
  const buffer = Buffer.from(writeSession(FAILURES['ice-credentials']!().events));
  await app.goto(`${app.url()}#/debug/dump`);
  await app.getByLabel('Open a dump').setInputFiles({ name: 'call.txt', mimeType: 'text/plain', buffer });
  await expect(app.getByRole('heading', { level: 1 })).toContainText('same ICE credentials');
  const chip = app.getByRole('region', { name: 'Diagnosis' }).getByRole('button', { name: /, line \d+$/ });
  await chip.first().click();
  await expect(app.getByRole('figure', { name: 'Descriptions' })).toBeVisible();
});
