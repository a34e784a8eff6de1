import { gaveUp, hasArrived, isConnected, messages } from '../../src/core/lessons/ask.ts';
import { defineLesson } from '../../src/core/lessons/lesson.ts';
import type { Facts } from '../../src/core/projections/index.ts';
import { stateOf } from '../../src/core/projections/states.ts';
import { ALL_SMOOTH, DIRECTIONS, pull } from '../../src/core/signalling/impairments.ts';

const signaling = (facts: Facts, peer: 'A' | 'B'): string => stateOf(facts.states, peer, 'signaling');

/** The ways that have carried an offer there and an answer back, by the ids of their channels. */
function carriedBy(facts: Facts): ReadonlySet<string> {
  const came = (kind: 'offer' | 'answer') =>
    messages(facts, kind).flatMap(({ channel, receivedAt }) => (receivedAt === null ? [] : [channel]));
  const back = came('answer');
  return new Set(came('offer').filter((channel) => back.includes(channel)));
}

const isLost = (facts: Facts): boolean => messages(facts, 'answer').some(({ passage }) => passage?.dropped);
const wasLetGo = (facts: Facts): boolean =>
  messages(facts, 'answer').some(({ receivedAt, passage }) => receivedAt !== null && !passage?.dropped);

/** Each answer stops in the channel, until the learner lets it go or drops it. */
const HELD = pull(ALL_SMOOTH, { directions: DIRECTIONS, kinds: ['answer'] }, { hold: true });
const SERVED = ['websocket', 'sse', 'socket-io'] as const;

export default defineLesson({
  diagrams: ['ladder', 'states', 'descriptions', 'paths'],
  steps: {
    postman: {
      run: { kind: 'letters' },
      stage: { show: ['ladder'] },
      check(facts) {
        if (messages(facts, 'offer').length === 0)
          return 'There is no letter to carry yet. Press Write the offer.';
        if (!hasArrived(facts, 'offer'))
          return 'The offer is written, and B has not read it. Paste it into the box of B, and press Answer it.';
        return (
          messages(facts, 'answer').length > 0 ||
          'B is still writing its answer. Press Check again in a moment.'
        );
      },
      solution: [{ press: 'Write the offer' }, { carry: 'A' }, { press: 'Answer it' }],
      shows: { envelope: { show: ['ladder'], at: (facts) => hasArrived(facts, 'offer') } },
    },
    back: {
      stage: { show: ['ladder', 'paths'], at: 'end' },
      check(facts) {
        if (messages(facts, 'answer').length === 0)
          return 'There is no answer to carry. Press Write the offer, and let B answer it first.';
        if (!hasArrived(facts, 'answer'))
          return 'A has not read the answer. Paste the letter of B into the box of A, and press Set the answer.';
        if (gaveUp(facts))
          return 'The postman was slow, and B’s browser has given up. Press Begin again, and carry both letters within 5 seconds.';
        return isConnected(facts) || 'A knows all that it needs. Wait a moment, then press Check again.';
      },
      solution: [{ carry: 'B' }, { press: 'Set the answer' }],
      mistake: [{ press: 'Set the answer' }],
    },
    tabs: {
      run: { kind: 'carriers', carriers: ['tabs'] },
      stage: { show: ['ladder'] },
      outcomes: { more: (facts) => (facts.messages.length > 2 ? 1 : 0) },
      check: (facts) =>
        carriedBy(facts).size > 0 ||
        'No letter has gone there and back yet. Press Try it, and wait a moment.',
      solution: [{ press: 'Try it' }],
    },
    server: {
      run: { kind: 'carriers', carriers: SERVED, needs: 'rooms', recording: 'ways' },
      stage: { show: ['ladder'], at: 'end' },
      check(facts) {
        const ways = carriedBy(facts);
        const missing = SERVED.filter((way) => !ways.has(way)).length;
        if (ways.size === 0) return 'No letter has gone through the server yet. Press Try each.';
        return (
          missing === 0 || 'Not every way has carried its two letters yet. Wait, or press Try each again.'
        );
      },
      solution: [{ press: 'Try each' }],
    },
    lose: {
      run: { kind: 'by hand', impairments: HELD },
      stage: { show: ['ladder', 'states'] },
      check(facts) {
        if (signaling(facts, 'A') === 'stable' && messages(facts, 'offer').length === 0)
          return 'A has sent no offer yet. The first call is createDataChannel on A.';
        if (messages(facts, 'answer').length === 0)
          return 'B has sent no answer yet. Go on with the calls, the next one has a thick frame.';
        if (!isLost(facts)) return 'The answer was not lost. Press Drop, below the calls, or Start again.';
        return signaling(facts, 'A') === 'have-local-offer' || 'A has got an answer. Press Start again.';
      },
      solution: [
        { call: 'createDataChannel', on: 'A' },
        { call: 'createOffer', on: 'A' },
        { call: 'setLocalDescription', on: 'A' },
        { call: 'send', on: 'A' },
        { call: 'setRemoteDescription', on: 'B' },
        { call: 'createAnswer', on: 'B' },
        { call: 'setLocalDescription', on: 'B' },
        { call: 'send', on: 'B' },
        { press: 'Drop: answer of B' },
      ],
      mistake: [{ call: 'createAnswer', on: 'B' }],
    },
    mend: {
      stage: { show: ['ladder', 'states'], at: 'end' },
      check(facts) {
        if (!isLost(facts)) return 'Nothing is lost here yet. Go back one step, and lose the answer first.';
        if (messages(facts, 'answer').length < 2)
          return 'B has not sent its answer again. Press send answer on B.';
        if (!wasLetGo(facts)) return 'The answer lies in the channel. Press Let go, below the calls.';
        if (signaling(facts, 'A') !== 'stable')
          return 'The answer is there, and A has not opened it. Press setRemoteDescription on A.';
        // Where B’s browser gave up meanwhile, the talk is settled all the same.
        if (gaveUp(facts)) return true;
        return isConnected(facts) || 'Press addIceCandidate on A and on B, and wait a moment.';
      },
      solution: [
        { call: 'send', on: 'B' },
        { press: 'Let go: answer of B' },
        { call: 'setRemoteDescription', on: 'A' },
        { call: 'addIceCandidate', on: 'A' },
        { call: 'addIceCandidate', on: 'B' },
      ],
      mistake: [{ call: 'createAnswer', on: 'B' }],
    },
  },
});
