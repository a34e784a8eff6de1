/** A negotiation in words. A is who made the offer, B who answers. */
import type { Negotiation, NegotiatedSection, PredictedError, SideFacts } from '../../core/sdp/negotiate.ts';
import { shown } from '../format/shown.ts';

/** A row of the table: a fact and, smaller, what belongs to it. */
export interface Cell {
  readonly main: string;
  readonly more: string;
}

export interface Row {
  readonly section: Cell;
  readonly offered: Cell;
  readonly answered: Cell;
  readonly agreed: Cell;
  readonly rejected: boolean;
}

const NOTHING: Cell = { main: 'nothing', more: '' };
const MANY = 6;

/** `most`: rows, the sections first. */
export function rowsOf(negotiation: Negotiation, most = Infinity): readonly Row[] {
  const sections = negotiation.sections.slice(0, most).map(sectionRow);
  const transports = negotiation.bundle.slice(0, most - sections.length);
  return [...sections, ...transports.map((mids) => transportRow(mids, negotiation))];
}

function sectionRow(section: NegotiatedSection): Row {
  return {
    section: {
      main: shown(section.kind, 24),
      more: section.mid === null ? 'no mid' : `mid ${shown(section.mid, 24)}`,
    },
    offered: sideCell(section.offered, section.kind),
    answered: sideCell(section.answered, section.kind),
    agreed: agreedCell(section),
    rejected: section.rejected,
  };
}

function sideCell(side: SideFacts | null, kind: string): Cell {
  if (side === null) return NOTHING;
  const more = side.port === 0 ? `${side.direction}, port 0` : side.direction;
  if (kind === 'application') return { main: list(side.codecs.map(formatInWords)), more };
  const codecs = side.codecs.map((codec) => codec.replace(/^(\S+) (.*)\/\d+$/, '$2 $1'));
  return { main: list(codecs) || 'no codec', more };
}

const formatInWords = (format: string): string =>
  format === 'webrtc-datachannel' ? 'data channels' : shown(format, 40);

function list(words: readonly string[]): string {
  const rest = words.length - MANY;
  const first = words.slice(0, rest > 1 ? MANY : words.length).map((word) => shown(word, 40));
  return `${first.join(', ')}${rest > 1 ? ` and ${rest} more` : ''}`;
}

const DIRECTIONS = {
  sendrecv: 'both ways',
  sendonly: 'A sends to B',
  recvonly: 'B sends to A',
  inactive: 'nobody sends',
};

function agreedCell({ agreed, reason, kind, offered, answered }: NegotiatedSection): Cell {
  if (agreed === null) return { main: 'rejected', more: reason ?? '' };
  if (kind === 'application')
    return { main: 'data channels both ways', more: agreed.setup.answerer === null ? 'no DTLS role' : '' };
  const taken = new Set(agreed.codecs.map(({ offererPayload }) => `${offererPayload}`));
  const left = (offered?.codecs ?? []).filter((codec) => !taken.has(codec.split(' ', 1)[0]!));
  const [names, leftNames] = told(
    agreed.codecs.map(({ name, offererPayload }) => ({ name, payload: `${offererPayload}` })),
    left.map((codec) => ({ name: nameOf(codec), payload: codec.split(' ', 1)[0]! })),
  );
  const facts = [
    ...(left.length === 0 ? [] : [`not taken: ${list(leftNames)}`]),
    ...mappings(agreed.codecs),
    ...extensions(agreed.extensions.length, answered),
  ];
  return {
    main: `${list(names) || 'no codec'}, ${DIRECTIONS[agreed.direction]}`,
    more: facts.join('; '),
  };
}

interface Named {
  readonly name: string;
  readonly payload: string;
}

/** Names of what was taken and what was not, each once; with the payload type where one name is among both. */
function told(taken: readonly Named[], left: readonly Named[]): readonly [string[], string[]] {
  const words = (codecs: readonly Named[], others: readonly Named[]): string[] => {
    const among = new Set(others.map(({ name }) => name));
    return [...new Set(codecs.map(({ name, payload }) => (among.has(name) ? `${name} ${payload}` : name)))];
  };
  return [words(taken, left), words(left, taken)];
}

const nameOf = (codec: string): string => codec.replace(/^\S+ (.*)\/\d+$/, '$1');

const mappings = (codecs: NonNullable<NegotiatedSection['agreed']>['codecs']): readonly string[] =>
  codecs
    .filter(({ offererPayload, answererPayload }) => offererPayload !== answererPayload)
    .map(
      ({ name, offererPayload, answererPayload }) =>
        `${name} is ${offererPayload} at A and ${answererPayload} at B`,
    )
    .slice(0, 3);

const extensions = (count: number, answered: SideFacts | null): readonly string[] =>
  answered === null || count === 0 ? [] : [`${count} header extension${count === 1 ? '' : 's'}`];

function transportRow(mids: readonly string[], { sections }: Negotiation): Row {
  const first = sections.find(({ mid }) => mid === mids[0]);
  const role = first?.agreed?.setup.answerer ?? null;
  const who = role === null ? 'no DTLS role' : role === 'active' ? 'B starts DTLS' : 'A starts DTLS';
  return {
    section: { main: 'transport', more: list(mids) },
    offered: setupCell(first?.offered ?? null),
    answered: setupCell(first?.answered ?? null),
    agreed: { main: `${mids.length > 1 ? 'one for all' : 'its own'}, ${who}`, more: '' },
    rejected: false,
  };
}

const setupCell = (side: SideFacts | null): Cell =>
  side === null
    ? NOTHING
    : { main: side.setup === null ? 'no setup' : `DTLS ${shown(side.setup, 20)}`, more: '' };

const CALLS: Readonly<Record<PredictedError['call'], string>> = {
  'answerer.setRemoteDescription': 'B: setRemoteDescription(offer)',
  'answerer.createAnswer': 'B: createAnswer()',
  'answerer.setLocalDescription': 'B: setLocalDescription(answer)',
  'offerer.setRemoteDescription': 'A: setRemoteDescription(answer)',
};

/** `Chromium` · `B: setRemoteDescription(offer)` · which line of what. */
export function refusalInWords({ browser, call, line }: PredictedError) {
  const text = call === 'offerer.setRemoteDescription' ? 'answer' : 'offer';
  return {
    browser: browser === 'chromium' ? 'Chromium' : 'Firefox',
    call: CALLS[call],
    where: line === undefined ? '' : ` (line ${line} of the ${text})`,
  };
}
