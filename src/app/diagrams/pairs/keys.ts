/** What the bars mean: one line above the axis, or two where it is narrow. Only what the recording holds. */
import type { Facts } from '../../../core/projections/index.ts';
import { type Label, textWidth } from '../parts/labels.ts';
import type { Columns } from './columns.ts';
import type { Key } from './marks.ts';

export interface Keys {
  readonly height: number;
  readonly keys: readonly Key[];
  readonly labels: readonly Label[];
}

export const KEY = { width: 24, height: 10 };
const LINE = 22;
const ORDER = ['frozen', 'waiting', 'in-progress', 'succeeded', 'nominated'] as const;

export function keysOf(whole: Facts, { isNarrow, end }: Columns): Keys {
  const texts = shown(whole).map((look) => ({ look, text: look === 'in-progress' ? 'in progress' : look }));
  const widths = texts.map(({ text }) => KEY.width + 6 + textWidth({ text, size: 12 }) + 16);
  const left = isNarrow ? 20 : 22;
  const keys: Key[] = [];
  const labels: Label[] = [];
  let [x, y] = [left, LINE / 2 + 3];
  texts.forEach(({ look, text }, at) => {
    if (x > left && x + widths[at]! - 16 > end) [x, y] = [left, y + LINE];
    keys.push({ look, x, y });
    labels.push({ text, x: x + KEY.width + 6, y: y + 4, size: 12, tone: 'ink-2' });
    x += widths[at]!;
  });
  return { height: keys.length > 0 ? y + LINE / 2 + 2 : 0, keys, labels };
}

function shown(whole: Facts): Key['look'][] {
  const pairs = Object.values(whole.pairs).flatMap((told) => told.pairs);
  const seen = new Set<string>(pairs.flatMap(({ spans }) => spans.map(({ state }) => state)));
  if (pairs.some(({ nominatedAt }) => nominatedAt !== null)) seen.add('nominated');
  return ORDER.filter((look) => seen.has(look));
}
