import { type Way, waysOf } from '../../../core/projections/path.ts';
import type { View } from '../../../core/projections/view.ts';
import type { Caption, Rich } from '../diagram.ts';
import { FRONT_CAPTION } from './front-words.ts';
import { eventText } from './event-text.ts';
import { type PathsModel, hasWalls, modelOf } from './model.ts';
import { answerPart, hasGivenUp } from './strokes.ts';
import { TYPE_WORDS } from '../../../core/sdp/priority.ts';
import { ms } from './words.ts';

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
