/** Attributes of media sections in the session part, and the other way round. */
import { cite } from '../../base/cite.ts';
import { check } from './check.ts';
import { nameSpan } from './span.ts';

export const level = check({
  id: 'level',
  severity: 'warning',
  rfc: cite('RFC 8866', '5.13'),
  example: 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=mid:0\r\n',
  find: ({ lines, readings, complete }, report) => {
    lines.forEach((line, index) => {
      const { doc, rfc } = readings[index]!;
      if (line.type !== 'a' || doc === undefined || doc.level === 'both') return;
      const inSession = line.section < 0;
      if (inSession === (doc.level === 'session') || (inSession && !complete)) return;
      report(line, {
        claim: `a=${line.name} stands in ${inSession ? 'the session part' : 'a media section'}`,
        reason: `It belongs into ${inSession ? 'a media section' : 'the session part'}, and means nothing here.`,
        at: nameSpan(line),
        rfc,
      });
    });
  },
});
