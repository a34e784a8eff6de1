/** Against Node's own HMAC; against coturn itself in tests/e2e/server-test.spec.ts. */
import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { makeRestCredential } from '../../src/live/rest-credential.ts';

it.each(['secret', 'the secret of the house', 'schlüssel ☃'])('signs the name with “%s”', async (secret) => {
  const { username, credential } = await makeRestCredential(secret, 'ann', 1_795_435_440_999);
  expect(username).toBe('1795435440:ann');
  expect(credential).toBe(createHmac('sha1', secret).update(username).digest('base64'));
});

it('needs no name', async () => {
  expect((await makeRestCredential('secret', '', 1_795_435_440_000)).username).toBe('1795435440');
});
