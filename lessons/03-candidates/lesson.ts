import { isConnected, localCandidates } from '../../src/core/lessons/ask.ts';
import { defineLesson } from '../../src/core/lessons/lesson.ts';
import { candidatePriority, priorityParts } from '../../src/core/ice/priority.ts';
import type { Candidate } from '../../src/core/projections/candidates.ts';
import type { Facts } from '../../src/core/projections/index.ts';
import type { Selection } from '../../src/core/projections/view.ts';

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
  if (Number.isNaN(answer)) return 'The second field is empty. Put 100 in the place of 126 in the sum above.';
  if (answer === REFLEXIVE + 1) return 'Nearly: the last part is 256 − 1, so it adds 255 and not 256.';
  if (answer === REFLEXIVE - 255) return 'Nearly: the last part is missing. 256 − 1 = 255 comes on top.';
  return `The second is not ${answer}. Put 100 in the place of 126: 100 × 16 777 216 + 65 535 × 256 + 255.`;
}

/** 0 host, 1 reflexive, 2 relay: the dearer of the two candidates that A's browser chose. */
function chosen(facts: Facts): number | null {
  const id = facts.peers[0]?.id ?? '';
  const { pairs = [], selectedId } = facts.pairs[id] ?? {};
  const pair = pairs.find((one) => one.id === selectedId);
  const known = facts.candidates[id];
  const types = [
    known?.local.find(({ statsId }) => statsId === pair?.localId)?.type,
    known?.remote.find(({ statsId }) => statsId === pair?.remoteId)?.type,
  ];
  if (!pair) return null;
  if (types.includes('relay')) return 2;
  return types.includes('srflx') ? 1 : 0;
}

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
        if (Number.isNaN(port)) return 'The field is empty. The port is the number behind the last colon.';
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
        const preference = typed(answers['preference']);
        if (preference !== preferenceOf(candidate))
          return `The first is not right yet: divide ${candidate.priority} by 16 777 216, and keep what is before the point.`;
        const reflexive = typed(answers['reflexive']);
        return reflexive === REFLEXIVE || wrongPriority(reflexive);
      },
      solution: [
        { type: (facts) => String(preferenceOf(read(facts, null)!)), into: 'preference' },
        { type: String(REFLEXIVE), into: 'reflexive' },
      ],
      mistake: [
        { type: (facts) => String(preferenceOf(read(facts, null)!)), into: 'preference' },
        { type: String(REFLEXIVE + 1), into: 'reflexive' },
      ],
    },
    win: {
      run: { kind: 'connect', ways: 'all' },
      stage: { show: ['paths'] },
      outcomes: { winner: chosen },
      check(facts) {
        if (facts.peers.length === 0) return 'Nothing was tried yet. Press Connect.';
        if (!isConnected(facts)) return 'They are not connected yet. Wait a moment, then press Check again.';
        return (
          chosen(facts) !== null || 'The browser has not told yet which pair it chose. Press Check again.'
        );
      },
      solution: [{ press: 'Connect' }],
    },
  },
});
