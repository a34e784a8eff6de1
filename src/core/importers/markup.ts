/** A piece of HTML as the tags and texts in it, in order; what is no tag is text. Nothing of it is ever shown as markup. */

export interface Tag {
  readonly kind: 'open' | 'close';
  readonly name: string;
  attribute(name: string): string | undefined;
}
export interface Text {
  readonly kind: 'text';
  readonly text: string;
}

export function* markupOf(html: string): Generator<Tag | Text> {
  let place = 0;
  while (place < html.length) {
    const next = html.indexOf('<', place);
    const end = next < 0 ? html.length : next;
    if (end > place) yield { kind: 'text', text: decodeEntities(html.slice(place, end)) };
    if (next < 0) return;
    TAG.lastIndex = next;
    if (!TAG.test(html)) {
      yield { kind: 'text', text: '<' };
      place = next + 1;
      continue;
    }
    const close = endOfTag(html, next);
    if (close < 0) return;
    yield tagOf(html.slice(next + 1, close));
    place = close + 1;
  }
}

/** Where a tag begins. */
const TAG = /<\/?[a-z]/iy;

/** A `>` within quotes ends nothing. */
function endOfTag(html: string, from: number): number {
  let quote = '';
  for (let place = from; place < html.length; place++) {
    const letter = html[place]!;
    if (quote !== '') quote = letter === quote ? '' : quote;
    else if (letter === '>') return place;
    else if (letter === '"') quote = letter;
  }
  return -1;
}

function tagOf(inner: string): Tag {
  const [, slash, name] = /^(\/?)([a-z][a-z0-9]*)/i.exec(inner)!;
  return {
    kind: slash === '/' ? 'close' : 'open',
    name: name!.toLowerCase(),
    attribute(wanted) {
      const value = new RegExp(`\\s${wanted}="([^"]*)"`).exec(inner)?.[1];
      return value === undefined ? undefined : decodeEntities(value);
    },
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  quot: '"',
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: ' ',
  apos: "'",
};

function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,6}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
      const code = decimal === undefined ? parseInt(hex!, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
