/** Lines that do not follow the grammar of their attribute or type. The grammar itself stands with each attribute. */
import type { Reading } from '../explain.ts';
import { cite } from '../../base/cite.ts';
import type { SdpLine } from '../lines.ts';
import type { Defect } from '../reader.ts';
import { check, type Fix, type Said } from './check.ts';

export const syntax = check({
  id: 'syntax',
  severity: 'error',
  rfc: cite('RFC 8866', '9'),
  example: 'a=ptime:soon\r\n',
  find: ({ lines, readings }, report) => {
    readings.forEach((reading, index) => {
      const line = lines[index]!;
      for (const defect of reading.defects) report(line, saidOf(defect, { line, reading }));
    });
  },
});

function saidOf(defect: Defect, { line, reading }: { line: SdpLine; reading: Reading }): Said {
  const { severity, claim, reason, start, end } = defect;
  const whole = start <= 0 && end >= line.raw.length;
  return {
    severity,
    claim: claim.charAt(0).toUpperCase() + claim.slice(1),
    reason: reason ?? `A line that follows the grammar is ${reading.doc?.example ?? ''}`,
    at: whole || start < 0 ? undefined : { start, end },
    rfc: reading.rfc,
    fix: fixOf(line, defect),
  };
}

function fixOf(line: SdpLine, { start, end, replacement }: Defect): Fix | undefined {
  if (replacement === undefined) return undefined;
  return {
    title: 'Correct the spelling',
    edits: [{ start: line.start + start, end: line.start + end, text: replacement }],
  };
}
