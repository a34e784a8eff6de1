import { type Board, type Turned, turnedOf } from '../../src/core/lessons/board.ts';
import { type Step, defineLesson } from '../../src/core/lessons/lesson.ts';

/** What the doctor says of each recording, word for word: tests/lessons/debugging.test.ts asks it. */
export const DOCTOR = {
  answer: 'The offer never got an answer.',
  password: 'TURN refused the password, so there was no relay to fall back on.',
  candidates: 'No candidate of the other side ever arrived.',
  fingerprint: 'The other side’s certificate is not the one that its description names.',
  glare: 'Both sides offered at once, and each gave way to the other.',
} as const;

/** What may be wrong, in the words of the board; the same list for all five. */
const CAUSES = {
  none: 'not yet',
  answer: 'no answer',
  glare: 'glare',
  candidates: 'no candidates',
  password: 'TURN refused',
  fingerprint: 'wrong key',
} as const;
type Cause = Exclude<keyof typeof CAUSES, 'none'>;

/** What each other cause would have shown: said to whoever chose it. */
const WOULD_SHOW: Readonly<Record<Cause, string>> = {
  answer: 'Without an answer, A would stay at have-local-offer. Look at signalingState in States.',
  glare: 'With glare, the ladder has two offers that cross, and an answer that is refused.',
  candidates:
    'Without candidates of the other side, no note with a candidate would arrive. Look at the ladder.',
  password: 'A TURN server that refuses says so in Gathering, and gives no relay candidate.',
  fingerprint: 'With a wrong key, ICE is connected first, and DTLS fails after it. Look at States.',
};

const dialOf = (name: Cause, id: 'cause' | 'doctor') =>
  id === 'cause'
    ? ({ kind: 'choose', id: `${name}-cause`, label: 'Cause', options: CAUSES } as const)
    : ({ kind: 'choose', id: `${name}-doctor`, label: 'Doctor', options: { off: 'off', on: 'on' } } as const);

const boardOf = (name: Cause): Board => ({
  dials: [dialOf(name, 'cause'), dialOf(name, 'doctor')],
  says(turned) {
    if (isOn(name, turned)) return `The doctor says: ${DOCTOR[name]}`;
    const chosen = chosenOf(name, turned);
    return `${chosen === 'none' ? 'You look for yourself' : `You say: ${CAUSES[chosen]}`}. The doctor is off.`;
  },
});
const chosenOf = (name: Cause, turned: Turned) => turned[`${name}-cause`] as keyof typeof CAUSES;
const isOn = (name: Cause, turned: Turned): boolean => turned[`${name}-doctor`] === 'on';

/** One broken call: its cause is named with the doctor off, and then the doctor is asked. */
const broken = (name: Cause, show: readonly string[]): Step => ({
  run: { kind: 'recording', file: name },
  stage: { show, at: 'end' },
  boards: { [name]: boardOf(name) },
  check(facts, { answers }) {
    const turned = turnedOf(boardOf(name).dials, answers);
    const chosen = chosenOf(name, turned);
    if (facts.peers.length === 0)
      return 'The recording is not open yet. Wait a moment, then press Check again.';
    if (chosen === 'none')
      return 'You have named no cause yet. Look at the pictures, and set Cause on the board.';
    if (chosen !== name) return `It is another one. ${WOULD_SHOW[chosen]}`;
    return isOn(name, turned) || 'That is it. Now set Doctor to “on”, and compare what it says.';
  },
  solution: [
    { turn: `${name}-cause`, to: name },
    { turn: `${name}-doctor`, to: 'on' },
  ],
  mistake: [{ turn: `${name}-cause`, to: name === 'answer' ? 'glare' : 'answer' }],
});

export default defineLesson({
  diagrams: ['ladder', 'states', 'gathering', 'descriptions', 'paths'],
  steps: {
    silence: broken('answer', ['ladder', 'states']),
    relay: broken('password', ['gathering', 'ladder']),
    nowhere: broken('candidates', ['ladder', 'states']),
    stranger: broken('fingerprint', ['states', 'ladder']),
    meeting: broken('glare', ['ladder', 'states']),
  },
});
