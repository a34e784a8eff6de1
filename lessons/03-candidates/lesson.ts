import { localCandidates } from '../../src/core/lessons/ask.ts';
import { type Board, type Turned, turnedOf } from '../../src/core/lessons/board.ts';
import { defineLesson } from '../../src/core/lessons/lesson.ts';
import { type PriorityParts, candidatePriority, priorityParts } from '../../src/core/sdp/priority.ts';
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

const LOCAL = 65_535;
const HIGHEST = candidatePriority({ typePreference: 100, localPreference: LOCAL, component: 1 });
const OWN = {
  worst: candidatePriority({ typePreference: 126, localPreference: 0, component: 256 }),
  most: 126,
};
const MOST = candidatePriority({ typePreference: OWN.most, localPreference: LOCAL, component: 1 });

/** In one line: `16 777 216`. */
const spaced = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, '\u00a0');
const partsOf = (turned: Turned): PriorityParts => ({
  typePreference: Number(turned['type']),
  localPreference: Number(turned['local']),
  component: Number(turned['component']),
});

/** The three parts of a priority to turn, beside the worst own address that there may be. */
const SUM: Board = {
  dials: [
    { kind: 'slide', id: 'type', label: 'Type preference', from: 0, to: 126, start: 60 },
    {
      kind: 'slide',
      id: 'local',
      label: 'Local preference',
      from: 0,
      to: LOCAL,
      start: 30_000,
      words: spaced,
    },
    { kind: 'choose', id: 'component', label: 'Component', options: { 1: '1', 2: '2' }, start: '2' },
  ],
  bars(turned) {
    const parts = partsOf(turned);
    return [
      {
        label: 'yours',
        of: MOST,
        end: spaced(candidatePriority(parts)),
        marked: true,
        parts: [
          { size: parts.typePreference * 2 ** 24, look: 'strong' },
          { size: parts.localPreference * 2 ** 8, look: 'plain' },
        ],
      },
      {
        label: 'worst own',
        of: MOST,
        end: spaced(OWN.worst),
        parts: [{ size: OWN.worst, look: 'host' }],
      },
    ];
  },
  says(turned) {
    const parts = partsOf(turned);
    const sum = candidatePriority(parts);
    const [type, local] = [
      `${parts.typePreference} × ${spaced(2 ** 24)}`,
      `${spaced(parts.localPreference)} × 256`,
    ];
    const goes =
      sum > OWN.worst ? 'It goes before the worst own address.' : 'It comes after the worst own address.';
    return `${type} + ${local} + 256 − ${parts.component} = ${spaced(sum)}. ${goes}`;
  },
};

function wrongParts(turned: Turned): string {
  const { typePreference, localPreference, component } = partsOf(turned);
  if (typePreference !== 100)
    return `Type preference stands at ${typePreference}. What a server outside told has 100.`;
  if (localPreference !== LOCAL) return 'Local preference can go higher: to its right end.';
  return `Component ${component} takes a little away. With 1 the sum is higher.`;
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
      boards: { sum: SUM },
      check(facts, { answers }) {
        if (!read(facts, null)) return NO_CANDIDATE;
        const turned = turnedOf(SUM.dials, answers);
        return candidatePriority(partsOf(turned)) === HIGHEST || wrongParts(turned);
      },
      solution: [
        { turn: 'type', to: '100' },
        { turn: 'local', to: String(LOCAL) },
        { turn: 'component', to: '1' },
      ],
      mistake: [{ turn: 'type', to: '126' }],
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
