import { expect, test } from 'vitest';
import { reportAsMarkdown } from '../../../src/app/inspect/report.ts';
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
