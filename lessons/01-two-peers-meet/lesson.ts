import { hasArrived, isClosed, isConnected, notConnected } from '../../src/core/lessons/ask.ts';
import { defineLesson } from '../../src/core/lessons/lesson.ts';
import type { Facts } from '../../src/core/projections/index.ts';

const openedAt = ({ data }: Facts): number =>
  Math.max(...data.channels.map((channel) => channel.openedAt ?? 0));
const words = ({ data }: Facts) => data.messages.toArray().filter(({ text }) => text !== null);

export default defineLesson({
  diagrams: ['paths', 'ladder', 'states'],
  steps: {
    connect: {
      run: { kind: 'connect' },
      stage: { show: ['paths'] },
      outcomes: {
        'how-long': (facts) => (openedAt(facts) < 1000 ? 0 : openedAt(facts) < 8000 ? 1 : 2),
      },
      check: (facts) => isConnected(facts) || notConnected(facts),
      solution: [{ press: 'Connect' }],
    },
    letters: {
      stage: { show: ['paths'], at: 'start' },
      check(_facts, { atCursor }) {
        if (!hasArrived(atCursor, 'offer'))
          return 'At this moment B has no letter yet. Press Step forward until the offer has reached B.';
        return (
          !hasArrived(atCursor, 'answer') ||
          'That is a little too far: the answer is back at A already. Press Step back until only the offer is over.'
        );
      },
      solution: [{ stepUntil: (facts) => hasArrived(facts, 'offer') }],
    },
    say: {
      stage: { show: ['paths'], at: 'end' },
      shows: { talk: { show: ['ladder'], at: 'end' } },
      check(facts) {
        if (!isConnected(facts)) return notConnected(facts);
        const said = words(facts);
        if (said.length === 0) return 'Nothing was said yet. Write something, and press Send to B.';
        return said.some(({ receivedAt }) => receivedAt !== null) || 'It is on its way. Press Check again.';
      },
      solution: [{ say: 'hi' }],
    },
    'hang-up': {
      stage: { show: ['paths'], at: 'end' },
      check: (facts) => isClosed(facts) || 'A and B are still connected. Press Disconnect.',
      solution: [{ press: 'Disconnect' }],
    },
  },
});
