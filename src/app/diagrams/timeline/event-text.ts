import { readCandidate } from '../../../core/projections/candidates.ts';
import type { Peer } from '../../../core/projections/peers.ts';
import type { View } from '../../../core/projections/view.ts';
import { CALLS, type SessionEvent, readFailure } from '../../../core/session/event.ts';
import { isMoment } from '../../../core/session/moments.ts';
import type { Caption, Rich } from '../diagram.ts';
import { channelWords } from '../parts/channel-words.ts';
import { clockText, clockTotal, unitOf } from './units.ts';

/** The last event before the cursor, and the first after it, in one sentence each. */
export function caption(view: View): Caption {
  const unit = unitOf(view.events);
  const last = lastMoment(view);
  const next = nextMoment(view);
  if (!last)
    return { text: ['Everything that happens will stand here, ', { strong: 'both ends on one clock' }, '.'] };
  const text: Rich = [`At ${clockText(last.at, unit)}: `, ...sentence(last, view.whole.peers), '.'];
  if (!next) return { text };
  return { text, next: `Next, at ${clockText(next.at, unit)}: ${plain(sentence(next, view.whole.peers))}.` };
}

/** Sessions are long: only the events around the cursor are looked at. */
function lastMoment({ events, index }: View): SessionEvent | undefined {
  for (let place = index - 1; place >= 0; place--) if (isMoment(events[place]!)) return events[place];
  return undefined;
}

function nextMoment({ events, index }: View): SessionEvent | undefined {
  for (let place = index; place < events.length; place++) if (isMoment(events[place]!)) return events[place];
  return undefined;
}

/** What a slider says of its place: `31.0 ms of 44.0: A sends its offer to B`. */
export function placeInWords(view: View): string {
  const unit = unitOf(view.events);
  const last = lastMoment(view);
  const total = view.events.at(-1)?.at ?? 0;
  const place = `${clockText(view.time, unit)} of ${clockTotal(total, unit)}`;
  return last ? `${place}: ${plain(sentence(last, view.whole.peers))}` : place;
}

export const plain = (text: Rich): string =>
  text.map((part) => (typeof part === 'string' ? part : part.strong)).join('');

const calls: ReadonlySet<string> = new Set(CALLS);

/** An event in words, its news strong. Names of calls and states are the machine's own. */
export function sentence(event: SessionEvent, peers: readonly Peer[]): Rich {
  const label = (peer: string): string => peers.find(({ id }) => id === peer)?.label ?? (peer || 'Somebody');
  const who = label(event.peer);
  const [name, outcome] = event.type.split(/On(?=Success$|Failure$)/) as [string, string?];
  if (outcome === 'Success') return [`${who}’s `, { strong: `${name} is done` }];
  if (outcome === 'Failure')
    return [
      'The browser ',
      { strong: `refuses ${who}’s ${name}` },
      `: ${readFailure(String(event.value)).name}`,
    ];
  if (calls.has(event.type)) return [`${who} calls `, { strong: event.type }];
  return told(event, who, label);
}

function told(event: SessionEvent, who: string, label: (peer: string) => string): Rich {
  switch (event.type) {
    case ':session':
      return ['The recording ', { strong: 'begins' }];
    case ':peer':
      return [`${who} is in `, { strong: event.value.place }];
    case 'onnegotiationneeded':
      return [`${who} is told that `, { strong: 'negotiation is needed' }];
    case 'ondatachannel':
      return [`${who} is told of `, { strong: `${channelWords(event.value.label)} ${event.value.label}` }];
    case 'ontrack':
      return [`${who} is told of `, { strong: `a track of ${event.value.kind}` }];
    case 'create':
      return [`${who} is `, { strong: 'made' }];
    case 'onicecandidate':
      return event.value?.candidate
        ? [`${who} finds `, { strong: candidateWords(event.value.candidate) }]
        : [`${who} has found `, { strong: 'all its candidates' }];
    case 'onicecandidateerror':
      return [
        'A server ',
        { strong: `did not serve ${who}` },
        `: ${event.value.errorCode} from ${event.value.url}`,
      ];
    case 'onsignalingstatechange':
      return stateWords(who, 'signalingState', event.value);
    case 'onicegatheringstatechange':
      return stateWords(who, 'iceGatheringState', event.value);
    case 'oniceconnectionstatechange':
      return stateWords(who, 'iceConnectionState', event.value);
    case 'onconnectionstatechange':
      return stateWords(who, 'connectionState', event.value);
    case ':ice.selected':
      return [`${who} selects `, { strong: 'its pair of candidates' }];
    case ':dtls.state':
      return stateWords(who, 'DTLS', event.value);
    case ':signal.sent':
      return [`${who} sends `, { strong: messageWords(event.value.kind) }, ` to ${label(event.value.to)}`];
    case ':signal.received':
      return [{ strong: messageWords(event.value.kind) }, ` from ${label(event.value.from)} reaches ${who}`];
    case ':datachannel.state':
      return [`${who}’s end of ${channelWords(event.value.label)} is `, { strong: event.value.state }];
    case ':data.sent':
      return [`${who} sends `, { strong: `${event.value.bytes} bytes` }, ' over the data channel'];
    case ':data.received':
      return [{ strong: `${event.value.bytes} bytes` }, ` reach ${who} over the data channel`];
    default:
      return [
        `${who}: `,
        { strong: event.type === ':unknown' ? event.value.method : event.type.replace(/^:/, '') },
      ];
  }
}

const stateWords = (who: string, machine: string, state: string): Rich => [
  `${who}’s ${machine} is `,
  { strong: state },
];

const messageWords = (kind: string): string =>
  kind === 'end' ? 'the end of candidates' : /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`;

function candidateWords(line: string): string {
  const candidate = readCandidate(line);
  return candidate ? `a ${candidate.type} candidate, port ${candidate.port}` : 'a candidate';
}
