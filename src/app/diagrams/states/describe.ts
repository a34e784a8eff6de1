import { MACHINES } from '../../../core/projections/machines.ts';
import type { View } from '../../../core/projections/view.ts';
import type { SessionEvent } from '../../../core/session/event.ts';
import type { Caption } from '../diagram.ts';
import { castOf } from '../parts/cast.ts';
import { awaited } from './awaited.ts';

/** Every state of every peer, in the words of the W3C interface. */
export function describe(view: View): string {
  const peers = castOf(view.whole).filter(({ id }) => view.facts.states[id]);
  if (peers.length === 0) return 'No connection exists yet: all five state machines wait for one.';
  return peers
    .map(({ id, letter }) => {
      const own = view.facts.states[id]!;
      return `${letter}: ${MACHINES.map((machine) => `${machine.title} ${own[machine.id].current}`).join(', ')}.`;
    })
    .join(' ');
}

/** The newest change of a state, and what is awaited now. */
export function caption(view: View): Caption {
  const change = lastChange(view);
  if (!change) {
    return Object.keys(view.facts.states).length === 0
      ? { text: ['Five machines keep the state of a connection, and ', { strong: 'none exists yet' }, '.'] }
      : {
          text: ['All five machines stand ', { strong: 'where a connection is born' }, '.'],
          next: nextWords(view),
        };
  }
  const { letter, title, state } = change;
  return { text: [`${letter}’s ${title} is now `, { strong: state }, '.'], next: nextWords(view) };
}

function nextWords(view: View): string {
  return `Signalling: ${awaited(view, 'signaling')}. ICE: ${awaited(view, 'ice')}.`;
}

interface Change {
  readonly letter: string;
  readonly title: string;
  readonly state: string;
}

const TITLES: Readonly<Record<string, string>> = {
  onsignalingstatechange: 'signalingState',
  onicegatheringstatechange: 'iceGatheringState',
  oniceconnectionstatechange: 'iceConnectionState',
  onconnectionstatechange: 'connectionState',
  ':dtls.state': 'RTCDtlsTransport.state',
};

function lastChange(view: View): Change | null {
  for (let at = view.index - 1; at >= 0; at--) {
    const change = changeBy(view.events[at]!);
    if (!change) continue;
    const letter = castOf(view.whole).find(({ id }) => id === view.events[at]!.peer)?.letter ?? '';
    return { letter, ...change };
  }
  return null;
}

function changeBy(event: SessionEvent): Omit<Change, 'letter'> | null {
  if (event.type === 'close') return { title: 'connectionState', state: 'closed' };
  const title = Object.hasOwn(TITLES, event.type) ? TITLES[event.type] : undefined;
  return title === undefined ? null : { title, state: String(event.value) };
}
