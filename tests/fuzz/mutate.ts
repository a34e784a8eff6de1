import type { Random } from '../support/random.ts';

/** What readers stumble over. */
const PIECES = [
  ...[
    '',
    ' ',
    '  ',
    '\t',
    '\r',
    '\n',
    '\r\n',
    '\0',
    '\u00a0',
    '\u200b',
    '\u202e',
    '\ufeff',
    '\ufffd',
    '\ud800',
    'é',
    '😀',
  ],
  ...[
    ':',
    '=',
    ';',
    ',',
    '/',
    '[',
    ']',
    '{',
    '}',
    '(',
    '"',
    "'",
    '`',
    '\\',
    '%',
    '#',
    '*',
    '~',
    '-',
    '.',
    '<',
    '>',
    '|',
  ],
  ...['0', '-1', '65536', '4294967296', '99999999999999999999', '1e400', '-1e400', 'NaN', 'null', 'true'],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'a=',
    'm=',
    'v=0',
    '\\r\\n',
    '#015#012',
    '&#13;',
    '%0A',
    '<b>',
    '{"',
    '::',
    '::1',
  ],
  ...['127.0.0.1', '999.1.1.1', 'x.local', '#/j/', '…'],
];

/** One to six changes: something put in, taken out, doubled, cut off, moved, or a bit turned. */
export function mutate(text: string, draw: Random): string {
  let result = text;
  for (let left = 1 + draw.below(6); left > 0; left--) result = once(result, draw);
  return result;
}

function once(text: string, draw: Random): string {
  const at = draw.below(text.length + 1);
  const end = Math.min(text.length, at + (draw.below(4) === 0 ? draw.below(200) : draw.below(6)));
  const [before, part, after] = [text.slice(0, at), text.slice(at, end), text.slice(end)];
  switch (draw.below(7)) {
    case 0:
      return before + draw.of(PIECES) + text.slice(at);
    case 1:
      return before + draw.of(PIECES) + after;
    case 2:
      return before + after;
    case 3:
      return before + part.repeat(1 + draw.below(20)) + after;
    case 4:
      return draw.below(4) === 0 ? before : text;
    case 5:
      return (
        before + String.fromCharCode((text.charCodeAt(at) || 32) ^ (1 << draw.below(8))) + text.slice(at + 1)
      );
    default:
      return after + part + before;
  }
}
