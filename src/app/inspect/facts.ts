/** Small facts about an inspection that several parts of the page show. */
import { pushTo } from '../../core/base/push-to.ts';
import type { Finding } from '../../core/sdp/checks/check.ts';
import type { SdpLine } from '../../core/sdp/lines.ts';
import type { Description } from '../../core/sdp/structure.ts';
import { shown } from '../format/shown.ts';

/** Findings under the numbers of all lines that they involve. */
export function findingsByLine(findings: readonly Finding[]): ReadonlyMap<number, readonly Finding[]> {
  const byLine = new Map<number, Finding[]>();
  for (const finding of findings)
    for (const line of new Set([finding.line, ...(finding.lines ?? [])])) pushTo(byLine, line, finding);
  return byLine;
}

/** `2 errors, 1 warning, 1 note` */
export function countFindings(findings: readonly Finding[]): string {
  const words = [
    ['error', 'error'],
    ['warning', 'warning'],
    ['info', 'note'],
  ] as const;
  const counts = words.flatMap(([severity, word]) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${word}${count === 1 ? '' : 's'}`];
  });
  return counts.join(', ');
}

/** What a line opens: `session` on the first, `audio, mid 0` on an m= line. */
export function sectionTitle({ media }: Description, line: SdpLine): string | undefined {
  if (line.type === 'm') {
    const section = media[line.section];
    if (section === undefined) return undefined;
    const mid = section.mid === undefined ? 'no mid' : `mid ${shown(section.mid, 16)}`;
    return `${shown(section.kind, 24)}, ${mid}`;
  }
  return line.number === 1 && line.type === 'v' ? 'session' : undefined;
}

/** `line 5`, `lines 19, 35`, `lines 1, 2, 3 and 47 more` */
export function linesInWords({ line, lines }: Finding): string {
  const all = lines ?? [line];
  if (all.length === 1) return `line ${all[0]}`;
  const rest = all.length - 4;
  return `lines ${all.slice(0, 4).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** With a capital letter, unless it begins with a line such as `a=mid`. */
export const sentence = (text: string): string =>
  text.charAt(1) === '=' ? text : text.charAt(0).toUpperCase() + text.slice(1);
