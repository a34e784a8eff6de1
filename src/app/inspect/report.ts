/** Findings as Markdown, for a bug report. */
import type { Finding } from '../../core/sdp/checks/check.ts';
import { visible } from '../../core/sdp/grammar.ts';
import type { SdpLine } from '../../core/sdp/lines.ts';

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

export const reportAsMarkdown = (findings: readonly Finding[], lines: readonly SdpLine[]): string =>
  [
    `${findings.length} findings in ${lines.length} lines, by Icescope:`,
    '',
    ...findings.map((finding) => findingAsMarkdown(finding, lines)),
  ].join('\n');
