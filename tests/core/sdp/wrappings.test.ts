import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readPaste } from '../../../src/core/sdp/read-paste.ts';
import { random } from '../../support/random.ts';
import { WRAPPINGS } from './wrappings.ts';

const folder = resolve(import.meta.dirname, '../../fixtures/sdp');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.sdp'),
);
const descriptions = files
  .map((file) => readFileSync(join(folder, file), 'utf8'))
  .filter((text) => /^v=0\r?\no=/.test(text) && !/[\r\n][\r\n]{2,}/.test(text));

const KINDS = ['whole', 'whole', 'shorter', 'cut'] as const;

test('2,000 wrappings come back byte for byte, or are refused in a sentence', () => {
  const { below, of: pick } = random(8840);
  const wrong: string[] = [];
  let refused = 0;
  for (let round = 0; round < 2000; round += 1) {
    const wrapping = pick(WRAPPINGS);
    const eol = pick(['\n', '\r\n']);
    const kind = pick(KINDS);
    const original = pick(descriptions).replace(/\r?\n/g, pick(['\n', '\r\n']));
    const lines = original.split(/(?<=\n)/);
    const sdp = kind === 'shorter' ? lines.slice(0, 5 + below(lines.length)).join('') : original;
    const indent = pick(['', '', '  ']);
    const wrapped = wrapping.wrap(sdp, eol).replace(/^(?=.)/, indent);
    const text = kind === 'cut' ? wrapped.slice(0, below(wrapped.length)) : wrapped;
    const expected = wrapping.expected(sdp, eol);
    const result = readPaste(text);
    if (!result.ok) {
      refused += 1;
      if (kind !== 'cut') wrong.push(`${wrapping.name} (${kind}): refused: ${result.error.message}`);
      else if (!/\.$/.test(result.error.message)) wrong.push(`${wrapping.name}: no sentence`);
      continue;
    }
    const got = result.value.descriptions.map((description) => description.sdp).join('');
    const fine = kind === 'cut' ? expected.startsWith(got.trimEnd()) : got === expected;
    if (!fine) wrong.push(`${wrapping.name} (${kind}, ${JSON.stringify(eol)}): ${difference(got, expected)}`);
  }
  console.log(
    `wrappings: ${descriptions.length} descriptions, ${WRAPPINGS.length} forms, ${refused} refused`,
  );
  expect(wrong).toEqual([]);
});

function difference(got: string, expected: string): string {
  let at = 0;
  while (at < got.length && got[at] === expected[at]) at += 1;
  return `at ${at}: ${JSON.stringify(got.slice(at, at + 60))} instead of ${JSON.stringify(expected.slice(at, at + 60))}`;
}
