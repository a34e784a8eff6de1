/** What one event means for the picture, as a sentence with its news strong; null when it changes nothing in it. */
import { readCandidate } from '../../../core/projections/candidates.ts';
import type { Facts } from '../../../core/projections/index.ts';
import { natsOf } from '../../../core/projections/nats.ts';
import type { Pair } from '../../../core/projections/pairs.ts';
import { twoEnds, waysOf } from '../../../core/projections/path.ts';
import { type EventOf, type EventType, type SessionEvent, readFailure } from '../../../core/session/event.ts';
import type { Rich } from '../diagram.ts';
import { packetKind } from '../../../core/projections/packet-kind.ts';
import { channelWords } from '../parts/channel-words.ts';
import { packetName } from './servers.ts';
import { TYPE_WORDS } from '../../../core/sdp/priority.ts';
import { NO_MORE, addressAndPort, messageName } from './words.ts';

/** Letters of who did it and of the other end. */
interface Who {
  readonly me: string;
  readonly other: string;
  readonly facts: Facts;
}

type Teller<T extends EventType> = (event: EventOf<T>, who: Who) => Rich | null;

const b = (strong: string): { readonly strong: string } => ({ strong });

const TELLERS: { readonly [T in EventType]?: Teller<T> } = {
  create: (_, { me }) => [b(`${me} is there`), ', a connection that knows nobody yet.'],
  createOffer: (_, { me }) => [`${me} `, b('writes an offer'), ': what it can do, and how to know it again.'],
  createAnswer: (_, { me, other }) => [`${me} has read ${other}’s offer and `, b('writes an answer'), '.'],
  setLocalDescription: ({ value }, { me }) =>
    value?.type === 'rollback'
      ? [`${me} `, b('takes its own offer back'), ': a rollback.']
      : [`${me} `, b(`sets its ${value?.type ?? 'description'} as its local description`), '.'],
  setRemoteDescription: ({ value }, { me, other }) =>
    value.type === 'rollback'
      ? [`${me} `, b(`gives ${other}’s offer back`), ': a rollback.']
      : [`${me} `, b(`sets ${other}’s ${value.type} as its remote description`), '.'],
  ':packet': ({ value }, { me }) =>
    value.seenAt === 'server' ? [b(packetName(me, value)), `: ${packetKind(value).name}.`] : null,
  restartIce: (_, { me }) => [
    `${me} `,
    b('asks for new ways'),
    ': an ICE restart comes with the next offer.',
  ],
  close: (_, { me }) => [`${me} `, b('closed its connection'), '.'],
  ondatachannel: ({ value }, { me }) => [
    `${me} `,
    b(`sees ${channelWords(value.label)} “${value.label}”`),
    '.',
  ],
  ontrack: ({ value }, { me }) => [`${me} `, b(`is told of a track: ${value.kind}`), '.'],
  ':signal.sent': (event, { me, other }) => sent(event, me, other),
  ':signal.received': (event, { me, other, facts }) => received(withPayload(event, facts), me, other),
  ':signal.held': ({ value }, { me }) => [`${me}’s ${thing(value)} `, b('is held in the channel'), '.'],
  ':signal.released': ({ value }, { me, other }) => [
    b(`${me}’s ${thing(value)} is let go`),
    `, on its way to ${other}.`,
  ],
  ':signal.dropped': ({ value }, { me }) => [b(`${me}’s ${thing(value)} is lost`), ' in the channel.'],
  onicecandidate: (event, who) => gathered(event, who),
  onicecandidateerror: ({ value }, { me }) => [
    `${value.url} gave ${me} no address: `,
    b(`${value.errorCode} ${value.errorText}`.trim()),
    '.',
  ],
  onicegatheringstatechange: ({ value }, { me }) =>
    value === 'gathering' ? [`${me} `, b('starts to look for its addresses'), '.'] : null,
  oniceconnectionstatechange: (event, who) =>
    event.value === 'failed' ? gaveUp(event, who) : iceNews(event, who),
  onconnectionstatechange: (event, who) =>
    event.value === 'connected'
      ? [b(`${who.me} is connected`), ': a way works and it is encrypted.']
      : event.value === 'failed'
        ? gaveUp(event, who)
        : null,
  ':dtls.state': dtlsNews,
  ':ice.selected': (event, { me, facts }) =>
    isFirstChoice(event, facts)
      ? [b(`${me} chose its way`), `: ${chosenTypes(event, facts)}. An answer came back over it.`]
      : [b(`${me} changes to another way`), `: ${chosenTypes(event, facts)}.`],
  ':datachannel.state': ({ value }, { me }) =>
    value.state === 'open' || value.state === 'closed'
      ? [b(`${capital(channelWords(value.label))} is ${value.state}`), ` at ${me}.`]
      : null,
  ':data.sent': ({ value }, { me, other }) => [
    `${me} sends ${quoted(value)}: `,
    b(`it is on its way to ${other}`),
    '.',
  ],
  ':data.received': ({ value }, { me }) => [b(`${capital(quoted(value))} has reached ${me}`), '.'],
  getStats: (event, { me, facts }) => readingNews(event, me, facts),
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const quoted = ({ text, bytes }: { readonly text?: string; readonly bytes: number }): string =>
  text && text.length <= 24 ? `“${text}”` : `a message of ${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;

export function eventText(event: SessionEvent, facts: Facts): Rich | null {
  if (event.type.endsWith('OnFailure')) return refusal(event, facts);
  const teller = TELLERS[event.type] as Teller<EventType> | undefined;
  return teller?.(event as EventOf<EventType>, who(event, facts)) ?? null;
}

function who({ peer }: SessionEvent, facts: Facts): Who {
  const me = facts.peers.find(({ id }) => id === peer)?.label ?? peer;
  const other = facts.peers.find(({ id }) => id !== peer)?.label ?? 'the other end';
  return { me, other, facts };
}

function refusal(event: SessionEvent, facts: Facts): Rich {
  const { name } = readFailure(String(event.value));
  const call = event.type.replace('OnFailure', '');
  return [`${who(event, facts).me}’s browser `, b(`refuses ${call}`), `: ${name}.`];
}

type Letter = EventOf<':signal.sent'> | EventOf<':signal.received'>;

const nameOf = ({ value, id }: Letter): string =>
  messageName({ ...value, id, from: '', to: '', sentAt: null, receivedAt: null, correlation: null });

const thing = ({ kind }: { readonly kind: string }): string => (kind === 'candidate' ? 'address' : kind);

/** What came from the other device was recorded there without its words: they are those that were sent. */
function withPayload(event: EventOf<':signal.received'>, { messages }: Facts): EventOf<':signal.received'> {
  if (event.value.payload !== null || event.correlation === undefined) return event;
  const place = messages.findLastIndex(
    ({ correlation, to }) => correlation === event.correlation && to === event.peer,
  );
  return { ...event, value: { ...event.value, payload: messages.get(place)?.payload ?? null } };
}

const lineOf = ({ value }: Letter): string =>
  value.payload && 'candidate' in value.payload ? String(value.payload.candidate) : '';

function sent(event: Letter, me: string, other: string): Rich {
  const candidate = readCandidate(lineOf(event));
  if (candidate)
    return [
      `${me} `,
      b(`tells ${other} of an address`),
      `: ${TYPE_WORDS[candidate.type]}, port ${candidate.port}.`,
    ];
  const name = nameOf(event);
  if (name === NO_MORE) return [`${me} `, b(`tells ${other} that it has no more addresses`), '.'];
  return [`${me} `, b(`sends its ${name} to ${other}`), ' over the signalling channel.'];
}

function received(event: Letter, me: string, other: string): Rich {
  const candidate = readCandidate(lineOf(event));
  if (candidate)
    return [
      b(`${me} knows one more address of ${other}`),
      `: ${TYPE_WORDS[candidate.type]}, port ${candidate.port}.`,
    ];
  const name = nameOf(event);
  if (name === NO_MORE) return [b(`${me} knows that ${other} has no more addresses`), '.'];
  return [b(`${me} has ${other}’s ${name}`), '.'];
}

const allFound = (me: string, count: number): Rich =>
  count > 0
    ? [b(`${me} has found all its addresses`), '.']
    : [`${me} is done looking and `, b('found no address at all'), '.'];

function gathered({ peer, value }: EventOf<'onicecandidate'>, { me, facts }: Who): Rich | null {
  if (value === null) return allFound(me, facts.candidates[peer]?.local.length ?? 0);
  if (!value.candidate) return null;
  const candidate = readCandidate(value.candidate);
  if (!candidate) return null;
  const address = addressAndPort(candidate);
  if (candidate.type === 'relay') return [b(`TURN lends ${me} an address`), `: ${address}.`];
  if (candidate.type === 'srflx') return [b(`STUN tells ${me} how it is seen from outside`), `: ${address}.`];
  return [
    `${me} `,
    b('found an address of its own'),
    `: ${candidate.protocol.toUpperCase()} port ${candidate.port}.`,
  ];
}

const hasWorked = ({ states }: Facts, peer: string): boolean =>
  (states[peer]?.ice.history ?? []).some(({ state }) => state === 'connected' || state === 'completed');

function iceNews({ value, peer }: EventOf<'oniceconnectionstatechange'>, who: Who): Rich | null {
  const { me, other, facts } = who;
  switch (value) {
    case 'checking':
      return [`${me} `, b('starts to try the ways'), ', best first.'];
    case 'connected':
      return [
        b(`${me} has a way that works`),
        isUnheard(facts, peer)
          ? `: ${other} answers checks at once, before it has read what ${me} answered.`
          : ': an answer came back over it.',
      ];
    case 'completed':
      return [b(`${me} is done trying`), ': ICE is completed.'];
    case 'disconnected':
      return [
        b(`${me} ${hasWorked(facts, peer) ? 'gets no answers any more' : 'got no answer on any way'}`),
        '. It goes on asking.',
      ];
    default:
      return null;
  }
}

/** The other end offered and has set no answer yet: it answers checks all the same (RFC 8445, section 7.3). */
const isUnheard = ({ descriptions }: Facts, peer: string): boolean =>
  Object.entries(descriptions.byPeer).some(
    ([id, held]) => id !== peer && held.pendingLocal?.type === 'offer' && held.currentRemote === null,
  );

/** The second to give up tells of both. */
function gaveUp({ peer, at }: SessionEvent, { me, facts }: Who): Rich {
  const others = facts.peers.filter(({ id }) => id !== peer);
  const hasFailed = ({ id }: Facts['peers'][number]): boolean =>
    facts.states[id]?.connection.history.some((step) => step.state === 'failed' && step.at <= at) ?? false;
  const isLast = others.length === 1 && others.every(hasFailed);
  return [b(isLast ? 'Both gave up' : `${me} gave up`), ': no way works.'];
}

function dtlsNews({ value: state, peer }: EventOf<':dtls.state'>, { me, other, facts }: Who): Rich | null {
  const hasBegun = twoEnds(facts).some(
    (id) => id !== peer && (facts.states[id]?.dtls.history.length ?? 0) > 1,
  );
  if (state === 'connecting' && !hasBegun)
    return [`${me} `, b('is ready to agree on keys'), ', over the way that works (DTLS).'];
  if (state === 'connecting')
    return [`${me} and ${other} `, b('agree on keys'), ', over the way that works (DTLS).'];
  if (state === 'connected') return [b(`What ${me} sends is encrypted now`), ': the DTLS handshake is done.'];
  return state === 'failed' ? [b(`${me} and ${other} found no keys`), ': DTLS failed.'] : null;
}

const isFirstChoice = ({ at, peer }: SessionEvent, { pairs }: Facts): boolean =>
  (pairs[peer]?.selections[0]?.until ?? at) >= at;

/** `host to relay`, the event's own end first; a remote candidate may be nameless until it is signalled. */
function chosenTypes({ at, peer, value }: EventOf<':ice.selected'>, facts: Facts): string {
  const way = waysOf(facts).find(({ chosenAt }) => chosenAt === at);
  const types = way
    ? way.ends.map(({ type }) => type)
    : [value.local, value.remote].map((line) => readCandidate(line)?.type ?? 'host');
  const [own, other] = way && twoEnds(facts)[0] !== peer ? types.toReversed() : types;
  return `${TYPE_WORDS[own!]} to ${TYPE_WORDS[other!]}`;
}

/** `Host to relay`, as that end knows both candidates. */
function selectedTypes(facts: Facts, peer: string): string {
  const told = facts.pairs[peer]!;
  const pair = told.pairs.find(({ id }) => id === told.selectedId);
  const known = facts.candidates[peer];
  const local = known?.local.find(({ statsId }) => statsId === pair?.localId);
  const remote = known?.remote.find(({ statsId }) => statsId === pair?.remoteId);
  return local && remote ? capital(`${TYPE_WORDS[local.type]} to ${TYPE_WORDS[remote.type]}`) : 'A way';
}

/** The first check on a pair through the own NAT: what is sent out opens the door for its answer (RFC 4787, section 5). */
function knockNews(pairs: readonly Pair[], peer: string, at: number, facts: Facts, me: string): Rich | null {
  const begun = pairs.filter(({ activity }) => activity[0]?.until === at);
  const ways = begun.flatMap((pair) => waysOf(facts).find((way) => way.pairs.includes(pair)) ?? []);
  const side = twoEnds(facts)[0] === peer ? 0 : 1;
  const outward = ways.find(({ kind, ends }) => kind !== 'relay' && ends[1 - side]!.type !== 'host');
  if (!outward || natsOf(facts)[side].nat === null || outward.succeededAt !== null) return null;
  const { port } = outward.ends[1 - side]!;
  return [
    b(`${me} knocks at the door :${port}`),
    `: a connectivity check. From now on ${me}’s own NAT lets in what comes from there.`,
  ];
}

/** A reading tells something when it is the first to say so. */
function readingNews({ peer, at }: EventOf<'getStats'>, me: string, facts: Facts): Rich | null {
  const told = facts.pairs[peer];
  if (!told) return null;
  const last = told.selections.at(-1);
  if (last && !last.candidates && last.until === at)
    return [b(`${selectedTypes(facts, peer)} is chosen`), `, says ${me}’s getStats.`];
  const knock = knockNews(told.pairs, peer, at, facts, me);
  if (knock) return knock;
  const fresh = (state: string): boolean =>
    told.pairs.some(({ spans }) => spans.some((span) => span.state === state && span.from === at));
  if (fresh('succeeded')) return [`${me} has an answer, so `, b('that way is proven'), '.'];
  return fresh('failed') ? [`${me} asked long enough: `, b('one way has failed'), '.'] : null;
}
