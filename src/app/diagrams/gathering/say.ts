/** The rows in words: what a screen reader says, and what the text alternative is made of. */
import { addressText } from '../parts/address.ts';
import type { Fault, Found, Gatherer, Search } from './model.ts';
import { waited } from './rows.ts';
import { askedName, errorWords, leastCost, serverOf } from './words.ts';

export const candidateName = ({ candidate }: Found): string =>
  `${candidate.type} ${candidate.protocol} ${addressText(candidate)}`;

export function sayHead({ label, name }: Gatherer, search: Search | null, number: number): string {
  const who = name && number === 0 ? `${label}, ${name},` : label;
  if (!search) return `${who} has not gathered yet`;
  const again = number > 0 ? ' again' : '';
  const end = search.to === null ? 'still gathering' : `complete at ${search.to.toFixed(1)} ms`;
  return `${who} gathers${again} from ${search.from.toFixed(1)} ms, ${end}`;
}

export function sayFound(found: Found, { label }: Gatherer): string {
  const { candidate, basis } = found;
  const took = waited(found);
  const parts = [
    `${label} got ${candidateName(found)}`,
    sourceWords(found),
    took < 0 ? 'told by getStats alone' : `after ${took.toFixed(1)} ms`,
    candidate.type !== 'host' && basis === 'unknown' ? 'asked from an address that is not told' : '',
    costSaid(found),
  ];
  return parts.filter(Boolean).join(', ');
}

function sourceWords({ candidate }: Found): string {
  if (candidate.type === 'host') return 'an own address';
  const { host } = serverOf(candidate.url);
  return `from ${askedName(candidate)}${host ? ` at ${host}` : ''}`;
}

function costSaid({ candidate }: Found): string {
  const cost = leastCost(candidate);
  return cost ? `at least ${cost.messages} packets, inferred` : '';
}

export const sayError = (fault: Fault, { label }: Gatherer): string =>
  `${label}: error ${errorWords(fault)}, from ${fault.url || 'a server'}, at ${fault.at.toFixed(1)} ms`;
