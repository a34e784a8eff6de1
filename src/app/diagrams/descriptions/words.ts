import type { View } from '../../../core/projections/view.ts';
import type { Caption } from '../diagram.ts';
import { type Side, sidesOf } from './sides.ts';

export function describe({ facts }: View): string {
  const { exchanges } = facts.descriptions;
  const last = exchanges.last;
  const sides = sidesOf(facts, exchanges.length - 1);
  if (!last || !sides) return 'No description has been set yet: there is neither offer nor answer.';
  return `${sides.map(sentence).join('; ')}. Exchange ${last.number} of ${exchanges.length}, ${last.outcome}.`;
}

function sentence({ role, letter, lines, note }: Side): string {
  if (lines.length === 0) return `${role}: ${note}`;
  const changed = lines.filter(({ change }) => change !== 'same').length;
  const beside = note ? `, ${note}` : '';
  return `${role} of ${letter}, ${lines.length} lines${changed > 0 ? `, ${changed} of them new or changed` : ''}${beside}`;
}

export function caption({ facts }: View): Caption {
  const { exchanges } = facts.descriptions;
  const sides = sidesOf(facts, exchanges.length - 1);
  const last = exchanges.last;
  if (!last || !sides)
    return {
      text: ['No offer is made yet: ', { strong: 'nothing is said' }, '.'],
      next: 'The first description is set with setLocalDescription.',
    };
  const [offer, answer] = sides;
  if (last.outcome === 'rolled back')
    return { text: [`${offer.letter} has taken its offer back: `, { strong: 'all is as before' }, '.'] };
  if (!last.answer)
    return {
      text: [`${offer.letter} offers, and `, { strong: `${answer.letter} has not answered yet` }, '.'],
      next: 'Until then nothing is agreed.',
    };
  const changed = offer.lines.filter(({ change }) => change !== 'same').length;
  const next =
    last.number > 1
      ? `Of the offer’s ${offer.lines.length} lines ${changed} are new or changed.`
      : 'Candidates that were found later travelled on their own and are not in these texts.';
  return {
    text: ['Offer and answer stand: ', { strong: `${offer.letter} and ${answer.letter} agree` }, '.'],
    next,
  };
}
