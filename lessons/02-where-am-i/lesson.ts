import { localCandidates } from '../../src/core/lessons/ask.ts';
import { defineLesson } from '../../src/core/lessons/lesson.ts';
import type { Candidate } from '../../src/core/projections/candidates.ts';
import type { Facts } from '../../src/core/projections/index.ts';
import { stateOf } from '../../src/core/projections/states.ts';

const find = (facts: Facts, peer: string, type: Candidate['type']): Candidate | undefined =>
  localCandidates(facts, peer).find((one) => one.type === type && one.protocol === 'udp');
const addressOf = (facts: Facts, peer: string, type: Candidate['type']): string =>
  find(facts, peer, type)?.address ?? '';

/** The address in what was typed: a port behind it does no harm. */
const typed = (answer: string | undefined): string => /\d+(?:\.\d+){3}/.exec(answer ?? '')?.[0] ?? '';

const NO_ADDRESS = 'The field needs four numbers with points between them, as in 192.0.2.7.';
const NOT_OPEN = 'The recording is not open yet. Wait a moment, then press Check again.';

const connection = (facts: Facts, peer: string): string => stateOf(facts.states, peer, 'connection');
/** How often A knocked, as its browser counts it. */
const knocks = (facts: Facts): number =>
  Math.max(0, ...(facts.pairs['A']?.pairs ?? []).map(({ requestsSent }) => requestsSent));
const knowsOfA = (facts: Facts): boolean => (facts.candidates['B']?.remote.length ?? 0) > 0;
const hasBoth = (type: Candidate['type']) => (facts: Facts) =>
  ['A', 'B'].every((peer) => find(facts, peer, type) !== undefined);

const isDropped = (facts: Facts): boolean => knocks(facts) >= 10 && !knowsOfA(facts);
/** The last reading before B hears of A. */
const isDroppedForLong = (facts: Facts): boolean => knocks(facts) >= 35 && !knowsOfA(facts);

export default defineLesson({
  diagrams: ['paths', 'pairs', 'ladder'],
  steps: {
    room: {
      run: { kind: 'recording', file: 'own-addresses' },
      stage: { show: ['paths'], at: hasBoth('host') },
      check(facts, { answers }) {
        const [inside, other] = [addressOf(facts, 'A', 'host'), addressOf(facts, 'B', 'host')];
        if (inside === '') return NOT_OPEN;
        const address = typed(answers['inside']);
        if (address === '') return NO_ADDRESS;
        if (address === other) return `${other} is the room of B. Look at the box with the black A.`;
        return address === inside || `${address} is not there. Look at the box with the black A.`;
      },
      solution: [{ type: (facts) => addressOf(facts, 'A', 'host'), into: 'inside' }],
      mistake: [{ type: '10.2.0.2', into: 'inside' }],
    },
    call: {
      stage: { show: ['paths'], at: (facts) => connection(facts, 'A') === 'connecting' },
      check(_facts, { atCursor }) {
        if (atCursor.peers.length === 0) return NOT_OPEN;
        return (
          connection(atCursor, 'A') === 'failed' ||
          'At this moment A still tries. Press Step forward until it gives up.'
        );
      },
      solution: [{ stepUntil: (facts) => connection(facts, 'A') === 'failed' }],
    },
    reception: {
      run: { kind: 'recording', file: 'outside-addresses' },
      stage: { show: ['paths'], at: (facts) => find(facts, 'B', 'host') !== undefined },
      check(facts, { atCursor, answers }) {
        const outside = addressOf(facts, 'B', 'srflx');
        if (outside === '') return NOT_OPEN;
        if (!hasBoth('srflx')(atCursor))
          return 'At this moment the two diamonds are not there yet. Press Step forward until both are.';
        const address = typed(answers['outside']);
        if (address === '') return NO_ADDRESS;
        if (address === addressOf(facts, 'B', 'host'))
          return `${address} is the room of B. Its outside address stands at the blue diamond near it.`;
        if (address === addressOf(facts, 'A', 'srflx'))
          return `${address} is the reception of A. Look at the blue diamond near B.`;
        return address === outside || `${address} is not there. Look at the blue diamond near B.`;
      },
      solution: [
        { type: (facts) => addressOf(facts, 'B', 'srflx'), into: 'outside' },
        { stepUntil: hasBoth('srflx') },
      ],
      mistake: [{ type: '10.2.0.2', into: 'outside' }],
    },
    knock: {
      stage: { show: ['paths'], at: hasBoth('srflx') },
      shows: { count: { show: ['pairs'], at: isDroppedForLong } },
      check(_facts, { atCursor }) {
        if (atCursor.peers.length === 0) return NOT_OPEN;
        if (knowsOfA(atCursor))
          return 'That is too far: B has heard of A already. Press Step back until it has not.';
        return (
          isDropped(atCursor) || 'A has hardly knocked yet. Press Step forward until A’s address is let go.'
        );
      },
      solution: [{ stepUntil: isDropped }],
    },
    open: {
      stage: { show: ['paths'], at: isDroppedForLong },
      check(_facts, { atCursor }) {
        if (atCursor.peers.length === 0) return NOT_OPEN;
        const up = ['A', 'B'].every((peer) => connection(atCursor, peer) === 'connected');
        return up || 'At this moment they are not connected. Press Step forward until both are.';
      },
      solution: [{ stepUntil: (facts) => connection(facts, 'B') === 'connected' }],
    },
  },
});
