/** What the selected line of a description says: in one sentence, and token by token. */
import { explainLine } from '../sdp/explain.ts';
import { readLines } from '../sdp/lines.ts';
import { contextOf, describe } from '../sdp/structure.ts';
import type { Exchange } from './descriptions.ts';
import type { Facts } from './index.ts';

export interface Details {
  readonly title: string;
  /** Name and value. */
  readonly facts: readonly (readonly [string, string])[];
  readonly happened: readonly { readonly at: number; readonly text: string }[];
  readonly why: string | null;
}

/** `id` is peer, side and number of the line, `A/local/12`; of an exchange before the newest, `A/local@1/12`. */
export function lineDetails({ descriptions: { exchanges } }: Facts, id: string): Details | null {
  const [, peer, side, number, place] = /^(.*)\/(local|remote)(?:@(\d+))?\/(\d+)$/.exec(id) ?? [];
  const exchange = exchanges.get((number === undefined ? exchanges.length : Number(number)) - 1);
  const lines = readLines(exchange ? textOf(exchange, peer!, side!) : '');
  const line = lines[Number(place) - 1];
  if (!line) return null;
  const media = describe(lines).media[line.section];
  const { explanation, tokens } = explainLine(line, media ? contextOf(media, true) : {});
  return {
    title: line.raw.length > LONG ? `${line.raw.slice(0, LONG)}…` : line.raw,
    facts: tokens.slice(0, MANY).map(({ role, explanation: words }) => [role, words]),
    happened: [],
    why: explanation,
  };
}

/** Characters of a title, and tokens of a line, before the rest is left to the inspector. */
const LONG = 36;
const MANY = 30;

/** What a peer wrote itself, or holds of a side that was not recorded. */
function textOf({ offerer, offer, answerer, answer }: Exchange, peer: string, side: string): string {
  const own = peer !== answerer && (peer === offerer || offerer === '');
  const isOffer = side === 'local' ? own : peer === answerer;
  return isOffer ? offer.sdp : (answer?.sdp ?? '');
}
