import { expect, test } from 'vitest';
import { parse } from 'sdp-transform';
import { parsedRows } from '../../../src/app/components/parsed-rows.ts';
import { readLines } from '../../../src/core/sdp/lines.ts';
import { OFFER } from '../../support/samples.ts';

const rows = parsedRows(OFFER, readLines(OFFER));

test('every value of the tree has a row', () => {
  const paths: string[] = [];
  const walk = (value: unknown, path: string): void => {
    if (path !== '') paths.push(path);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value))
      walk(inner, Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`);
  };
  walk(parse(OFFER), '');
  expect(rows.map(({ path }) => path)).toEqual(paths);
});

test('a row is linked to the line that says it', () => {
  const lines = OFFER.split('\r\n');
  for (const [path, start] of [
    ['origin.username', 'o='],
    ['media[0].mid', 'a=mid:'],
    ['media[0].candidates[0].ip', 'a=candidate:'],
  ] as const) {
    const row = rows.find((entry) => entry.path === path);
    if (row !== undefined) expect(lines[row.line! - 1]).toMatch(new RegExp(`^${start}`));
  }
  const unlinked = rows.filter(({ line, path }) => line === undefined && !/^(?:media|[a-zA-Z]+)$/.test(path));
  expect(unlinked).toEqual([]);
});

test('helpers are named beside the values that they read', () => {
  const text = 'v=0\r\nm=video 9 RTP/AVP 96 97\r\na=fmtp:97 apt=96;x=y\r\n';
  const found = parsedRows(text, readLines(text)).flatMap(({ path, helper }) =>
    helper === undefined ? [] : [[path, helper.name, helper.json]],
  );
  expect(found).toContainEqual(['media[0].payloads', 'parsePayloads', '[96,97]']);
  expect(found).toContainEqual(['media[0].fmtp[0].config', 'parseParams', '{"apt":96,"x":"y"}']);
});
