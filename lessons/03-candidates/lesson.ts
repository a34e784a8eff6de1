import { localCandidates } from '../../src/core/lessons/ask.ts';
import { defineLesson } from '../../src/core/lessons/lesson.ts';
import { candidatePriority, priorityParts } from '../../src/core/sdp/priority.ts';
import type { Candidate } from '../../src/core/projections/candidates.ts';
import type { Facts } from '../../src/core/projections/index.ts';
import type { Selection } from '../../src/core/projections/view.ts';
import { stateOf } from '../../src/core/projections/states.ts';

const NO_CANDIDATE = 'There is no candidate yet. Press Gather first.';

/** The one that the learner reads: the selected one, else the first over UDP. */
function read(facts: Facts, selection: Selection): Candidate | undefined {
  const own = localCandidates(facts);
  return own.find(({ key }) => selection?.id === key) ?? own.find(({ protocol }) => protocol === 'udp');
}

const select = (facts: Facts): NonNullable<Selection> => ({
  kind: 'candidate',
  id: read(facts, null)?.key ?? '',
});

const typed = (answer: string | undefined): number => Number((answer ?? '').replace(/[\s.,’']/g, '') || NaN);
const preferenceOf = ({ priority }: Candidate): number => priorityParts(priority).typePreference;
const REFLEXIVE = candidatePriority({ typePreference: 100, localPreference: 65_535, component: 1 });

function wrongPriority(answer: number): string {
  if (Number.isNaN(answer)) return 'The field is empty. Put 100 in the place of 126 in the sum above.';
  if (answer === REFLEXIVE + 1) return 'Nearly: the last part is 256 − 1, so it adds 255 and not 256.';
  if (answer === REFLEXIVE - 255) return 'Nearly: the last part is missing. 256 − 1 = 255 comes on top.';
  return `It is not ${answer}. Put 100 in the place of 126: 100 × 16 777 216 + 65 535 × 256 + 255.`;
}

const areConnected = (facts: Facts): boolean =>
  ['A', 'B'].every((peer) => stateOf(facts.states, peer, 'connection') === 'connected');

export default defineLesson({
  diagrams: ['gathering', 'paths', 'pairs'],
  steps: {
    gather: {
      run: { kind: 'gather' },
      stage: { show: ['gathering'] },
      outcomes: {
        'what-address': (facts) =>
          localCandidates(facts).some(({ address }) => address.endsWith('.local')) ? 1 : 0,
      },
      check: (facts) => localCandidates(facts).length > 0 || NO_CANDIDATE,
      solution: [{ press: 'Gather' }],
    },
    read: {
      stage: { show: ['gathering'], at: 'end' },
      check(facts, { selection, answers }) {
        const candidate = read(facts, selection);
        if (!candidate) return NO_CANDIDATE;
        if (selection?.kind !== 'candidate')
          return 'No candidate is selected. Click one in the picture, and it turns yellow.';
        const port = typed(answers['port']);
        if (port === candidate.port) return true;
        if (Number.isNaN(port))
          return 'The field is empty. The port of what you selected stands below the picture.';
        return `${port} is not the port of what you selected. It is the number behind the last colon.`;
      },
      solution: [{ select }, { type: (facts) => String(read(facts, null)?.port), into: 'port' }],
      mistake: [{ select }, { type: '80', into: 'port' }],
    },
    priority: {
      stage: { show: ['gathering'], at: 'end', select },
      shows: { mine: { select } },
      check(facts, { selection, answers }) {
        const candidate = read(facts, selection);
        if (!candidate) return NO_CANDIDATE;
        const { priority } = candidate;
        const guess = typed(answers['preference']);
        if (guess === preferenceOf(candidate)) return true;
        const how = `divide ${priority} by 16 777 216, and keep what is before the point.`;
        if (Number.isNaN(guess)) return `The field is empty: ${how}`;
        if (guess === priority) return `That is the priority itself. Now ${how}`;
        return `It is not ${guess}: ${how}`;
      },
      solution: [{ type: (facts) => String(preferenceOf(read(facts, null)!)), into: 'preference' }],
      mistake: [{ type: (facts) => String(read(facts, null)!.priority), into: 'preference' }],
    },
    compute: {
      stage: { show: ['gathering'], at: 'end', select },
      check(facts, { answers }) {
        if (!read(facts, null)) return NO_CANDIDATE;
        const reflexive = typed(answers['reflexive']);
        return reflexive === REFLEXIVE || wrongPriority(reflexive);
      },
      solution: [{ type: String(REFLEXIVE), into: 'reflexive' }],
      mistake: [{ type: String(REFLEXIVE + 1), into: 'reflexive' }],
    },
    win: {
      run: { kind: 'recording', file: 'one-home' },
      stage: {
        show: ['paths'],
        at: (facts) => ['A', 'B'].every((peer) => localCandidates(facts, peer).length > 0),
      },
      shows: { tried: { show: ['pairs'], at: 'end' } },
      check(_facts, { atCursor }) {
        if (atCursor.peers.length === 0)
          return 'The recording is not open yet. Wait a moment, then press Check again.';
        return (
          areConnected(atCursor) ||
          'At this moment they are not connected. Press Step forward until both are.'
        );
      },
      solution: [{ stepUntil: areConnected }],
    },
  },
});
