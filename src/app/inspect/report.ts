/** Findings as Markdown, for a bug report. */
import type { Finding } from '../../core/sdp/checks/check.ts';
import type { Explanation } from '../../core/sdp/explain.ts';
import { visible } from '../../core/sdp/grammar.ts';
import type { SdpLine } from '../../core/sdp/lines.ts';
import type { Cell } from './say.ts';
import type { Tasks } from './work.ts';

const LONGEST = 400;

/** One finding: what, why, the line itself as code, the rule and its source. */
export function findingAsMarkdown(finding: Finding, lines: readonly SdpLine[]): string {
  const { severity, claim, reason, line, rule, rfc } = finding;
  const raw = visible(lines[line - 1]?.raw ?? '');
  return [
    `- **${severity}, line ${line}**: ${claim}. ${reason} (${rule}; ${rfc.rfc}, section ${rfc.section})`,
    '',
    `      ${raw.length > LONGEST ? `${raw.slice(0, LONGEST)}…` : raw}`,
    '',
  ].join('\n');
}

/** Findings with the text of their lines, as `inspect --json` has them. */
export const reportAsJson = (findings: readonly Finding[], lines: readonly SdpLine[]): string =>
  JSON.stringify(
    findings.map((finding) => ({ ...finding, text: lines[finding.line - 1]?.raw ?? '' })),
    null,
    2,
  );

/** A line with what it says, and each of its values. */
export function lineAsMarkdown(line: SdpLine, reading: Explanation | undefined): string {
  const values = (reading?.tokens ?? [])
    .filter(({ role }) => role !== 'type' && role !== 'name')
    .map(({ start, end, explanation }) => `- \`${visible(line.raw.slice(start, end))}\`: ${explanation}`);
  const cited = reading === undefined ? '' : ` (${reading.rfc.rfc}, section ${reading.rfc.section})`;
  return [
    `    ${visible(line.raw)}`,
    '',
    `Line ${line.number}: ${reading?.explanation ?? ''}${cited}`,
    '',
    ...values,
    '',
  ].join('\n');
}

const cell = ({ main, more }: Cell): string =>
  `${main}${more === '' ? '' : `, ${more}`}`.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** The negotiation as a table, with what browsers will refuse before it. */
export function negotiationAsMarkdown({ rows, errors, findings }: ReturnType<Tasks['negotiate']>): string {
  return [
    ...errors.map(
      ({ browser, call, error, reason }) => `- **${browser}**: ${call} rejects with ${error}: ${reason}`,
    ),
    ...findings.map(({ line, message }) => `- line ${line} of the answer: ${message}`),
    ...(errors.length + findings.length > 0 ? [''] : []),
    '| section | offered by A | answered by B | agreed |',
    '| --- | --- | --- | --- |',
    ...rows.first.map(
      (row) => `| ${[row.section, row.offered, row.answered, row.agreed].map(cell).join(' | ')} |`,
    ),
    '',
  ].join('\n');
}

export const reportAsMarkdown = (findings: readonly Finding[], lines: readonly SdpLine[]): string =>
  [
    `${findings.length} findings in ${lines.length} lines, by Icescope:`,
    '',
    ...findings.map((finding) => findingAsMarkdown(finding, lines)),
  ].join('\n');
