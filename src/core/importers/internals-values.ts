/** The values of one series, read where they stand: of a long one few are shown. */
import type { LongList } from './long-lists.ts';

export interface Values {
  readonly length: number;
  /** Nothing but numbers: where one differs from the one before, nothing has turned. */
  readonly areNumbers: boolean;
  /** All are the same. */
  readonly isSame: boolean;
  at(index: number): unknown;
}

/** What a series holds: a list, the text of one, or one that was left in the text. */
export type SeriesText =
  { readonly kind: 'value'; readonly value: unknown } | { readonly kind: 'long'; readonly list: LongList };

/** Undefined for what is no list. */
export function valuesOf(series: SeriesText, whole: string): Values | undefined {
  if (series.kind === 'long') return ofLong(series.list, whole);
  const list = listOf(series.value);
  return list && ofList(list);
}

const ofList = (list: readonly unknown[]): Values => ({
  length: list.length,
  areNumbers: list.every((value) => typeof value === 'number'),
  isSame: list.every((value) => value === list[0]),
  at: (index) => list[index],
});

function listOf(text: unknown): readonly unknown[] | undefined {
  if (Array.isArray(text)) return text;
  if (typeof text !== 'string') return undefined;
  try {
    const values = JSON.parse(text) as unknown;
    return Array.isArray(values) ? values : undefined;
  } catch {
    return undefined;
  }
}

function ofLong({ from, to, same }: LongList, whole: string): Values | undefined {
  if (from === to) return ofList([]);
  if (same) {
    const { value, length } = same;
    return { length, areNumbers: typeof value === 'number', isSame: true, at: () => value };
  }
  const commas = commasOf(whole, from, to);
  if (!commas) {
    const list = listOf(`[${whole.slice(from, to)}]`);
    return list && ofList(list);
  }
  return {
    length: commas.length + 1,
    areNumbers: true,
    isSame: false,
    at: (index) => Number(whole.slice(index === 0 ? from : commas[index - 1]! + 1, commas[index] ?? to)),
  };
}

const [COMMA, PLUS, NINE, E, SMALL_E] = [44, 43, 57, 69, 101];
let places = new Int32Array(1024);

/** Where the commas of a list of numbers stand; null where it holds anything else. */
function commasOf(whole: string, from: number, to: number): Int32Array | null {
  let count = 0;
  for (let place = from; place < to; place++) {
    const code = whole.charCodeAt(place);
    if (code === COMMA) {
      if (count === places.length) places = grown(places);
      places[count++] = place;
    } else if ((code < PLUS || code > NINE) && code !== E && code !== SMALL_E) return null;
  }
  return places.slice(0, count);
}

function grown(list: Int32Array): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(list.length * 2);
  longer.set(list);
  return longer;
}
