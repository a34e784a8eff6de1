import { hasArrived, isConnected, messages, notConnected } from '../../src/core/lessons/ask.ts';
import { defineLesson } from '../../src/core/lessons/lesson.ts';
import type { Facts } from '../../src/core/projections/index.ts';
import { ALL_SMOOTH, DIRECTIONS, MESSAGE_KINDS, pull } from '../../src/core/signalling/impairments.ts';

const TRIP = 500;
const SLOW = pull(ALL_SMOOTH, { directions: DIRECTIONS, kinds: MESSAGE_KINDS }, { delay: TRIP });

/** Nobody listens there: a question to it stays without an answer. */
const SILENT = 'stun:127.0.0.1:3998';

const isSlow = (facts: Facts): boolean =>
  messages(facts, 'answer').some(({ sentAt, receivedAt }) => (receivedAt ?? 0) - (sentAt ?? 0) >= TRIP);

/** When A opened the answer, in ms: what comes after is the same with and without trickle. */
const agreedAt = (facts: Facts): number => messages(facts, 'answer')[0]?.receivedAt ?? 0;

export default defineLesson({
  diagrams: ['ladder', 'gathering', 'paths', 'states'],
  steps: {
    notes: {
      run: { kind: 'connect' },
      stage: { show: ['ladder'] },
      check(facts) {
        if (!isConnected(facts)) return notConnected(facts);
        return hasArrived(facts, 'candidate') || 'No candidate has travelled alone yet. Press Connect again.';
      },
      solution: [{ press: 'Connect' }],
    },
    end: {
      stage: { show: ['ladder'], at: (facts) => messages(facts, 'offer').length > 0 },
      outcomes: { told: (facts) => (messages(facts, 'end').length > 0 ? 0 : 1) },
      check: (_, { atCursor }) =>
        hasArrived(atCursor, 'candidate') ||
        'At this moment no candidate has reached B yet. Press Step forward, and read the line below the picture.',
      solution: [{ stepUntil: (facts) => hasArrived(facts, 'candidate') }],
    },
    slow: {
      run: { kind: 'connect', impairments: SLOW },
      stage: { show: ['ladder'] },
      check: (facts) => (isConnected(facts) && isSlow(facts)) || notConnected(facts),
      solution: [{ press: 'Connect' }],
    },
    'slow-whole': {
      run: { kind: 'connect', impairments: SLOW, trickle: false },
      stage: { show: ['ladder'] },
      outcomes: { much: (facts) => (agreedAt(facts) < 4 * TRIP ? 0 : 1) },
      check: (facts) =>
        (isConnected(facts) && isSlow(facts) && messages(facts, 'candidate').length === 0) ||
        notConnected(facts),
      solution: [{ press: 'Connect' }],
    },
    silent: {
      run: { kind: 'recording', file: 'silent' },
      stage: {
        show: ['ladder'],
        at: (facts) => facts.candidates[facts.peers[0]?.id ?? '']?.local.length === 2,
      },
      check: (_, { atCursor }) =>
        messages(atCursor, 'offer').length > 0 ||
        'The offer has not left at this moment. Press Step forward, and watch the clock.',
      solution: [{ stepUntil: (facts) => messages(facts, 'offer').length > 0 }],
    },
    'silent-live': {
      run: { kind: 'connect', servers: SILENT },
      stage: { show: ['ladder', 'gathering'] },
      check: (facts) => isConnected(facts) || notConnected(facts),
      solution: [{ press: 'Connect' }],
    },
  },
});
