/** Every section that the source and the lessons cite exists, and its title is the one that we print. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { documents } from '../src/core/base/rfc-sections.ts';

const root = resolve(import.meta.dirname, '..');
const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');

/** `RFC 8445 5.1.2` → `Prioritizing Candidates`, taken from the documents themselves. */
const titles = new Map<string, string | undefined>(
  read('tests/fixtures/spec-sections.tsv')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [document, section, title] = line.split('\t');
      return [`${document} ${section}`, title];
    }),
);

const SECTION = String.raw`(?:\d+|[A-Z](?=\.\d))(?:\.\d+)*`;
const BETWEEN = String.raw`(?:[\s*]+|\s*//\s*)`;

/** `RFC 8489, sections 5 and 14.2`, `RFC 8656 §19`, also over the end of a line of comment. */
const CITATION = new RegExp(
  String.raw`\b(RFC \d+|W3C WebRTC|webrtc-stats)(?:'s|,)?${BETWEEN}(?:[Ss]ections?${BETWEEN}|§§?)` +
    String.raw`(${SECTION}(?:(?:,|,?${BETWEEN}(?:and|to))${BETWEEN}§?${SECTION}(?!\w))*)`,
  'g',
);

const citationsIn = (text: string): readonly string[] =>
  [...text.matchAll(CITATION)].flatMap(([, document, list]) =>
    (list!.match(new RegExp(SECTION, 'g')) ?? []).map((section) => `${document} ${section}`),
  );

const files = ['src', 'lessons'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:ts|svelte|md|yaml)$/.test(file))
    .map((file) => join(folder, file)),
);

test('the sections that may be cited by name have the titles that the documents give them', () => {
  const listed = Object.entries(documents)
    .filter(([document]) => /^(?:RFC|W3C)/.test(document))
    .flatMap(([document, sections]) =>
      Object.entries(sections).map(([section, title]) => [`${document} ${section}`, title] as const),
    );
  expect(listed.length).toBeGreaterThan(100);
  expect(listed.filter(([section, title]) => titles.get(section) !== title)).toEqual([]);
});

test('every section cited in the source and in the lessons exists', () => {
  const cited = files.flatMap((file) => citationsIn(read(file)).map((citation) => ({ file, citation })));
  expect(cited.length).toBeGreaterThan(400);
  // One that is missing: look it up in the document. If it is there, add it to tests/fixtures/spec-sections.tsv.
  expect(cited.filter(({ citation }) => !titles.has(citation))).toEqual([]);
});

test('a section that does not exist is seen', () => {
  const seen = citationsIn('of RFC 8489, sections 5\n * and 99.2; RFC 8656 §77, RFC 8445 section 5.1.2.9.');
  expect(seen).toEqual(['RFC 8489 5', 'RFC 8489 99.2', 'RFC 8656 77', 'RFC 8445 5.1.2.9']);
  expect(seen.filter((citation) => titles.has(citation))).toEqual(['RFC 8489 5']);
});
