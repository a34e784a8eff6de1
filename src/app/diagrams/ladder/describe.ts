import type { View } from '../../../core/projections/view.ts';
import type { Caption } from '../diagram.ts';
import { ms } from '../../format/words.ts';
import { type Inside, insideAt } from './channel.ts';
import { toGoText } from './draw-channel.ts';
import { type Ends, endsOf, labelIn } from './lifelines.ts';
import type { Row } from './row.ts';
import { read } from './window.ts';
import { callText, messageName, many, say } from './words.ts';

const TOLD = 6;
/** Read beyond what is told, so that no row is cut where the reading begins. */
const MARGIN = 12;

/** How much was said, and the last rows in words. */
export function describe(view: View): string {
  const ends = endsOf(view);
  if (view.index === 0 || ends.labels.size === 0) return 'Nothing was said yet: no connection exists.';
  const { calls, messages, data } = view.facts;
  const rows = read(view, ends, TOLD + MARGIN).rows.slice(-TOLD);
  const counts = `${many(calls.length, 'call')}, ${many(messages.length, 'signalling message')} and ${many(data.messages.length, 'data message')} up to ${ms(view.time)} ms.`;
  if (rows.length === 0) return counts;
  return `${counts}${insideText(view, ends)} The last rows: ${rows.map((row) => clause(row, ends)).join('; ')}.`;
}

/** ` In the channel now: the answer of B, 392 ms to go.` */
function insideText(view: View, ends: Ends): string {
  const inside = insideAt(view);
  if (inside.length === 0) return '';
  const labelOf = labelIn(ends);
  const each = inside.map(
    ({ touched: { message, type }, toGo }) =>
      `the ${messageName({ what: message.kind, type })} of ${labelOf(message.from)}, ${toGoText(toGo)}`,
  );
  return ` In the channel now: ${each.join('; ')}.`;
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
        `${labelIn(ends)(row.peer)} called ${callText(row)}, and `,
        { strong: 'the browser refused it' },
        '.',
      ],
      next: `It threw ${row.error}.`,
    };
  }
  const awaited = insideAt(view).find(({ touched }) => /offer|answer/.test(touched.message.kind));
  if (awaited) return awaitedCaption(awaited, ends);
  const words = say(row, ends);
  return { text: [row.at === null ? '' : `At ${ms(row.at)} ms `, { strong: words }, '.'] };
}

/** A description that is still inside: what its receiver does not know yet (RFC 9429, section 3.2; RFC 8445, section 6.1). */
function awaitedCaption({ touched: { message, sentAt }, toGo }: Inside, ends: Ends): Caption {
  const [from, to] = [labelIn(ends)(message.from), labelIn(ends)(message.to)];
  const isAnswer = message.kind === 'answer';
  return {
    text: [
      `${from} has ${isAnswer ? 'answered' : 'made an offer'}, but `,
      { strong: `${to} does not know it yet` },
      `: the ${message.kind} is still in the channel. `,
      isAnswer ? `${to} can begin no check.` : `${to} can not answer.`,
    ],
    next:
      toGo === null
        ? `It stays until you let it go. It was sent at ${ms(sentAt)} ms.`
        : `Next, in ${Math.round(toGo)} ms: ${to} has the ${message.kind}.`,
  };
}
