/**
 * What a list is keyed by must be its own in that list: two rows of one key end a page of Svelte's for good
 * (each_key_duplicate). So whatever has a key was made of something that can not happen twice; the rest goes by its place.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';
import { DIAGRAMS } from '../../src/app/diagrams/index.ts';
import { callRows } from '../../src/core/projections/call-rows.ts';
import { FIXTURES, type Fixture, openFixture, viewAt } from '../support/sessions.ts';

const diagrams = await Promise.all(DIAGRAMS.all.map((entry) => entry.load()));

/** Keys that stand twice in one list, anywhere in `value`. */
function doubled(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([name, part]) => doubled(part, `${path}.${name}`));
  if (!Array.isArray(value)) return inner;
  const twice = ['id', 'key'].flatMap((name) => {
    const keys = value.flatMap((item) =>
      item && typeof item[name] === 'string' ? [item[name] as string] : [],
    );
    return keys.filter((key, at) => keys.indexOf(key) !== at).map((key) => `${path}: ${name} ${key}`);
  });
  return [...twice, ...inner];
}

/** The session as it would be had everything in it happened twice, the second time at the very same moment. */
function twice({ name, text }: Fixture): Fixture {
  const lines = text.split('\n');
  const isRow = (line: string): boolean => /^\[/.test(line) && !/":session"|"create"/.test(line);
  return openFixture(
    `${name}, twice`,
    lines.flatMap((line) => (isRow(line) ? [line, line] : [line])).join('\n'),
  );
}

const sessions = FIXTURES.filter(({ name }) => /tabs|impairments|restart|xray-relay|rollback/.test(name));

describe.each([...sessions, ...sessions.map(twice)].map((fixture) => [fixture.name, fixture] as const))(
  '%s',
  (_name, fixture) => {
    const total = fixture.log.events.length;

    it('has no key twice in any picture or list', () => {
      for (const index of [0.3, 0.6, 0.8, 1].map((part) => Math.floor(total * part))) {
        const view = viewAt(fixture, index);
        expect(doubled(callRows(view.facts)), `calls at ${index}`).toEqual([]);
        for (const { id, layout } of diagrams)
          expect(doubled(layout(view, { width: 1200, height: 440 })), `${id} at ${index}`).toEqual([]);
      }
    });
  },
);

/** Where two things can stand at one place, or be called the same, that is no identity. */
const NO_IDENTITY = /^(?:\w+\.)?(?:x|y|top|left|d|time|ms|text|title|name|url)$/;
/** Their lists are written by us, not by what happened. */
const OURS = /^src\/app\/(?:lessons|pages)\//;

it('no list is keyed by where something stands or what it is called', () => {
  const root = join(import.meta.dirname, '../..');
  const files = readdirSync(join(root, 'src/app'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.svelte'))
    .map((file) => join('src/app', file))
    .filter((file) => !OURS.test(file));
  const wrong = files.flatMap((file) => {
    const source = readFileSync(join(root, file), 'utf8');
    return keysIn(parse(source, { modern: true }).fragment, source).flatMap((key) =>
      NO_IDENTITY.test(key) ? [`${file}: ${key}`] : [],
    );
  });
  expect(files.length).toBeGreaterThan(50);
  expect(wrong).toEqual([]);
});

function keysIn(node: unknown, source: string): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const inner = Object.values(node).flatMap((part) => keysIn(part, source));
  const { type, key } = node as { type?: string; key?: { start: number; end: number } };
  return type === 'EachBlock' && key ? [source.slice(key.start, key.end), ...inner] : inner;
}
