/** Where a text stops being JSON (RFC 8259): engines say it each in their own words, and one not at all. */

export interface BrokenJson {
  /** Offset of the first character that can not stand there; the length of the text where it ends too early. */
  readonly offset: number;
  readonly why: 'ends too early' | 'goes on behind its end' | 'can not stand here';
}

const TOKEN =
  /[[\]{}:,]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const SPACE = /[ \t\r\n]*/y;

/** Undefined where it is JSON. Linear, and without recursion. */
export function brokenJson(text: string): BrokenJson | undefined {
  const open: string[] = [];
  /** What may come: a value, a key, or what follows one of them. */
  let expected: 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' = 'value';
  let offset = spaceFrom(text, 0);
  while (offset < text.length) {
    if (expected === 'comma or end' && open.length === 0) return { offset, why: 'goes on behind its end' };
    TOKEN.lastIndex = offset;
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) return broken(text, offset);
    const next = step(token, expected, open);
    if (next === undefined) return { offset, why: 'can not stand here' };
    expected = next;
    offset = spaceFrom(text, offset + token.length);
  }
  const isWhole = expected === 'comma or end' && open.length === 0;
  return isWhole ? undefined : { offset, why: 'ends too early' };
}

type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end';

/** What may come after the token; undefined where it may not stand there. */
function step(token: string, expected: Expected, open: string[]): Expected | undefined {
  switch (token) {
    case '{':
    case '[':
      if (!expected.startsWith('value')) return undefined;
      open.push(token);
      return token === '{' ? 'key or end' : 'value or end';
    case '}':
    case ']':
      if (!expected.endsWith('or end') || open.pop() !== (token === '}' ? '{' : '[')) return undefined;
      return 'comma or end';
    case ':':
      return expected === 'colon' ? 'value' : undefined;
    case ',':
      if (expected !== 'comma or end') return undefined;
      return open.at(-1) === '{' ? 'key' : 'value';
    default:
      if (expected.startsWith('key')) return token.startsWith('"') ? 'colon' : undefined;
      return expected.startsWith('value') ? 'comma or end' : undefined;
  }
}

/** A token that begins and does not end is cut where the text is. */
function broken(text: string, offset: number): BrokenJson {
  const rest = text.slice(offset, offset + 12);
  const isCut =
    text[offset] === '"'
      ? !/"/.test(text.slice(offset + 1).replace(/\\./g, ''))
      : /^(?:-|t|tr|tru|f|fa|fal|fals|n|nu|nul)$/.test(rest);
  return isCut ? { offset: text.length, why: 'ends too early' } : { offset, why: 'can not stand here' };
}

function spaceFrom(text: string, offset: number): number {
  SPACE.lastIndex = offset;
  SPACE.exec(text);
  return SPACE.lastIndex;
}
