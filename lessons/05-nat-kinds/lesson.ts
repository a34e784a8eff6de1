import { localCandidates } from '../../src/core/lessons/ask.ts';
import { defineLesson } from '../../src/core/lessons/lesson.ts';
import type { Candidate } from '../../src/core/projections/candidates.ts';
import type { Facts } from '../../src/core/projections/index.ts';
import type { Selection } from '../../src/core/projections/view.ts';
import { stateOf } from '../../src/core/projections/states.ts';

const NOT_OPEN = 'The recording is not open yet. Wait a moment, then press Check again.';
const connection = (facts: Facts, peer: string): string => stateOf(facts.states, peer, 'connection');
const areBoth = (state: string) => (facts: Facts) =>
  ['A', 'B'].every((peer) => connection(facts, peer) === state);
const areConnected = areBoth('connected');
const hasFailed = (facts: Facts): boolean => connection(facts, 'A') === 'failed';
/** Each knows its own outside address, and nobody has knocked yet. */
const begins = (facts: Facts): boolean =>
  ['A', 'B'].every((peer) => localCandidates(facts, peer).some(({ type }) => type === 'srflx'));

/** B as STUN saw it, and as its knock came to A. */
const seen = (facts: Facts): Candidate | undefined =>
  localCandidates(facts, 'B').find(({ type }) => type === 'srflx');
const came = (facts: Facts): Candidate | undefined =>
  facts.candidates['A']?.remote.find(({ type }) => type === 'prflx');
const select =
  (which: (facts: Facts) => Candidate | undefined) =>
  (facts: Facts): NonNullable<Selection> => ({ kind: 'candidate', id: which(facts)?.key ?? '' });

const typed = (text: string | undefined): number => Number((text ?? '').replace(/[\s.,’'%]/g, '') || NaN);
const port = (which: (facts: Facts) => Candidate | undefined) => (facts: Facts) => String(which(facts)?.port);

const connects = {
  check: (_facts: Facts, { atCursor }: { readonly atCursor: Facts }): true | string => {
    if (atCursor.peers.length === 0) return NOT_OPEN;
    return (
      areConnected(atCursor) || 'At this moment they are not connected. Press Step forward until both are.'
    );
  },
  solution: [{ stepUntil: areConnected }],
} as const;

/** How that pair ended. */
const pair = (recording: string) => ({ recording, show: ['paths'], at: 'end' }) as const;

const SHOW = { show: ['paths'], at: begins } as const;

export default defineLesson({
  diagrams: ['paths', 'gathering', 'pairs'],
  steps: {
    friendly: { run: { kind: 'recording', file: 'two-cones' }, stage: SHOW, ...connects },
    symmetric: {
      run: { kind: 'recording', file: 'cone-and-symmetric' },
      stage: SHOW,
      check(_facts, { atCursor }) {
        if (atCursor.peers.length === 0) return NOT_OPEN;
        return hasFailed(atCursor) || 'At this moment A still tries. Press Step forward until it gives up.';
      },
      solution: [{ stepUntil: hasFailed }],
    },
    door: {
      run: { kind: 'recording', file: 'address-and-symmetric' },
      stage: { show: ['paths'], at: 'end' },
      shows: { first: { select: select(seen) }, second: { select: select(came) } },
      check(facts, { answers }) {
        const [first, second] = [seen(facts)?.port, came(facts)?.port];
        if (first === undefined || second === undefined) return NOT_OPEN;
        const [one, other] = [typed(answers['seen']), typed(answers['came'])];
        if (Number.isNaN(one) || Number.isNaN(other))
          return 'Two ports are asked for. Both stand near B in the picture.';
        if (one === second && other === first)
          return 'Those are the two, the other way round: STUN comes first.';
        if (one !== first) return `STUN did not see B at ${one}. Look at the blue diamond near B.`;
        return other === second || `The knock did not come from ${other}. Take the first hint.`;
      },
      solution: [
        { type: port(seen), into: 'seen' },
        { type: port(came), into: 'came' },
      ],
      mistake: [
        { type: port(came), into: 'seen' },
        { type: port(seen), into: 'came' },
      ],
    },
    table: {
      run: { kind: 'recording', file: 'two-symmetric' },
      stage: { show: ['paths'], at: 'end' },
      shows: {
        ff: pair('full-and-full'),
        fa: pair('full-and-address'),
        fp: pair('full-and-port'),
        fs: pair('full-and-symmetric'),
        aa: pair('two-address'),
        ap: pair('address-and-port'),
        as: pair('address-and-symmetric'),
        pp: pair('two-cones'),
        ps: pair('cone-and-symmetric'),
        ss: pair('two-symmetric'),
      },
      check(facts, { answers }) {
        if (facts.peers.length === 0) return NOT_OPEN;
        const count = typed(answers['fail']);
        if (Number.isNaN(count)) return 'The field is empty. Only pairs with a symmetric one can fail.';
        if (count === 4)
          return 'Two of these four work: full cone and address-restricted routers let the knock in.';
        if (count === 1) return 'There is one more: think of two symmetric ones.';
        return count === 2 || `It is not ${count}. Only pairs with a symmetric one can fail: there are four.`;
      },
      solution: [{ type: '2', into: 'fail' }],
      mistake: [{ type: '4', into: 'fail' }],
    },
    helper: { run: { kind: 'recording', file: 'with-turn' }, stage: SHOW, ...connects },
    count: {
      stage: { show: ['paths'], at: 'end' },
      check(facts, { answers }) {
        if (facts.peers.length === 0) return NOT_OPEN;
        const count = typed(answers['relay']);
        if (Number.isNaN(count)) return 'The field is empty. Take 86 away from 100.';
        if (count === 86) return '86 of them do without one. The rest needs a relay.';
        return count === 14 || `It is not ${count}. Take 86 away from 100.`;
      },
      solution: [{ type: '14', into: 'relay' }],
      mistake: [{ type: '86', into: 'relay' }],
    },
  },
});
