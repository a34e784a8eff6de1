/** What Paths says: its caption, its text alternative and its legend. */
import type { Candidate } from '../../../core/projections/candidates.ts';
import type { Caption, LegendEntry, Rich } from '../diagram.ts';
import type { Facts } from '../../../core/projections/index.ts';
import type { Pair } from '../../../core/projections/pairs.ts';
import type { Peer } from '../../../core/projections/peers.ts';
import type { View } from '../../../core/projections/view.ts';
import { CANDIDATE_TYPES, TYPE_WORDS } from '../../../core/sdp/priority.ts';
import { FRONT_CAPTION, FRONT_WORDS } from './front.ts';
import { addressAndPort, ms } from './words.ts';
import { answerPart, hasGivenUp } from './strokes.ts';
import { type Way, waysOf } from '../../../core/projections/path.ts';
import { eventText } from './event-text.ts';
import { hasWalls, isLoopback, modelOf, type PathsModel } from './model.ts';
import { layout } from './layout.ts';
import { natsOf, type Outside } from '../../../core/projections/nats.ts';

/** The picture in words, with the states, candidates and pairs exactly as each end reports them. */
export function describe(view: View): string {
  const { peers } = view.facts;
  if (peers.length === 0) {
    return FRONT_WORDS;
  }
  return [...peers.map((peer) => describePeer(view.facts, peer)), ...wallWords(view), ...traffic(view)].join(
    ' ',
  );
}

function describePeer(facts: Facts, peer: Peer): string {
  const { id, label } = peer;
  const machines = facts.states[id];
  const states = machines
    ? `ICE ${machines.ice.current}, DTLS ${machines.dtls.current}, connection ${machines.connection.current}, gathering ${machines.gathering.current}`
    : 'no state known';
  const local = facts.candidates[id]?.local ?? [];
  const role = peer.role ? ` ${peer.role}` : '';
  return [
    `${label}${role}: ${states}.`,
    candidateWords(label, local),
    pairWords(facts, peer),
    selectedWords(facts, peer),
  ]
    .filter(Boolean)
    .join(' ');
}

/** Long lists are counted: a session of many restarts gathers hundreds. */
const NAMED = 12;

function candidateWords(label: string, candidates: readonly Candidate[]): string {
  if (candidates.length === 0) return `${label} has no candidates.`;
  const named = candidates.slice(0, NAMED).map(inWords);
  const more = candidates.length > NAMED ? [`${candidates.length - NAMED} more`] : [];
  return `${label}’s candidates: ${[...named, ...more].join('; ')}.`;
}

const inWords = (candidate: Candidate): string =>
  `${TYPE_WORDS[candidate.type]} ${candidate.protocol.toUpperCase()} ${candidate.address || 'address hidden'} port ${candidate.port}`;

function pairWords(facts: Facts, { id, label }: Peer): string {
  const pairs = facts.pairs[id]?.pairs ?? [];
  if (pairs.length === 0) return '';
  const counts = new Map<string, number>();
  for (const { spans } of pairs) {
    const state = spans.at(-1)?.state ?? 'unknown';
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  const list = [...counts].map(([state, count]) => `${count} ${state}`).join(', ');
  return `${label}’s pairs: ${list}.`;
}

function selectedWords(facts: Facts, { id, label }: Peer): string {
  const told = facts.pairs[id];
  const pair = told?.pairs.find((one) => one.id === told.selectedId);
  if (!told || !pair) return `${label} has no selected pair.`;
  const since = told.selections.at(-1);
  const when = since ? `, ${since.candidates ? 'since' : 'by'} ${ms(since.until)}` : '';
  return `${label}’s selected pair: local ${endWords(facts, id, pair, 'local')}, remote ${endWords(facts, id, pair, 'remote')}${when}.`;
}

function endWords(facts: Facts, peer: string, pair: Pair, side: 'local' | 'remote'): string {
  const statsId = side === 'local' ? pair.localId : pair.remoteId;
  const candidate = facts.candidates[peer]?.[side].find((one) => one.statsId === statsId);
  return candidate ? `${candidate.type} port ${candidate.port}` : 'not known';
}

/** Where one machine holds both ends, nothing is between them. */
function wallWords(view: View): string[] {
  if (isLoopback(view)) return [];
  const outsides = natsOf(view.facts);
  return view.facts.peers.slice(0, 2).map(({ label }, side) => natWords(label, outsides[side as 0 | 1]));
}

function natWords(label: string, { nat, reason }: Outside): string {
  if (!nat) return `No NAT is known before ${label}: ${reason}.`;
  if (nat.mappings.length === 0) return `${label} is behind a NAT: ${reason}.`;
  const doors = nat.mappings.map(({ candidate, address, port, seenBy }) => {
    const where = address ? addressAndPort({ address, port }) : `port ${port}, address hidden`;
    return `${where} (${candidate.protocol.toUpperCase()}, seen by ${seenBy})`;
  });
  const kind = nat.perDestination ? ' It has another port for another destination (symmetric).' : '';
  const carrier = nat.isBeforeCarriers
    ? ' That address is one that carriers share out (100.64.0.0/10, RFC 6598), so most likely another NAT, the carrier’s, stands before the internet.'
    : '';
  return `${label} is behind a NAT, inferred: ${reason}. Its doors: ${doors.join('; ')}.${kind}${carrier}`;
}

function traffic({ facts }: View): string[] {
  const { messages } = facts.data;
  const labels = facts.messages.length;
  return [
    ...(labels > 0 ? [`${labels} signalling ${labels === 1 ? 'message' : 'messages'} so far.`] : []),
    ...(messages.length > 0
      ? [`${messages.length} data ${messages.length === 1 ? 'message' : 'messages'} so far.`]
      : []),
  ];
}

/** What has just happened at the cursor, and what comes next. */
export function caption(view: View): Caption {
  if (view.whole.peers.length === 0) {
    return FRONT_CAPTION;
  }
  const next = coming(view);
  const text =
    (next === null ? outcome(view) : null) ?? flying(view) ?? latest(view) ?? outcome(view) ?? START;
  const foot = next ?? lookingOn(view);
  return foot === null ? { text } : { text, next: foot };
}

const START: Rich = [{ strong: 'Nothing has happened yet' }, '.'];

/** Readings come by the hundred: not all of them are asked for news. */
const LOOK = 300;

function latest({ events, index, facts }: View): Rich | null {
  for (let at = index - 1; at >= Math.max(0, index - LOOK); at--) {
    const news = eventText(events[at]!, facts);
    if (news) return news;
  }
  return null;
}

function coming({ events, index, whole }: View): string | null {
  for (let at = index; at < Math.min(events.length, index + LOOK); at++) {
    const event = events[at]!;
    const news = eventText(event, whole);
    if (news) return `Next, at ${ms(event.at)}: ${plain(news)}`;
  }
  return null;
}

const plain = (text: Rich): string =>
  text.map((part) => (typeof part === 'string' ? part : part.strong)).join('');

/** Between two events: the check that is on its way, if one is. */
function flying(view: View): Rich | null {
  const { events, index, time, facts, whole } = view;
  if (time <= (events[index - 1]?.at ?? 0)) return null;
  const settled = new Set(
    waysOf(facts)
      .filter(({ succeededAt }) => succeededAt !== null)
      .map(({ id }) => id),
  );
  for (const way of waysOf(whole)) {
    const check = settled.has(way.id)
      ? undefined
      : way.checks.find(({ after, until }) => after < time && time < until);
    if (check) return checkNews(view, way, check);
  }
  return null;
}

function checkNews({ whole, time }: View, { kind }: Way, check: Way['checks'][number]): Rich | null {
  const labels = [whole.peers[0]?.label ?? 'A', whole.peers[1]?.label ?? 'B'] as const;
  const [asks, answers] = check.side === 0 ? labels : [labels[1], labels[0]];
  const how = kind === 'relay' ? 'through TURN' : 'directly';
  if (answerPart(check, time) !== null) {
    const news = { strong: `${answers}’s answer is on its way back` };
    return [`${asks} asked ${answers} ${how}, and `, news, `. When it reaches ${asks}, that way is proven.`];
  }
  if (check.responses === 0)
    return [`${asks} asks ${answers} ${how}, and `, { strong: 'no answer comes' }, '.'];
  return [{ strong: `${asks} asks ${answers} ${how}` }, ': can you hear me here?'];
}

/** How it stands when nothing more will happen for now. */
function outcome(view: View): Rich | null {
  const { facts } = view;
  const connections = facts.peers.map(({ id }) => facts.states[id]?.connection.current);
  if (connections.includes('failed')) return null;
  if (connections.length === 0 || !connections.every((state) => state === 'connected')) return null;
  if (facts.data.messages.length > 0 || facts.peers.some(({ closedAt }) => closedAt !== null)) return null;
  const { chosen, ways } = modelOf(view);
  if (!chosen) return [{ strong: 'Both ends are connected' }, '. No reading has told yet over which way.'];
  return chosenNews(view, chosen, ways);
}

/** A browser that counts no questions (Firefox) leaves open which ways it tried. */
function triedWays(chosen: Way, ways: readonly Way[]): number {
  const counts = chosen.pairs.some(({ requestsSent }) => requestsSent > 0);
  return counts ? ways.filter(({ requests }) => requests > 0).length : ways.length;
}

function chosenNews(view: View, chosen: Way, ways: readonly Way[]): Rich {
  const { kind, ends } = chosen;
  const tried = triedWays(chosen, ways);
  if (kind === 'relay') {
    const only = view.facts.peers.some(({ configuration }) => configuration?.iceTransportPolicy === 'relay');
    const isLost = ways.some(({ kind: other, requests }) => other !== 'relay' && requests > 0);
    if (!only && isLost && hasWalls(modelOf(view)))
      return ['No direct question got through the NATs, so ', { strong: 'packets go through TURN' }, '.'];
    const why = only ? 'Only relay candidates were allowed' : 'No direct way was found in time';
    return [`${why}, so `, { strong: 'packets go through TURN' }, '.'];
  }
  if (kind === 'host' && modelOf(view).loopback) {
    const news = tried <= 1 ? 'the one way that they tried works' : 'a direct way works';
    return ['Both ends are on this machine and nothing stands between them, so ', { strong: news }, '.'];
  }
  if (kind !== 'host' && modelOf(view).walls.every((nat) => nat !== null))
    return [
      'Each asked the other, so each NAT had a door open: ',
      { strong: `${TYPE_WORDS[ends[0].type]} to ${TYPE_WORDS[ends[1].type]} works` },
      '.',
    ];
  if (tried <= 1)
    return [
      'The one way that they tried works: ',
      { strong: `${TYPE_WORDS[ends[0].type]} to ${TYPE_WORDS[ends[1].type]}` },
      '.',
    ];
  return [
    'Of the ways there were, ',
    { strong: `${TYPE_WORDS[ends[0].type]} to ${TYPE_WORDS[ends[1].type]} works` },
    '.',
  ];
}

function lookingOn(view: View): string | null {
  const isConnected = view.facts.peers.some(
    ({ id }) => view.facts.states[id]?.connection.current === 'connected',
  );
  const model = modelOf(view);
  const { chosen, loopback } = model;
  if (chosen === null && hasGivenUp(view.facts) && hasWalls(model)) return lostWords(model);
  if (!loopback || !isConnected || chosen?.kind !== 'host') return null;
  return 'Between two devices there may be walls: NATs and firewalls.';
}

/** A browser does not see where its questions end; without an answer the other NAT is the likely place. */
function lostWords({ ends }: PathsModel): string {
  if (!ends.some(({ reflexive, relays }) => reflexive.length + relays.length > 0))
    return 'Each asked at an address that leads nowhere outside the other’s own network.';
  return ends.some(({ relays }) => relays.length > 0)
    ? 'Their questions were most likely lost at the other’s NAT.'
    : 'Their questions were most likely lost at the other’s NAT, and there was no relay (TURN) to go through.';
}

/** Only what the picture holds now; with lines, also how to read their dashes. */
export function legend(view: View): readonly LegendEntry[] {
  if (view.whole.peers.length === 0) return [];
  const { marks, crosses, strokes, evidence } = layout(view, { width: 1008, height: 452 });
  const types = new Set([...marks.map(({ type }) => type), ...strokes.map(({ kind }) => kind)]);
  const kinds = CANDIDATE_TYPES.filter((type) => types.has(type));
  const failed: LegendEntry[] = crosses.length > 0 ? [{ kind: 'mark', mark: 'fail', text: 'failed' }] : [];
  const simulated: LegendEntry[] = evidence.includes('simulated')
    ? [{ kind: 'evidence', evidence: 'simulated', text: 'simulated' }]
    : [];
  return [
    ...kinds.map((mark): LegendEntry => ({ kind: 'mark', mark, text: TYPE_WORDS[mark] })),
    ...failed,
    { kind: 'evidence', evidence: 'observed', text: 'seen' },
    { kind: 'evidence', evidence: 'inferred', text: 'inferred' },
    ...simulated,
  ];
}
