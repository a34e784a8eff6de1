/**
 * JSON with long lists in it, as Chromium's dump has them: each series of statistics is a text, `"values":"[1,2,3]"`. They are
 * most of the file, and few of their values are shown of a long one: they stay where they stand in the text, and are read there.
 */
export interface LongList {
  /** Of what stands between the brackets. */
  readonly from: number;
  readonly to: number;
  /** How many values there are, where all are the same. */
  readonly same: { readonly value: unknown; readonly length: number } | null;
}

export interface LongJson {
  readonly json: unknown;
  /** Each list is given for its place once: a text that names it twice reads it once. */
  readonly take: (value: unknown) => LongList | undefined;
}

/** Below that JSON.parse is as quick. */
const LONG = 1_000_000;
const NAME = '"values":';
const BEGIN = /\s*"\[/y;

/** Throws what JSON.parse throws. */
export function parseLong(text: string): LongJson {
  const lists = new Map<number, LongList>();
  const pieces: string[] = [];
  let kept = 0;
  let place = text.length < LONG ? -1 : text.indexOf(NAME);
  while (place >= 0) {
    BEGIN.lastIndex = place += NAME.length;
    const from = BEGIN.test(text) ? BEGIN.lastIndex : -1;
    const list = from < 0 ? undefined : listAt(text, from);
    if (list) {
      lists.set(from, list);
      // Its brackets and quotes go too.
      pieces.push(text.slice(kept, from - 2), `{"list":${from}}`);
      place = kept = list.to + 2;
    }
    place = text.indexOf(NAME, place);
  }
  const json: unknown = JSON.parse(pieces.length === 0 ? text : pieces.join('') + text.slice(kept));
  const take = (value: unknown): LongList | undefined => {
    const from = (value as { readonly list?: unknown } | null)?.list;
    const list = typeof from === 'number' ? lists.get(from) : undefined;
    if (list) lists.delete(list.from);
    return list;
  };
  return { json, take };
}

/** Undefined for what has to be read as JSON: words that are not all the same. */
function listAt(text: string, from: number): LongList | undefined {
  const quote = text.indexOf('"', from);
  const isOfNumbers = text.charCodeAt(quote - 1) === BRACKET;
  const to = isOfNumbers ? quote - 1 : text.indexOf(']"', from);
  if (to < 0) return undefined;
  const same = sameIn(text, from, to);
  return isOfNumbers || same ? { from, to, same } : undefined;
}

const BRACKET = 93;

/** A number, or a word in quotes that are escaped. */
const ONE = /^(?:-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null|\\"[^"\\]*\\")$/;

function sameIn(text: string, from: number, to: number): LongList['same'] {
  const comma = text.indexOf(',', from);
  if (comma < 0 || comma >= to) return null;
  const one = text.slice(from, comma);
  const step = one.length + 1;
  const length = (to - from + 1) / step;
  if (!Number.isInteger(length) || !text.startsWith(`,${one}]`, to - step) || !ONE.test(one)) return null;
  // Moved by one value it is the same.
  if (text.slice(from, to - step) !== text.slice(from + step, to)) return null;
  return { value: JSON.parse(one.replaceAll('\\"', '"')) as unknown, length };
}
