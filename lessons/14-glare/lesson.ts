import { gaveUp, messages } from '../../src/core/lessons/ask.ts';
import { turnedOf } from '../../src/core/lessons/board.ts';
import { type Polite, defineLesson } from '../../src/core/lessons/lesson.ts';
import type { Call } from '../../src/core/projections/calls.ts';
import type { Facts } from '../../src/core/projections/index.ts';
import { stateOf } from '../../src/core/projections/states.ts';
import { ALL_SMOOTH, DIRECTIONS, pull } from '../../src/core/signalling/impairments.ts';

const PEERS = ['A', 'B'] as const;
type Peer = (typeof PEERS)[number];

const signaling = (facts: Facts, peer: Peer): string => stateOf(facts.states, peer, 'signaling');
const bothAre = (facts: Facts, state: string): boolean =>
  PEERS.every((peer) => signaling(facts, peer) === state);
const calls = (facts: Facts, peer: Peer, name: Call['name']): readonly Call[] =>
  facts.calls.toArray().filter((call) => call.peer === peer && call.name === name);
const hasSent = (facts: Facts, peer: Peer, kind: 'offer' | 'answer'): boolean =>
  messages(facts, kind).some(({ from }) => from === peer);
/** Whether it has opened the other’s offer. */
const hasOpened = (facts: Facts, peer: Peer): boolean =>
  calls(facts, peer, 'setRemoteDescription').some(
    ({ detail, outcome }) => detail === 'offer' && outcome === 'resolved',
  );
/** Both channels are open at both ends: the connection carries what either wanted. */
const isConnected = (facts: Facts): boolean =>
  PEERS.every((peer) => stateOf(facts.states, peer, 'connection') === 'connected');
/** The answers that were refused, since their readers waited for none. */
const refused = (facts: Facts): readonly Call[] =>
  PEERS.flatMap((peer) => calls(facts, peer, 'setRemoteDescription')).filter(
    ({ detail, outcome }) => detail === 'answer' && outcome === 'rejected',
  );
const bothOffered = (facts: Facts): boolean => PEERS.every((peer) => hasSent(facts, peer, 'offer'));

const OFFERING = ['createDataChannel', 'setLocalDescription', 'send'] as const;
/** Each offer is on its way for a while, so that the two meet. */
const SLOW = pull(ALL_SMOOTH, { directions: DIRECTIONS, kinds: ['offer'] }, { delay: 60 });
const POLITE = {
  kind: 'choose',
  id: 'polite',
  label: 'Polite',
  options: { both: 'both', A: 'A', B: 'B', nobody: 'nobody' } satisfies Record<Polite, string>,
} as const;
const AGAIN = 'Press Start again: then both have offered once more.';

export default defineLesson({
  diagrams: ['ladder', 'states', 'descriptions', 'paths'],
  steps: {
    collide: {
      run: { kind: 'by hand', bothOffer: true, calls: [...OFFERING, 'setRemoteDescription'] },
      stage: { show: ['ladder', 'states'] },
      check(facts) {
        for (const peer of PEERS) {
          if (hasOpened(facts, peer))
            return `${peer} has opened the other’s offer already. Press Start again, and let both offer first.`;
          if (calls(facts, peer, 'createDataChannel').length === 0)
            return `${peer} has nothing to talk about yet. Press createDataChannel on ${peer}.`;
          if (signaling(facts, peer) !== 'have-local-offer')
            return `${peer} has not made its offer yet. Press setLocalDescription on ${peer}.`;
          if (!hasSent(facts, peer, 'offer'))
            return `The offer of ${peer} is still with ${peer}. Press send offer on ${peer}.`;
        }
        return true;
      },
      solution: PEERS.flatMap((on) => OFFERING.map((call) => ({ call, on }))),
      mistake: OFFERING.map((call) => ({ call, on: 'A' })),
    },
    yield: {
      stage: { show: ['ladder', 'states'], at: 'end' },
      check(facts) {
        for (const peer of PEERS)
          if (!hasOpened(facts, peer))
            return `${peer} has not opened the offer that it was sent. Press setRemoteDescription on ${peer}.`;
        for (const peer of PEERS) {
          if (signaling(facts, peer) === 'have-remote-offer')
            return `${peer} owes an answer. Press setLocalDescription on ${peer}, and send answer.`;
          if (!hasSent(facts, peer, 'answer'))
            return `The answer of ${peer} is still with ${peer}. Press send answer on ${peer}.`;
        }
        return (
          refused(facts).length > 0 ||
          'Two answers have come, and nobody has opened one. Press setRemoteDescription on A.'
        );
      },
      solution: [
        { call: 'setRemoteDescription', on: 'A' },
        { call: 'setRemoteDescription', on: 'B' },
        { call: 'setLocalDescription', on: 'A' },
        { call: 'send', on: 'A' },
        { call: 'setLocalDescription', on: 'B' },
        { call: 'send', on: 'B' },
        { call: 'setRemoteDescription', on: 'A' },
      ],
      mistake: [{ call: 'setRemoteDescription', on: 'A' }],
    },
    'give-way': {
      run: {
        kind: 'by hand',
        bothOffer: true,
        calls: ['rollback', 'setRemoteDescription', 'setLocalDescription', 'send', 'addIceCandidate'],
        done: PEERS.flatMap((on) => OFFERING.map((call) => ({ call, on }))),
      },
      stage: { show: ['ladder', 'states'] },
      check(facts) {
        if (!bothOffered(facts)) return `Two offers are needed here. ${AGAIN}`;
        if (hasOpened(facts, 'A')) return `A shall stand by its offer, and it has opened B’s. ${AGAIN}`;
        if (!hasOpened(facts, 'B')) {
          return signaling(facts, 'B') === 'stable'
            ? 'B has nothing in its way now. Press setRemoteDescription on B, to open A’s offer.'
            : 'B still holds to its own offer. Press rollback on B.';
        }
        if (!hasSent(facts, 'B', 'answer'))
          return 'B owes an answer. Press setLocalDescription on B, and send answer.';
        if (signaling(facts, 'A') !== 'stable')
          return 'The answer is there, and A has not opened it. Press setRemoteDescription on A.';
        if (gaveUp(facts)) return `That took more than 5 seconds, and a browser has given up. ${AGAIN}`;
        return (
          isConnected(facts) ||
          'They agree now. Press addIceCandidate on A and on B, wait a moment, and press both once more if need be.'
        );
      },
      solution: [
        { call: 'rollback', on: 'B' },
        { call: 'setRemoteDescription', on: 'B' },
        { call: 'setLocalDescription', on: 'B' },
        { call: 'send', on: 'B' },
        { call: 'setRemoteDescription', on: 'A' },
        { call: 'addIceCandidate', on: 'A' },
        { call: 'addIceCandidate', on: 'B' },
      ],
    },
    stubborn: {
      run: { kind: 'both offer', polite: 'nobody', impairments: SLOW },
      stage: { show: ['ladder', 'states'], at: 'end' },
      check(facts) {
        if (facts.peers.length === 0) return 'Nobody has offered yet. Press Both offer at once.';
        const came = messages(facts, 'offer').filter(({ receivedAt }) => receivedAt !== null).length;
        return (
          (came === 2 && bothAre(facts, 'have-local-offer')) || 'The offers are on their way. Wait a moment.'
        );
      },
      solution: [{ press: 'Both offer at once' }],
    },
    mend: {
      run: { kind: 'both offer', dials: [POLITE], impairments: SLOW },
      stage: { show: ['ladder', 'states'], at: 'end' },
      check(facts, { answers }) {
        const { polite } = turnedOf([POLITE], answers);
        if (facts.peers.length === 0) return 'Choose who is polite, and press Both offer at once.';
        if (isConnected(facts)) return true;
        if (refused(facts).length > 0)
          return 'Both have given way, and both answers were refused. Choose again, and press Both offer at once.';
        if (bothAre(facts, 'have-local-offer') && polite === 'nobody')
          return 'Nobody gives way, and each waits. Choose again, and press Both offer at once.';
        return 'They are not connected yet. Wait a moment; or choose again, and press Both offer at once.';
      },
      solution: [{ turn: 'polite', to: 'B' }, { press: 'Both offer at once' }],
      mistake: [{ turn: 'polite', to: 'both' }, { press: 'Both offer at once' }],
    },
  },
});
