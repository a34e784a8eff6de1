/** Lines that are not `<type>=<value>`, and types that do not exist. */
import { isToken, visible } from '../grammar.ts';
import { cite } from '../rfc-sections.ts';
import { check, removeLine } from './check.ts';

export const lineForm = check({
  id: 'line-form',
  severity: 'error',
  rfc: cite('RFC 8866', '5'),
  example: 'abcd\r\n',
  find: ({ lines, readings }, report) => {
    lines.forEach((line, index) => {
      if (readings[index]!.known || line.type === 'a') return;
      if (line.raw.trim() === '')
        report(line, 'an empty line', {
          severity: 'warning',
          fix: removeLine('Remove the empty line', line),
        });
      else if (line.type === '')
        report(line, `"${visible(line.raw.slice(0, 60))}" is not a line of the form <type>=<value>`);
      else
        report(line, `there is no line type "${line.type}"; a parser refuses the description`, {
          fix: removeLine('Remove the line', line),
        });
    });
  },
});

export const unknownAttribute = check({
  id: 'unknown-attribute',
  severity: 'info',
  rfc: cite('RFC 8866', '5.13'),
  example: 'a=no-such-attribute\r\n',
  find: ({ lines, readings }, report) => {
    lines.forEach((line, index) => {
      if (line.type !== 'a' || readings[index]!.known) return;
      if (line.name === '')
        report(line, 'the name of the attribute is missing', {
          severity: 'error',
          fix: removeLine('Remove the line', line),
        });
      else if (!isToken(line.name))
        report(line, `"${visible(line.name.slice(0, 60))}" can not be the name of an attribute`, {
          severity: 'error',
        });
      else
        report(line, `the attribute "${visible(line.name.slice(0, 60))}" is not known; receivers ignore it`);
    });
  },
});
