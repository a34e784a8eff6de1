/** The rows in words: what a screen reader says, and what the text alternative is made of. */
import type { Candidate } from '../../../core/projections/candidates.ts';
import type { Caption, LegendEntry, Rich } from '../diagram.ts';
import type { Facts } from '../../../core/projections/index.ts';
import type { View } from '../../../core/projections/view.ts';
import { TYPE_WORDS } from '../../../core/sdp/priority.ts';
import { addressText, portText } from '../parts/address.ts';
import { askedOf, type Checklist, checklists, currentOf, type Entry, resultOf, stateNow } from './model.ts';
import { ms } from '../../format/words.ts';
import { peersOf } from '../parts/peer-labels.ts';
import { rollup } from 'd3';

/** Ends that have looked for addresses to the end and have none, as in “A and B”: no pair can be made. '' for nobody. */
export function emptyHanded(facts: Facts): string {
  const none = peersOf(facts).filter(({ id }) => {
    const { local, gathering } = facts.candidates[id] ?? {};
    return local?.length === 0 && gathering?.completedAt != null;
  });
  return none.map(({ label }) => label).join(' and ');
}

export function roleWords({ role, nominator }: Checklist): string {
  if (role === null) return 'role not told yet';
  return nominator ? `${role}: ${nominator} nominates` : role;
}

/** `host udp 192.168.1.23:50124` */
const candidateText = (candidate: Candidate | null): string =>
  candidate
    ? `${candidate.type} ${candidate.protocol} ${addressText(candidate)}`
    : 'a candidate that is not told';

export function sayPair(entry: Entry, list: Checklist): string {
  const { pair, local, remote, priority } = entry;
  const { strong, rest } = resultOf(entry, list);
  const asked = askedOf(pair);
  const counts = asked > 0 ? `, ${asked} asked, ${pair.responsesReceived} answered` : '';
  return `${list.label}: ${candidateText(local)} to ${candidateText(remote)}, priority ${priority || 'not told'}, ${stateNow(pair) ?? 'state not told'}${counts}; ${[strong, rest].filter(Boolean).join(' ')}`;
}

/** Each checklist: its role, how many pairs are in which state, and the selected pair. */
export function describe(view: View): string {
  const lists = checklists(view.facts);
  const none = emptyHanded(view.facts);
  if (lists.length === 0 && none !== '') return `There is no candidate pair: ${none} found no address.`;
  if (lists.length === 0) return 'Nothing is known of candidate pairs before the first reading of getStats.';
  return lists.map(describeList).join(' ');
}

function describeList(list: Checklist): string {
  const { label, role } = list;
  const entries = currentOf(list);
  const earlier = list.entries.length - entries.length;
  const states = rollup(
    entries,
    (all) => all.length,
    ({ pair }) => stateNow(pair) ?? 'unknown',
  );
  const counts = [...states].map(([state, count]) => `, ${count} ${state}`).join('');
  const nominated = entries.filter(({ pair }) => pair.nominatedAt !== null).length;
  const pairs = entries.length === 1 ? '1 candidate pair' : `${entries.length} candidate pairs`;
  const before = earlier > 0 ? ` ${earlier} more of before the ICE restart.` : '';
  return `${label}, ${role ?? 'role not told'}: ${pairs}${counts}; ${nominated} nominated.${before} ${selectedWords(list)}`;
}

function selectedWords({ entries }: Checklist): string {
  const selected = entries.find((entry) => entry.isSelected);
  if (!selected) return 'No pair is selected.';
  return `Selected pair: local ${candidateText(selected.local)}, remote ${candidateText(selected.remote)}.`;
}

/** Which pair won and why, or how far the checks are. */
export function caption(view: View): Caption {
  const lists = checklists(view.facts);
  if (lists.length === 0) return untold(view);
  const winner = lists.find(({ entries }) => entries.some((entry) => entry.isSelected));
  return winner ? won(winner) : undecided(lists, hasGivenUp(view.facts));
}

function untold({ facts }: View): Caption {
  const none = emptyHanded(facts);
  if (none !== '')
    return {
      text: [{ strong: 'There is no pair to try' }, `: ${none} found no address.`],
      next: 'A pair is one of A’s candidates with one of B’s. Gathering shows who was asked.',
    };
  const isKnown = Object.values(facts.candidates).some(
    ({ local, remote }) => local.length > 0 && remote.length > 0,
  );
  const text: Rich = isKnown
    ? ['There are candidates on both sides, but ', { strong: 'no reading of getStats yet' }, '.']
    : [{ strong: 'No pairs yet' }, ': a pair is one of A’s candidates with one of B’s.'];
  return { text, next: 'Each pair is tried, the highest priority first, until one is nominated.' };
}

function won(list: Checklist): Caption {
  const entry = list.entries.find((one) => one.isSelected)!;
  const type = (which: 'local' | 'remote'): string => TYPE_WORDS[entry[which]?.type ?? 'host'];
  const name =
    entry.local && entry.remote
      ? `${type('local')} ${portText(entry.local.port)} to ${type('remote')} ${portText(entry.remote.port)}`
      : 'a pair whose candidates are not told';
  return { text: [`${list.label} uses `, { strong: name }, '.'], next: whyWon(entry, list) };
}

/** RFC 8445, section 8.1.1: the controlling agent nominates one of the valid pairs; mostly the highest that works. */
function whyWon(entry: Entry, list: Checklist): string {
  const higher = currentOf(list).filter(({ pair }) => pair.priority > entry.pair.priority);
  const works = higher.filter(({ pair }) => stateNow(pair) === 'succeeded');
  const who = list.nominator ? `${list.nominator} nominated it` : 'It was nominated';
  if (higher.length === 0) return `Of the pairs that are known it has the highest priority. ${who}.`;
  if (works.length > 0) return `${who}, though a pair of higher priority works too.`;
  const many = higher.length === 1 ? 'One pair has' : `${higher.length} pairs have`;
  return `${many} a higher priority, but no answer was counted there before. ${who}.`;
}

function undecided(lists: readonly Checklist[], isOver: boolean): Caption {
  const entries = lists.flatMap(currentOf);
  const failed = entries.filter(({ pair }) => stateNow(pair) === 'failed').length;
  const tried = entries.filter(({ pair }) => stateNow(pair) === 'in-progress').length;
  const count = `${entries.length} pair${entries.length === 1 ? '' : 's'}`;
  if (failed > 0 && failed === entries.length)
    return { text: [{ strong: 'Every pair failed' }, `: ${count}, no answer.`] };
  if (isOver) return { text: [{ strong: 'ICE gave up' }, `: ${count}, and none worked.`] };
  const last = Math.max(...lists.map(({ lastReadAt }) => lastReadAt ?? 0));
  return {
    text: [`${count}, ${tried} being tried: `, { strong: 'none is in use yet' }, '.'],
    next: `Told by the reading at ${ms(last)} ms.`,
  };
}

const hasGivenUp = ({ states }: View['facts']): boolean =>
  Object.values(states).some(({ ice, connection }) => [ice.current, connection.current].includes('failed'));

const TYPES = ['host', 'srflx', 'prflx', 'relay'] as const;

/** The marks of candidates that are in a pair. */
export function legend({ facts }: View): readonly LegendEntry[] {
  const entries = checklists(facts).flatMap((list) => list.entries);
  const types = new Set(entries.flatMap(({ local, remote }) => [local?.type, remote?.type]));
  const isFailed = entries.some(({ pair }) => stateNow(pair) === 'failed');
  const marks = TYPES.filter((type) => types.has(type)).map((mark): LegendEntry => ({
    kind: 'mark',
    mark,
    text: TYPE_WORDS[mark],
  }));
  return isFailed ? [...marks, { kind: 'mark', mark: 'fail', text: 'failed' }] : marks;
}
