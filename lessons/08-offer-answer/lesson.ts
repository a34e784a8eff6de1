import { gaveUp, isConnected } from '../../src/core/lessons/ask.ts';
import { defineLesson } from '../../src/core/lessons/lesson.ts';
import type { Call } from '../../src/core/projections/calls.ts';
import type { Facts } from '../../src/core/projections/index.ts';
import { stateOf } from '../../src/core/projections/states.ts';

const signaling = (facts: Facts, peer: 'A' | 'B'): string => stateOf(facts.states, peer, 'signaling');
const calls = (facts: Facts, peer: 'A' | 'B', name: Call['name']): readonly Call[] =>
  facts.calls.toArray().filter((call) => call.peer === peer && call.name === name);
const isDone = (facts: Facts, peer: 'A' | 'B', name: Call['name']): boolean =>
  calls(facts, peer, name).some(({ outcome }) => outcome === 'resolved');
const isAnswered = (facts: Facts): boolean => facts.descriptions.exchanges.last?.outcome === 'answered';

/** Whether the offer that A has set was written before A had anything to offer: it has no section then. */
const isEmpty = (facts: Facts): boolean => {
  const own = facts.descriptions.byPeer['A'];
  const offer = own?.pendingLocal ?? own?.currentLocal;
  return offer != null && !/^m=/m.test(offer.sdp);
};
const EMPTY =
  'A wrote its offer before it had a data channel, so nothing is in it. Press createOffer and setLocalDescription on A once more.';

/** Whether the newest try was refused while B had nothing to answer. */
const wasRefused = (facts: Facts): boolean =>
  calls(facts, 'B', 'createAnswer').at(-1)?.outcome === 'rejected';

const SHOW = ['ladder', 'states'] as const;

export default defineLesson({
  diagrams: ['ladder', 'states', 'descriptions', 'paths'],
  steps: {
    break: {
      run: { kind: 'by hand', program: true },
      stage: { show: SHOW },
      check(facts) {
        if (calls(facts, 'B', 'createAnswer').length === 0)
          return 'B was not asked yet. Press createAnswer in the column of B.';
        return wasRefused(facts) || 'B took that call. Press Start again, and begin with createAnswer on B.';
      },
      solution: [{ call: 'createAnswer', on: 'B' }],
      mistake: [{ call: 'createAnswer', on: 'A' }],
    },
    propose: {
      stage: { show: SHOW, at: 'end' },
      check(facts) {
        if (!isDone(facts, 'A', 'createDataChannel'))
          return 'A has nothing to talk about yet. Press createDataChannel on A.';
        if (!isDone(facts, 'A', 'createOffer')) return 'A has written no offer yet. Press createOffer on A.';
        if (signaling(facts, 'A') === 'stable')
          return 'A has an offer in its hands, and has not set it. Press setLocalDescription on A.';
        if (isEmpty(facts)) return EMPTY;
        return (
          signaling(facts, 'A') === 'have-local-offer' ||
          `A is at ${signaling(facts, 'A')}. Press Start again.`
        );
      },
      solution: [
        { call: 'createDataChannel', on: 'A' },
        { call: 'createOffer', on: 'A' },
        { call: 'setLocalDescription', on: 'A' },
      ],
      mistake: [
        { call: 'createOffer', on: 'A' },
        { call: 'setLocalDescription', on: 'A' },
        { call: 'createDataChannel', on: 'A' },
      ],
    },
    carry: {
      stage: { show: SHOW, at: 'end' },
      check(facts) {
        if (isEmpty(facts)) return EMPTY;
        if (facts.messages.length === 0) return 'The offer is still with A. Press send offer on A.';
        if (signaling(facts, 'B') === 'have-remote-offer') return true;
        return 'B has the letter, and has not opened it. Press setRemoteDescription on B.';
      },
      solution: [
        { call: 'send', on: 'A' },
        { call: 'setRemoteDescription', on: 'B' },
      ],
      mistake: [{ call: 'setRemoteDescription', on: 'B' }],
    },
    agree: {
      stage: { show: SHOW, at: 'end' },
      check(facts) {
        if (!isDone(facts, 'B', 'createAnswer'))
          return 'B has written no answer yet. Press createAnswer on B.';
        if (signaling(facts, 'B') !== 'stable')
          return 'B has an answer in its hands, and has not set it. Press setLocalDescription on B.';
        const sent = facts.messages.toArray().some(({ kind }) => kind === 'answer');
        return sent || 'The answer is still with B. Press send answer on B.';
      },
      solution: [
        { call: 'createAnswer', on: 'B' },
        { call: 'setLocalDescription', on: 'B' },
        { call: 'send', on: 'B' },
      ],
      mistake: [{ call: 'createOffer', on: 'B' }],
    },
    know: {
      stage: { show: SHOW, at: 'end' },
      check(facts) {
        if (gaveUp(facts))
          return 'B has knocked for a while, and its browser has given up. Press Start again, and make the same calls quickly: from B’s answer to A in 5 seconds.';
        if (signaling(facts, 'A') !== 'stable' || !isAnswered(facts))
          return 'A has not opened the answer. Press setRemoteDescription on A.';
        return (
          isConnected(facts) ||
          'They know what to say, and not yet where. Press addIceCandidate on A and on B, and wait a moment.'
        );
      },
      solution: [
        { call: 'setRemoteDescription', on: 'A' },
        { call: 'addIceCandidate', on: 'A' },
        { call: 'addIceCandidate', on: 'B' },
      ],
      mistake: [{ call: 'createAnswer', on: 'A' }],
    },
    twice: {
      stage: { show: SHOW, at: 'end' },
      check(facts) {
        if (!isAnswered(facts))
          return 'B has not answered once yet. Go back, and finish the steps before this.';
        return wasRefused(facts) || 'B was not asked again. Press createAnswer on B.';
      },
      solution: [{ call: 'createAnswer', on: 'B' }],
    },
  },
});
