import type { View } from '../../../core/projections/view.ts';
import type { Caption } from '../diagram.ts';
import { ms } from '../../components/words.ts';
import { type Ends, endsOf, letterIn } from './lifelines.ts';
import type { Row } from './row.ts';
import { read } from './window.ts';
import { callText, many, say } from './words.ts';

const TOLD = 6;
/** Read beyond what is told, so that no row is cut where the reading begins. */
const MARGIN = 12;

/** How much was said, and the last rows in words. */
export function describe(view: View): string {
  const ends = endsOf(view);
  if (view.index === 0 || ends.letters.size === 0) return 'Nothing was said yet: no connection exists.';
  const { calls, messages, data } = view.facts;
  const rows = read(view, ends, TOLD + MARGIN).rows.slice(-TOLD);
  const counts = `${many(calls.length, 'call')}, ${many(messages.length, 'signalling message')} and ${many(data.messages.length, 'data message')} up to ${ms(view.time)} ms.`;
  if (rows.length === 0) return counts;
  return `${counts} The last rows: ${rows.map((row) => clause(row, ends)).join('; ')}.`;
}

function clause(row: Row, ends: Ends): string {
  const words = say(row, ends);
  return row.at === null ? `${words} (inferred)` : `at ${ms(row.at)} ms ${words}`;
}

/** The newest row. */
export function caption(view: View): Caption {
  const ends = endsOf(view);
  const row = read(view, ends, MARGIN).rows.at(-1);
  if (!row) return { text: ['From top to bottom: ', { strong: 'who says what to whom' }, '.'] };
  if (row.kind === 'call' && row.outcome === 'refused') {
    return {
      text: [
        `${letterIn(ends)(row.peer)} called ${callText(row)}, and `,
        { strong: 'the browser refused it' },
        '.',
      ],
      next: `It threw ${row.error}.`,
    };
  }
  const words = say(row, ends);
  return { text: [row.at === null ? '' : `At ${ms(row.at)} ms `, { strong: words }, '.'] };
}
