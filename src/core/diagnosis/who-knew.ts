/** What each end of a call knew of it, and what only both recordings together show. */
import type { PeerId, SessionEvent } from '../session/event.ts';
import { candidateKey, readCandidate } from '../projections/candidates.ts';
import type { Facts } from '../projections/index.ts';
import { type Case, caseOf } from './case.ts';
import { inForce, lineOf, valuesOf } from './look.ts';
import type { HeldDescription } from './page.ts';
import type { Evidence } from './cause.ts';
import { diagnose } from './index.ts';

export interface Known {
  readonly text: string;
  readonly evidence: Evidence | null;
}

export interface KnownRow {
  readonly id: string;
  /** `A’s fingerprint`. */
  readonly what: string;
  /** What the first end alone knew, and the second. */
  readonly first: Known;
  readonly second: Known;
  readonly together: string;
  /** The two do not agree. */
  readonly differs: boolean;
}

export interface BothKnew {
  readonly events: readonly SessionEvent[];
  /** At their end. */
  readonly facts: Facts;
  readonly pairing: readonly [PeerId, PeerId];
  /** `A` and `B`. */
  readonly labels: readonly [string, string];
}

export function whoKnewWhat({ events, facts, pairing, labels }: BothKnew): readonly KnownRow[] {
  const [one, other] = pairing;
  const ends = [caseOf(events, facts, one), caseOf(events, facts, other)] as const;
  return [
    ...ATTRIBUTES.flatMap((attribute) => [
      carried(ends, labels, 0, attribute),
      carried(ends, labels, 1, attribute),
    ]),
    candidates(ends, labels, 0),
    candidates(ends, labels, 1),
    states(ends, 'ICE', iceOf),
    states(ends, 'DTLS', ({ life }) => life.dtls),
    blamed(events, facts, pairing),
  ].filter((row): row is KnownRow => row !== null && (row.differs || !QUIET.test(row.id)));
}

type Ends = readonly [Case, Case];
type Labels = readonly [string, string];

/** What decides whether the two can talk: RFC 8122, section 5; RFC 8839, section 5.4; RFC 8842, section 5.2. */
const ATTRIBUTES = [
  { name: 'fingerprint', words: 'fingerprint' },
  { name: 'ice-ufrag', words: 'ICE name' },
  { name: 'ice-pwd', words: 'ICE password' },
  { name: 'setup', words: 'DTLS role' },
] as const;

/** Told where they differ. */
const QUIET = /^(?:ice-pwd|setup) /;

const NOTHING: Known = { text: 'not recorded', evidence: null };

/** An attribute of one end's description: as it wrote it, and as the other end was given it. */
function carried(
  ends: Ends,
  labels: Labels,
  owner: 0 | 1,
  { name, words }: (typeof ATTRIBUTES)[number],
): KnownRow | null {
  const reader = owner === 0 ? 1 : 0;
  const written = inForce(ends[owner].ownDescriptions);
  const read = ends[reader].otherDescriptions.findLast(
    ({ type, refused }) => type === written?.type && refused === null,
  );
  const [wrote, got] = [heldIn(written, name), heldIn(read, name)];
  if (wrote.value === undefined && got.value === undefined) return null;
  const isKnown = wrote.value !== undefined && got.value !== undefined;
  const differs = isKnown && wrote.value !== got.value;
  const sides = owner === 0 ? { first: wrote, second: got } : { first: got, second: wrote };
  return {
    id: `${name} ${labels[owner]}`,
    what: `${labels[owner]}’s ${words}`,
    ...sides,
    together: !isKnown ? 'one end only' : differs ? 'it was changed' : 'the same',
    differs,
  };
}

function heldIn(
  held: HeldDescription | null | undefined,
  name: string,
): Known & { readonly value: string | undefined } {
  const value = held ? attributeOf(held.sdp, name) : undefined;
  if (!held || value === undefined) return { ...NOTHING, value };
  const line = lineOf(held.sdp, new RegExp(`^a=${name}`));
  return {
    text: value,
    value,
    evidence: { event: held.event, shows: value, ...(line === undefined ? {} : { line }) },
  };
}

/** Of a fingerprint what comes behind the name of its hash; in any case (RFC 8122, section 5). */
function attributeOf(sdp: string, name: string): string | undefined {
  if (name !== 'fingerprint') return valuesOf(sdp, name)[0];
  return /^a=fingerprint:\S+ ([0-9A-Fa-f:]+)/m.exec(sdp)?.[1]?.toUpperCase();
}

function candidates(ends: Ends, labels: Labels, owner: 0 | 1): KnownRow {
  const reader = owner === 0 ? 1 : 0;
  const own = gatheredBy(ends[owner]);
  const given = ends[reader].given.flatMap(({ parsed }) => (parsed ? [candidateKey(parsed)] : []));
  const keys = new Set(given);
  const refused = ends[reader].given.filter((one) => one.refused !== null);
  const arrived = own.filter(({ key }) => keys.has(key)).length;
  const gathered = { text: `${own.length} gathered`, evidence: shownAt(own[0]?.event, 'the first') };
  const taken = {
    text: refused.length > 0 ? `${arrived} given, ${refused.length} refused` : `${arrived} given`,
    evidence: shownAt(refused[0]?.refused?.event ?? ends[reader].given[0]?.event, 'given'),
  };
  const differs = arrived < own.length || refused.length > 0;
  return {
    id: `candidates ${labels[owner]}`,
    what: `${labels[owner]}’s candidates`,
    ...(owner === 0 ? { first: gathered, second: taken } : { first: taken, second: gathered }),
    together: !differs
      ? 'all arrived'
      : arrived < own.length
        ? `${own.length - arrived} never arrived`
        : 'refused',
    differs,
  };
}

/** What icecandidate gave the page to send; one that came again counts once. */
function gatheredBy({ events }: Case): readonly { readonly key: string; readonly event: string }[] {
  const found = new Map<string, string>();
  for (const { type, value, id } of events) {
    const parsed = type === 'onicecandidate' && value?.candidate ? readCandidate(value.candidate) : null;
    if (parsed && !found.has(candidateKey(parsed))) found.set(candidateKey(parsed), id);
  }
  return [...found].map(([key, event]) => ({ key, event }));
}

function states(ends: Ends, what: string, stateOf: (call: Case) => string): KnownRow {
  const [first, second] = ends.map(stateOf) as [string, string];
  return {
    id: what,
    what,
    first: { text: first, evidence: null },
    second: { text: second, evidence: null },
    together: first === second ? 'both say so' : 'they do not agree',
    differs: first !== second,
  };
}

const iceOf = ({ states: machines, life }: Case): string =>
  machines?.ice.history.findLast(({ state, event }) => event !== null && state !== 'closed')?.state ??
  (life.iceWorked ? 'connected' : 'not recorded');

/** Whom each would have blamed alone. */
function blamed(
  events: readonly SessionEvent[],
  facts: Facts,
  [one, other]: readonly [PeerId, PeerId],
): KnownRow {
  const [first, second] = [one, other].map((peer) => diagnose(events, peer, { facts }).verdict) as [
    string,
    string,
  ];
  const together = diagnose(events, one, { other, facts }).verdict;
  return {
    id: 'verdict',
    what: 'would say',
    first: { text: first, evidence: null },
    second: { text: second, evidence: null },
    together,
    differs: together !== first || together !== second,
  };
}

const shownAt = (event: string | undefined, shows: string): Evidence | null =>
  event === undefined ? null : { event, shows };
