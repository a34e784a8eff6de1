import { isConnected, notConnected } from '../../src/core/lessons/ask.ts';
import { type Board, type Dial, turnedOf } from '../../src/core/lessons/board.ts';
import { type Step, defineLesson } from '../../src/core/lessons/lesson.ts';
import type { Facts } from '../../src/core/projections/index.ts';
import type { Selection } from '../../src/core/projections/view.ts';

const DIGIT: Dial = {
  kind: 'slide',
  id: 'digit',
  label: 'Changed digit',
  from: 0,
  to: 64,
  start: 0,
  words: (place) => (place === 0 ? 'none' : `${place} of 64`),
};

/** The next one: 9 becomes A, and F becomes 0. */
const next = (digit: string): string => ((parseInt(digit, 16) + 1) % 16).toString(16).toUpperCase();

/** `sdp` with another digit at that place of its fingerprint, from 1; with none at 0. */
export function otherDigit(sdp: string, place: number): string {
  return sdp.replace(/^(a=fingerprint:\S+ )(\S+)/m, (_, name: string, value: string) => {
    let at = 0;
    return name + value.replace(/[\da-f]/gi, (digit) => (++at === place ? next(digit) : digit));
  });
}

const everWas = ({ states }: Facts, peer: string, machine: 'ice' | 'dtls', state: string): boolean =>
  states[peer]?.[machine].history.some((step) => step.state === state) === true;
const foundWay = (facts: Facts): boolean =>
  ['connected', 'completed'].some((state) => everWas(facts, 'A', 'ice', state));

const offerLines = (facts: Facts): readonly string[] =>
  (facts.descriptions.exchanges.last?.offer.sdp ?? '').split(/\r?\n/);
const clicked = (facts: Facts, selection: Selection): string => {
  const [, place] = /^A\/local\/(\d+)$/.exec(selection?.kind === 'line' ? selection.id : '') ?? [];
  return offerLines(facts)[Number(place) - 1] ?? '';
};
const line =
  (name: string) =>
  (facts: Facts): NonNullable<Selection> => ({
    kind: 'line',
    id: `A/local/${offerLines(facts).findIndex((text) => text.startsWith(name)) + 1}`,
  });

const NO_LETTER = 'There is no letter yet. Press Connect first.';
const NO_LINE = 'No line of A’s offer is selected. Click one in the left column, and it turns yellow.';

/** Which line of the offer was to be clicked, and what is said of others. */
const asksFor = (name: string, other: string): Step => ({
  stage: { show: ['descriptions'], at: 'end' },
  check(facts, { selection }) {
    if (!facts.descriptions.exchanges.last) return NO_LETTER;
    const text = clicked(facts, selection);
    if (text === '') return NO_LINE;
    return text.startsWith(name) || `${other} Look for ${name} at the start of a line.`;
  },
  solution: [{ select: line(name) }],
});

const CARRIER: Board = {
  dials: [
    {
      kind: 'choose',
      id: 'server',
      label: 'The server',
      options: { honest: 'passes on', reads: 'reads', changes: 'changes' },
    },
    { kind: 'choose', id: 'compare', label: 'You compare', options: { no: 'nothing', yes: 'fingerprints' } },
  ],
  says({ server, compare }) {
    const looks = compare === 'yes';
    if (server === 'honest')
      return looks
        ? 'The fingerprints are the same at both ends. Now you know it, too.'
        : 'The call is between the two of you. You trust that it is.';
    if (server === 'reads')
      return looks
        ? 'The fingerprints are the same. Reading them helps nobody to listen.'
        : 'The server knows who calls whom, and when. The call itself it can not read.';
    return looks
      ? 'A hears other digits than its browser was told: somebody sits in the middle, and is found out.'
      : 'The server plays B to A, and A to B. It hears all, and both see a fingerprint that fits.';
  },
};

export default defineLesson({
  diagrams: ['states', 'descriptions', 'ladder'],
  steps: {
    keys: {
      run: { kind: 'connect' },
      stage: { show: ['states'], at: 'end' },
      check: (facts) => isConnected(facts) || notConnected(facts),
      solution: [{ press: 'Connect' }],
    },
    begin: {
      outcomes: {
        first: ({ descriptions }) =>
          /^a=setup:active/m.test(descriptions.exchanges.last?.answer?.sdp ?? '') ? 1 : 0,
      },
      ...asksFor('a=setup:', 'That line is about something else.'),
      mistake: [{ select: line('a=mid:') }],
    },
    digit: {
      run: {
        kind: 'connect',
        dials: [DIGIT],
        altered: ({ type, sdp = '' }, { digit }) =>
          type === 'answer' ? otherDigit(sdp, Number(digit)) : sdp,
      },
      stage: { show: ['states'], at: 'end' },
      check(facts, { answers }) {
        if (facts.peers.length === 0) return notConnected(facts);
        if (everWas(facts, 'A', 'dtls', 'failed'))
          return foundWay(facts) || 'No way was found this time. Press Connect once more.';
        if (turnedOf([DIGIT], answers)['digit'] === '0')
          return 'Nothing is changed at 0, so they connect. Move the dial, and press Connect once more.';
        return isConnected(facts)
          ? 'This connection was made before the digit was changed. Press Connect once more.'
          : 'It has not failed yet. Wait a moment, then press Check again.';
      },
      solution: [{ turn: 'digit', to: '12' }, { press: 'Connect' }],
      mistake: [{ press: 'Connect' }],
    },
    secret: {
      ...asksFor('a=ice-pwd:', 'That is not the shared secret.'),
      mistake: [{ select: line('a=fingerprint:') }],
    },
    limits: {
      stage: { show: ['descriptions'], at: 'end' },
      boards: { carrier: CARRIER },
      check(facts, { answers }) {
        if (!facts.descriptions.exchanges.last) return NO_LETTER;
        const { server, compare } = turnedOf(CARRIER.dials, answers);
        if (server !== 'changes') return 'Nobody sits in the middle there. The server has to change letters.';
        return compare === 'yes' || 'There they do not notice. Somebody has to compare.';
      },
      solution: [
        { turn: 'server', to: 'changes' },
        { turn: 'compare', to: 'yes' },
      ],
      mistake: [{ turn: 'server', to: 'reads' }],
    },
  },
});
