/** Line ends that are written out: HTML, percent encoding (RFC 3986, section 2.1), syslog's octal, backslashes. */
import { cut, join, rewrite, type Excerpt, type Piece } from './excerpt.ts';
import type { PasteKind } from './paste.ts';

export interface Unwrapped {
  readonly inner: Excerpt;
  readonly kind: PasteKind;
  readonly notice: string;
}

/** The first way of writing line ends that the text uses, undone. */
export function decodeLineEnds(source: Excerpt): Unwrapped | undefined {
  for (const decode of [fromDoubledReturns, fromHtml, fromPercent, fromOctal, fromArrows]) {
    const unwrapped = decode(source);
    if (unwrapped !== undefined) return unwrapped;
  }
  return undefined;
}

function fromDoubledReturns(source: Excerpt): Unwrapped | undefined {
  if (!/(?:^|[\r\n])v=0\r\r\n/.test(source.text)) return undefined;
  const inner = rewrite(source, /\r\r\n/g, () => '\r\n');
  return {
    inner,
    kind: 'log',
    notice: 'Its lines ended with CR CR LF, as when text is converted twice: each became CR LF.',
  };
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
]);

function fromHtml(source: Excerpt): Unwrapped | undefined {
  if (!/v=0\s*(?:<(?:br|\/)[a-z0-9]*\s*\/?>|&#(?:1[03]|x0?[ad]);)/i.test(source.text)) return undefined;
  const inner = rewrite(
    source,
    /<br\s*\/?>(\r?\n|(?=[a-z]=))?|(?:<\/?[a-z][a-z0-9]{0,20}(?:\s[^<>\n]{0,200})?>\s{0,8}){1,12}$|<\/?[a-z][a-z0-9]*(?:\s[^<>\n]*)?>|&#(\d{1,6});|&#x([0-9a-f]{1,5});|&([a-z]{2,4});|<[a-z/ ]*$|&[#a-z0-9]*$/gi,
    ([tag, lineEnd, decimal, hex, name]) => {
      if (!/[>;\s]$/.test(tag)) return '';
      if (/^<br/i.test(tag)) return lineEnd === undefined || lineEnd === '' ? '\r\n' : lineEnd;
      if (tag.startsWith('<')) return '';
      if (name !== undefined) return ENTITIES.get(name.toLowerCase()) ?? tag;
      const code = decimal === undefined ? parseInt(hex!, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : tag;
    },
  );
  return { inner, kind: 'html', notice: 'HTML was turned into text: its tags and character references.' };
}

const PERCENT = /v(?:=|%3D)0(?:%0D)?%0A[A-Za-z0-9%._~!*()+/:;=,@$[\]-]*/gi;

function fromPercent(source: Excerpt): Unwrapped | undefined {
  const found = [...source.text.matchAll(PERCENT)];
  if (found.length === 0) return undefined;
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of found) {
    pieces.push({ from: at, text: source.text.slice(at, match.index) });
    at = match.index + match[0].length;
    for (const piece of percentPieces(match[0], match.index)) pieces.push(piece);
    if (!/%0[AD]$/i.test(match[0])) pieces.push({ from: at, text: '\r\n' });
  }
  pieces.push({ from: at, text: source.text.slice(at) });
  return { inner: join(source, pieces), kind: 'url', notice: 'Percent encoding (%0D%0A) was decoded.' };
}

/** A blank is `%20`, or `+` in a form (URL Standard, section 5.1), never both. */
function percentPieces(text: string, from: number): readonly Piece[] {
  const plusIsBlank = !/%20/.test(text);
  return [...text.matchAll(/(?:%[0-9a-f]{2})+|(%[0-9a-f]?$)|\+|[^%+]+|%/gi)].map((match) => {
    const part = match[0];
    const at = from + match.index;
    if (match[1] !== undefined) return { from: at, text: '' };
    if (part === '+') return { from: at, text: plusIsBlank ? ' ' : '+' };
    return { from: at, text: part.startsWith('%') ? decodedPercent(part) : part };
  });
}

function decodedPercent(text: string): string {
  if (text.length < 3) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function fromOctal(source: Excerpt): Unwrapped | undefined {
  if (!/v=0(?:[#\\]015)?[#\\]012/.test(source.text)) return undefined;
  const inner = rewrite(source, /[#\\](01[0-5])|[#\\]0?1?$/g, ([, digits]) =>
    digits === undefined ? '' : String.fromCharCode(parseInt(digits, 8)),
  );
  return { inner, kind: 'log', notice: 'Line ends written as #015#012 were decoded.' };
}

function fromArrows(source: Excerpt): Unwrapped | undefined {
  if (!source.text.includes('↵')) return undefined;
  const inner = rewrite(source, /↵(\r?\n)?|(\r?\n)↵/g, ([, after, before]) => after ?? before ?? '\r\n');
  return { inner, kind: 'log', notice: 'The arrows ↵ of a console were turned into line ends.' };
}

/** Deeper than eight levels nobody writes; a bound keeps it linear. */
const WRITTEN =
  /(?:\\{1,8}r)?\\{1,8}n(?=[A-Za-z]=|\s|["'`}\])]|[A-Za-z]?$)|\\{1,8}r\\{1,8}n|(\\{1,8}r)(?=[a-z]=)|\\(["'/\\])|\\{1,8}(?:r\\{0,8})?$/g;

/** Literal `\r\n` outside of quotes: what is quoted is read as a literal first. */
export function decodeWritten(source: Excerpt): Unwrapped | undefined {
  if (!/\\[rn][A-Za-z]=/.test(source.text)) return undefined;
  const bare = withoutQuotes(source);
  const inner = rewrite(bare, WRITTEN, ([text, lone, quoted]) =>
    quoted !== undefined
      ? quoted
      : text.includes('n')
        ? text.includes('r')
          ? '\r\n'
          : '\n'
        : lone === undefined
          ? ''
          : '\r',
  );
  return { inner, kind: 'escaped', notice: 'Literal \\r\\n were turned into line ends.' };
}

function withoutQuotes(source: Excerpt): Excerpt {
  const match = /^\s*(["'`])[\s\S]*\1[;,]?\s*$/.exec(source.text);
  if (match === null) return source;
  return cut(source, source.text.indexOf(match[1]!) + 1, source.text.lastIndexOf(match[1]!));
}
