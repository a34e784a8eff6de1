/** Which offer and answer of what was pasted belong together, and what they agreed on before. RFC 3264 section 8. */
import type { Earlier } from '../../core/sdp/negotiate.ts';
import type { DescriptionType } from '../../core/sdp/structure.ts';

export interface Pasted {
  readonly type: DescriptionType | undefined;
  readonly sdp: string;
}

export interface Exchange {
  readonly offer: string;
  readonly answer: string;
  /** What was in force when this offer was made: the exchange before. */
  readonly earlier?: Earlier;
}

/** An offer and the answer that follows it, in their order; a text that nobody answers is left out. */
function exchangesOf(
  parts: readonly Pasted[],
): readonly { readonly offer: number; readonly answer: number }[] {
  const found: { offer: number; answer: number }[] = [];
  let offer: number | undefined;
  for (const [index, { type }] of parts.entries()) {
    if (type === 'offer') offer = index;
    else if ((type === 'answer' || type === 'pranswer') && offer !== undefined) {
      found.push({ offer, answer: index });
      offer = undefined;
    }
  }
  if (found.length > 0) return found;
  // An answer that stands before its offer: what was pasted in another order.
  const [first, second] = [
    parts.findIndex(({ type }) => type === 'offer'),
    parts.findIndex(({ type }) => type === 'answer' || type === 'pranswer'),
  ];
  return first < 0 || second < 0 ? [] : [{ offer: first, answer: second }];
}

/** `o=` names the session of the one who wrote it: its second word stays the same in each description. */
const sessionOf = (sdp: string): string | undefined => /^o=\S+ (\S+)/m.exec(sdp)?.[1];

/** The exchange that the shown part is of; of a part that is in none, the first. */
export function exchangeAt(parts: readonly Pasted[], shown: number): Exchange | undefined {
  const all = exchangesOf(parts);
  const at = Math.max(
    0,
    all.findIndex(({ offer, answer }) => offer === shown || answer === shown),
  );
  const now = all[at];
  if (now === undefined) return undefined;
  const [offer, answer] = [parts[now.offer]!.sdp, parts[now.answer]!.sdp];
  const before = at === 0 ? undefined : all[at - 1];
  if (before === undefined) return { offer, answer };
  const [first, second] = [parts[before.offer]!.sdp, parts[before.answer]!.sdp];
  const swapped = sessionOf(second) === sessionOf(offer) && sessionOf(first) !== sessionOf(offer);
  return {
    offer,
    answer,
    earlier: swapped ? { offerer: second, answerer: first } : { offerer: first, answerer: second },
  };
}
