/** Attributes that may stand once in a section and stand there twice. */
import type { SdpLine } from '../lines.ts';
import { cite } from '../../base/cite.ts';
import { attributeDocs } from '../attributes/index.ts';
import type { Section } from '../structure.ts';
import { check, removeLine, whereBrowsersRead, type Report, type SdpFacts } from './check.ts';
import { nameSpan } from './span.ts';

const SINGLE = new Set(attributeDocs.all.filter((doc) => doc.single === true).map((doc) => doc.name));
const DIRECTIONS = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];

export const duplicates = check({
  id: 'duplicate-attribute',
  severity: 'error',
  rfc: cite('RFC 8866', '5.13'),
  example: 'm=audio 9 RTP/AVP 0\r\na=mid:0\r\na=mid:1\r\n',
  find: (facts, report) => {
    for (const part of [facts.description.session, ...facts.description.media]) {
      for (const [name, lines] of part.attributes) {
        if (lines.length > 1 && SINGLE.has(name)) findDuplicate(lines, { facts, report });
      }
    }
  },
});

function findDuplicate(
  lines: readonly SdpLine[],
  { facts, report }: { facts: SdpFacts; report: Report },
): void {
  const [first, ...others] = lines;
  for (const line of others) {
    const same = line.value.trim() === first!.value.trim();
    report(line, {
      claim: `a=${line.name} stands here a second time${same ? '' : ', with another value'}`,
      reason: `Line ${first!.number} has it already, and a section may have it once${same ? '' : '; parsers do not agree on which one counts'}.`,
      at: nameSpan(line),
      severity: same ? 'warning' : whereBrowsersRead(facts),
      with: [{ line: first!, at: nameSpan(first!) }],
      fix: removeLine('Remove this line', line),
    });
  }
}

export const directions = check({
  id: 'several-directions',
  severity: 'error',
  rfc: cite('RFC 8866', '6.7'),
  example: 'm=audio 9 RTP/AVP 0\r\na=sendonly\r\na=recvonly\r\n',
  find: ({ description }, report) => {
    for (const part of [description.session, ...description.media]) checkDirections(part, report);
  },
});

function checkDirections(part: Section, report: Report): void {
  const lines = DIRECTIONS.flatMap((name) => part.attributes.get(name)?.slice(0, 1) ?? []).sort(
    (a, b) => a.number - b.number,
  );
  const [first, ...others] = lines;
  for (const line of others) {
    report(line, {
      claim: `${line.name} contradicts ${first!.name} in line ${first!.number}`,
      reason: 'A section has one direction.',
      at: nameSpan(line),
      with: [{ line: first!, at: nameSpan(first!) }],
      fix: removeLine(`Remove ${line.name}`, line),
    });
  }
}
