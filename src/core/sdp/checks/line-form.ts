/** Lines that are not `<type>=<value>`, and types that do not exist. */
import { isToken, visible } from '../grammar.ts';
import { cite } from '../../base/cite.ts';
import { check, removeLine } from './check.ts';
import { nameSpan } from './span.ts';

export const lineForm = check({
  id: 'line-form',
  severity: 'error',
  rfc: cite('RFC 8866', '5'),
  example: 'abcd\r\n',
  find: ({ lines, readings }, report) => {
    lines.forEach((line, index) => {
      if (readings[index]!.known || line.type === 'a') return;
      if (line.raw.trim() === '')
        report(line, {
          claim: 'The line is empty',
          reason: 'A description has no empty lines; libwebrtc stops reading at one.',
          severity: 'warning',
          fix: removeLine('Remove the empty line', line),
        });
      else if (line.type === '')
        report(line, {
          claim: 'The line is not of the form <type>=<value>',
          reason: `It is "${visible(line.raw.slice(0, 60))}"; parsers refuse the description.`,
        });
      else
        report(line, {
          claim: `There is no line type "${line.type}"`,
          reason: 'A parser that follows the grammar refuses the description.',
          at: nameSpan(line),
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
        report(line, {
          claim: 'The name of the attribute is missing',
          reason: 'An attribute is written a=<name> or a=<name>:<value>.',
          severity: 'error',
          fix: removeLine('Remove the line', line),
        });
      else if (!isToken(line.name))
        report(line, {
          claim: `"${visible(line.name.slice(0, 60))}" can not be the name of an attribute`,
          reason: 'A name is a token: no spaces, quotes, brackets or other separators.',
          at: nameSpan(line),
          severity: 'error',
        });
      else
        report(line, {
          claim: `${visible(line.name.slice(0, 60))} is not known`,
          reason: 'It is kept as it is; receivers ignore attributes that they do not know.',
          at: nameSpan(line),
        });
    });
  },
});
