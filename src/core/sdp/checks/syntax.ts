/** Lines that do not follow the grammar of their attribute or type. The grammar itself stands with each attribute. */
import { cite } from '../rfc-sections.ts';
import type { SdpLine } from '../lines.ts';
import type { Defect } from '../reader.ts';
import { check, type Fix } from './check.ts';

export const syntax = check({
  id: 'syntax',
  severity: 'error',
  rfc: cite('RFC 8866', '9'),
  example: 'a=ptime:soon\r\n',
  find: ({ lines, readings }, report) => {
    readings.forEach((reading, index) => {
      for (const defect of reading.defects) {
        const fix = fixOf(lines[index]!, defect);
        report(
          lines[index]!,
          `${lines[index]!.type === 'a' ? `a=${lines[index]!.name}` : `${lines[index]!.type}=`}: ${defect.message}`,
          {
            severity: defect.severity,
            rfc: reading.rfc,
            ...(fix === undefined ? {} : { fix }),
          },
        );
      }
    });
  },
});

function fixOf(line: SdpLine, defect: Defect): Fix | undefined {
  if (defect.replacement === undefined) return undefined;
  return {
    title: 'Correct the spelling',
    edits: [{ start: line.start + defect.start, end: line.start + defect.end, text: defect.replacement }],
  };
}
