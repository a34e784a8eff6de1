import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  lineAsMarkdown,
  negotiationAsMarkdown,
  reportAsJson,
  reportAsMarkdown,
} from '../../../src/app/inspect/report.ts';
import { tasks } from '../../../src/app/inspect/work.ts';
import { inspect } from '../../../src/core/sdp/inspect.ts';

test('a report has each finding with its line as code, and nothing in it ends the code', () => {
  const text =
    'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\na=ptime:`x\u0007`\r\n';
  const { findings, lines } = inspect(text);
  const report = reportAsMarkdown(findings, lines);
  expect(report.startsWith(`${findings.length} findings in 6 lines`)).toBe(true);
  for (const { rule, line } of findings)
    expect(report).toMatch(new RegExp(`line ${line}\\*\\*: .*\\(${rule}; RFC \\d+`));
  expect(report).toContain('\n      a=ptime:`x');
  expect(report).not.toContain('\u0007');
});

const read = (name: string): string =>
  readFileSync(new URL(`../../fixtures/sdp/browsers/${name}.sdp`, import.meta.url), 'utf8');

test('a line with its values', () => {
  const { lines, readings } = inspect('a=setup:actpass\r\n');
  const text = lineAsMarkdown(lines[0]!, readings[0]);
  expect(text).toContain('    a=setup:actpass\n');
  expect(text).toMatch(/- `actpass`: .+/);
});

test('findings as JSON keep the text of their line', () => {
  const { lines, findings } = inspect('a=ptime:soon\r\n');
  expect(JSON.parse(reportAsJson(findings, lines))).toMatchObject([
    { rule: 'syntax', line: 1, text: 'a=ptime:soon' },
  ]);
});

test('a negotiation is a table of Markdown, whatever stands in it', () => {
  const [offer, answer] = [read('chromium-all-offer'), read('chromium-all-answer')];
  const table = negotiationAsMarkdown(tasks.negotiate(offer, answer));
  const rows = table.split('\n').filter((line) => line.startsWith('|'));
  expect(rows.length).toBeGreaterThanOrEqual(5);
  expect(new Set(rows.map((row) => row.replaceAll('\\|', '').split('|').length))).toEqual(new Set([6]));
});
