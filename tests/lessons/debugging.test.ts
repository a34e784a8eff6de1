/** What lesson 17 has the doctor say, asked of the doctor itself: from the recordings alone. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DOCTOR } from '../../lessons/17-debugging/lesson.ts';
import { diagnose } from '../../src/core/diagnosis/index.ts';
import { openFixture } from '../support/sessions.ts';
import { root } from './library.ts';

const CAUSES = {
  answer: 'no-answer',
  password: 'turn-auth',
  candidates: 'remote-candidates-missing',
  fingerprint: 'dtls-fingerprint',
  glare: 'glare',
} as const;

it.each(Object.entries(CAUSES))('of %s the doctor says what the lesson shows', (name, cause) => {
  const text = readFileSync(join(root, 'lessons/17-debugging', `${name}.txt`), 'utf8');
  const { log, whole } = openFixture(name, text);
  const { verdict, causes } = diagnose(log.events, 'A', { other: 'B', facts: whole });
  expect(verdict).toBe(DOCTOR[name as keyof typeof DOCTOR]);
  expect(causes[0]).toMatchObject({ cause, confidence: 'certain' });
});
