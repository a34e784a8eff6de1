/** The rows in words: what a screen reader says, and what the text alternative is made of. */
import type { Caption, LegendEntry, Rich } from '../diagram.ts';
import type { View } from '../../../core/projections/view.ts';
import { TYPE_WORDS } from '../../../core/sdp/priority.ts';
import { addressText, portText } from '../parts/address.ts';
import { askedName, errorWords, leastCost, serverOf } from './texts.ts';
import { dearest, type Fault, type Found, type Gatherer, gatherers, type Search, waited } from './model.ts';
import { ms } from '../../format/words.ts';
import { stateOf } from '../../../core/projections/states.ts';

const candidateName = ({ candidate }: Found): string =>
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

/** Each peer's state, its local candidates and its errors. */
export function describe(view: View): string {
  const people = gatherers(view.facts);
  if (people.length === 0) return 'No connection exists yet, so nothing is gathered.';
  return people.map((one) => describePeer(view, one)).join(' ');
}

function describePeer(view: View, one: Gatherer): string {
  const state = stateOf(view.facts.states, one.id, 'gathering');
  const found = one.rounds.flatMap((round) => round.found);
  const errors = one.rounds.flatMap(({ faults }) => faults.map((fault) => sayError(fault, one)));
  const count = `${found.length} local candidate${found.length === 1 ? '' : 's'}`;
  const list = found.map((entry) => candidateName(entry) + tookWords(entry)).join('; ');
  const again = one.rounds.length > 1 ? `, in ${one.rounds.length} rounds` : '';
  const why = one.nothing === null ? '' : ` (${one.nothing})`;
  return [
    `${one.label}: iceGatheringState ${state}, ${count}${again}${list ? `: ${list}` : ''}${why}.`,
    ...errors.map((text) => `${text}.`),
  ].join(' ');
}

function tookWords(found: Found): string {
  const took = waited(found);
  return took < 0 ? ' (told by getStats alone)' : ` after ${took.toFixed(1)} ms`;
}

/** While it goes on, what was found last; then, what was waited for longest. */
export function caption(view: View): Caption {
  const people = gatherers(view.facts);
  const searching = people.filter(({ rounds }) => rounds.some(({ search }) => search && search.to === null));
  if (people.every(({ rounds }) => rounds.length === 0)) {
    return {
      text: [{ strong: 'Nothing is gathered yet' }, ': it begins with setLocalDescription.'],
      next: 'A candidate is an address at which a peer might be reached.',
    };
  }
  return searching.length > 0 ? gathering(people, searching) : done(people);
}

function gathering(people: readonly Gatherer[], searching: readonly Gatherer[]): Caption {
  const who = searching.map(({ label }) => label).join(' and ');
  const verb = searching.length > 1 ? 'are' : 'is';
  const last = newest(people);
  if (!last) return { text: [`${who} ${verb} `, { strong: 'looking for addresses' }, '.'] };
  return { text: foundWords(last.found, last.label), next: `${who} ${verb} still gathering.` };
}

function foundWords(found: Found, label: string): Rich {
  const { candidate } = found;
  const took = waited(found);
  const name = { strong: `${label} found a ${TYPE_WORDS[candidate.type]} candidate` };
  return [name, ` on port ${portText(candidate.port).slice(1)}${took < 0 ? '' : `, after ${ms(took)} ms`}.`];
}

function newest(people: readonly Gatherer[]): { found: Found; label: string } | null {
  const all = people.flatMap(({ rounds, label }) =>
    rounds.flatMap(({ found }) =>
      found.filter(({ from }) => from !== null).map((one) => ({ found: one, label })),
    ),
  );
  return all.reduce<(typeof all)[number] | null>(
    (best, one) => (best === null || one.found.candidate.at >= best.found.candidate.at ? one : best),
    null,
  );
}

function done(people: readonly Gatherer[]): Caption {
  const found = people.flatMap(({ rounds }) => rounds.flatMap((round) => round.found));
  const faults = people.flatMap(({ rounds }) => rounds.flatMap((round) => round.faults));
  const next = faults.length > 0 ? failedWords(faults) : hiddenWords(found);
  const most = dearest(people);
  if (found.length === 0 || !most) {
    if (found.length > 0) return { text: [{ strong: 'Gathering is over' }, '.'], ...next };
    const why = people.find(({ nothing }) => nothing !== null)?.nothing;
    const text = [{ strong: 'No candidate was found' }, why && why !== NO_MORE ? `: ${why}.` : '.'];
    return { text, ...next, ...(why?.startsWith('relay only') ? MENDED : {}) };
  }
  const owner = people.find(({ rounds }) => rounds.some((round) => round.found.includes(most)))!.label;
  const longest = `${owner}’s ${TYPE_WORDS[most.candidate.type]} candidate on port ${portText(most.candidate.port).slice(1)}`;
  const text: Rich = [
    `${found.length} candidate${found.length === 1 ? '' : 's'}; the longest wait was for `,
    { strong: longest },
    `, ${ms(waited(most))} ms.`,
  ];
  return { text, ...next };
}

const NO_MORE = 'no address was found';
const MENDED = { next: 'Where only relay is allowed a TURN server must be given; or allow all ways.' };

function failedWords(faults: readonly { readonly url: string }[]): { next: string } {
  const host = serverOf(faults[0]!.url).host;
  return {
    next: faults.length === 1 ? `One question to ${host} failed.` : `${faults.length} questions failed.`,
  };
}

function hiddenWords(found: readonly Found[]): { next?: string } {
  const isRelay = found.some(({ candidate }) => candidate.type === 'relay');
  if (isRelay)
    return {
      next: 'TURN refuses the first question, to ask for a password: that costs a second round trip.',
    };
  const isHidden = found.some(({ candidate }) => candidate.address.endsWith('.local'));
  return isHidden
    ? { next: 'A name that ends in .local stands for an own address that the browser hides (mDNS).' }
    : {};
}

const TYPES = ['host', 'srflx', 'prflx', 'relay'] as const;

/** The marks of what was gathered. */
export function legend({ facts }: View): readonly LegendEntry[] {
  const types = new Set(
    Object.values(facts.candidates).flatMap(({ local }) => local.map(({ type }) => type)),
  );
  const failed = Object.values(facts.candidates).some(({ gathering: { errors } }) => errors.length > 0);
  const entries: LegendEntry[] = TYPES.filter((type) => types.has(type)).map((mark) => ({
    kind: 'mark',
    mark,
    text: TYPE_WORDS[mark],
  }));
  return failed ? [...entries, { kind: 'mark', mark: 'fail', text: 'no answer' }] : entries;
}
