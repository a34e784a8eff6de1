/**
 * Each lever on offers, answers and candidates, with each way to negotiate that the product has, on a first connection
 * and on offers that cross: the real connections end as the specification says, and the panel of levers says why.
 */
import {
  type Direction,
  DIRECTIONS,
  MESSAGE_KINDS,
  type Impairment,
} from '../../src/core/signalling/impairments.ts';
import type { ImpairedRun, Outcome } from '../support/impaired-run.ts';
import { expect, test } from './live.ts';

const IMPAIRMENTS: Readonly<Record<string, Partial<Impairment>>> = {
  delay: { delay: 250 },
  drop: { drop: 1 },
  duplicate: { duplicate: 1 },
  reorder: { reorder: true, delay: 400 },
  hold: { hold: true },
};

/**
 * Whether a message goes over, signalingState of A and of B, and what they hold as agreed. `?`: they hold different
 * descriptions, and it depends on the browser how long the way from before lives.
 */
type Ending = string;
const CONNECTED: Ending = 'open stable stable new';
const APART: Ending = '? stable stable apart';
const BOTH_WAIT: Ending = 'open have-local-offer have-local-offer before';

interface Cell {
  readonly ends: Ending;
  /** Once the levers are smooth and what was held has been let go; left out where that changes nothing. */
  readonly after?: Ending;
  /** What the panel says; left out where there is nothing to say. */
  readonly says?: RegExp;
  readonly why: string;
}

interface Column {
  readonly title: string;
  readonly codes: readonly ImpairedRun['code'][];
  readonly directions: readonly Direction[];
  readonly glare: boolean;
  /** Where `cells` names no other. */
  readonly usual: Cell;
  /** By lever and kind. */
  readonly cells: Readonly<Record<string, Cell>>;
}

const NO_CLOCK = 'Offer and answer have no time limit, and nothing sends them again (RFC 9429, section 3.2).';
const TWICE =
  'The second offer is a new one (RFC 3264, section 8); an answer in stable is refused (W3C, 4.4.1.4).';
const POLITE = 'The polite side takes its offer back, the impolite one ignores the other (W3C, 10.7).';
const NO_ORDER = 'Rolled back, an offer is worth nothing (RFC 9429, 4.1.10.2), but only its sender knows.';

const FIRST: Column = {
  title: 'the first connection',
  codes: ['steps', 'perfect', 'naive'],
  directions: DIRECTIONS,
  glare: false,
  usual: { ends: CONNECTED, why: NO_CLOCK },
  cells: {
    'drop offer': {
      ends: 'shut have-local-offer stable nothing',
      says: /offer of A is lost.*page must/,
      why: NO_CLOCK,
    },
    'drop answer': {
      ends: 'shut have-local-offer stable apart',
      says: /B has answered, but A never learns it/,
      why: 'A has no credentials of B and forms no checklist (RFC 8445, section 6.1.2).',
    },
    'drop candidate': {
      ends: 'shut stable stable new',
      says: /Neither side knows a way/,
      why: 'Without a remote candidate on either side there is no pair (RFC 8445, section 6.1.2.2).',
    },
    'duplicate offer': { ends: CONNECTED, says: /B has the same offer twice.*answers it again/, why: TWICE },
    'duplicate answer': { ends: CONNECTED, says: /A has the same answer twice/, why: TWICE },
    'duplicate candidate': {
      ends: CONNECTED,
      says: /came twice/,
      why: 'The same candidate makes no new pair (RFC 8838, section 11).',
    },
    'reorder offer': {
      ends: CONNECTED,
      says: /overtook the offer/,
      why: 'Refused without a description (W3C WebRTC, section 4.4.2), but the candidates of B are enough.',
    },
    'reorder answer': {
      ends: CONNECTED,
      says: /overtook the answer/,
      why: 'Refused without a description (W3C WebRTC, section 4.4.2), but the candidates of A are enough.',
    },
    'hold offer': {
      ends: 'shut have-local-offer stable nothing',
      after: CONNECTED,
      says: /offer of A is in the channel/,
      why: NO_CLOCK,
    },
    'hold answer': {
      ends: 'shut have-local-offer stable apart',
      after: CONNECTED,
      says: /A does not know it yet/,
      why: NO_CLOCK,
    },
    'hold candidate': {
      ends: 'shut stable stable new',
      after: CONNECTED,
      says: /candidates? of A (?:is|are) in the channel/,
      why: 'Trickle ICE waits for candidates that may still come (RFC 9429, section 3.5.2).',
    },
  },
};

const OF_THE_IMPOLITE: Column = {
  title: 'offers that cross, levers on the letters of the impolite side',
  codes: ['perfect'],
  directions: ['A to B'],
  glare: true,
  usual: { ends: CONNECTED, why: POLITE },
  cells: {
    'drop offer': {
      ends: BOTH_WAIT,
      says: /A ignores the offer of B, while its own is lost.*can not help here/,
      why: 'A, impolite, ignores the only offer that arrives (W3C WebRTC, section 10.7). Nothing can recover that but A.',
    },
    'hold offer': {
      ends: BOTH_WAIT,
      after: CONNECTED,
      says: /A ignores the offer of B, while its own has not arrived/,
      why: POLITE,
    },
    'duplicate offer': { ends: CONNECTED, says: /B has the same offer twice/, why: TWICE },
  },
};

const OF_THE_POLITE: Column = {
  title: 'offers that cross, levers on the letters of the polite side',
  codes: ['perfect'],
  directions: ['B to A'],
  glare: true,
  usual: { ends: CONNECTED, why: POLITE },
  cells: {
    'drop offer': { ends: CONNECTED, says: /need not: B has taken it back/, why: POLITE },
    'drop answer': {
      ends: 'open have-local-offer stable apart',
      says: /A never learns it.*goes on as it was agreed before/,
      why: 'A pending offer changes nothing of what is current (W3C WebRTC, section 4.4.1.4).',
    },
    'duplicate offer': { ends: CONNECTED, says: /It ignores both/, why: POLITE },
    'reorder offer': { ends: APART, says: /that B had taken back still reached A/, why: NO_ORDER },
    'hold offer': {
      ends: CONNECTED,
      after: APART,
      says: /B has taken it back, so it says what no longer holds/,
      why: NO_ORDER,
    },
    'hold answer': {
      ends: 'open have-local-offer stable apart',
      after: CONNECTED,
      says: /A does not know it yet.*goes on as it was agreed before/,
      why: NO_CLOCK,
    },
  },
};

const NAIVE: Column = {
  title: 'offers that cross, and both sides answer whatever comes',
  codes: ['naive'],
  directions: DIRECTIONS,
  glare: true,
  usual: {
    ends: APART,
    says: /crossed, and both sides took their own back/,
    why: 'An offer in have-local-offer rolls the own one back (W3C WebRTC, section 4.4.1.4): at both sides.',
  },
  cells: {
    'drop offer': { ends: BOTH_WAIT, says: /offer of A is lost[^]*offer of B is lost/, why: NO_CLOCK },
    'hold offer': { ends: BOTH_WAIT, after: APART, says: /offer of A is in the channel/, why: NO_CLOCK },
    'reorder offer': {
      ends: APART,
      says: /taken back still reached|both sides took their own/,
      why: NO_ORDER,
    },
  },
};

/** Firefox 140 answers no check before it has the answer (RFC 8445, section 7.3, says it must), so B has given up by then. */
const isTooLate = (browser: string, { glare }: Column, row: string): boolean =>
  browser === 'firefox' && !glare && row === 'hold answer';

const endingOf = ({ open, states, agreed }: Outcome['after']): Ending => {
  const ending = `${states.join(' ')} ${agreed}`;
  return `${APART.endsWith(ending) ? '?' : open ? 'open' : 'shut'} ${ending}`;
};

for (const column of [FIRST, OF_THE_IMPOLITE, OF_THE_POLITE, NAIVE])
  for (const code of column.codes)
    test(`${code}: each lever × offer, answer, candidate: ${column.title}`, async ({ live }, { project }) => {
      const rows = Object.entries(IMPAIRMENTS).flatMap(([impairment, change]) =>
        MESSAGE_KINDS.map((kind) => ({
          row: `${impairment} ${kind}`,
          run: {
            code,
            glare: column.glare,
            pulls: [{ directions: column.directions, kinds: [kind], change }],
          },
        })),
      );
      const outcomes = await live.evaluate(
        (runs) => Promise.all(runs.map((run) => window.icescopeLive.impairedRun(run))),
        rows.map(({ run }) => run),
      );
      for (const [at, { row }] of rows.entries()) {
        const cell = column.cells[row] ?? column.usual;
        const { claims, after, ...first } = outcomes[at]!;
        const name = `${row}: ${cell.why}`;
        expect.soft(endingOf(first), name).toBe(cell.ends);
        if (cell.says) expect.soft(claims, name).toMatch(cell.says);
        const wanted = isTooLate(project.name, column, row) ? 'shut stable stable new' : cell.after;
        expect.soft(endingOf(after), `${name} Let go.`).toBe(wanted ?? cell.ends);
      }
    });
