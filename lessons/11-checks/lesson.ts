import { isConnected, notConnected } from '../../src/core/lessons/ask.ts';
import { type Dial, type Turned, turnedOf } from '../../src/core/lessons/board.ts';
import { defineLesson } from '../../src/core/lessons/lesson.ts';
import type { Candidate } from '../../src/core/projections/candidates.ts';
import type { Facts } from '../../src/core/projections/index.ts';
import type { Pair } from '../../src/core/projections/pairs.ts';
import { callBetween, networkOf } from '../../src/core/sim/call-between.ts';
import { natPresets } from '../../src/core/sim/nat-presets.ts';
import type { Scenario } from '../../src/core/sim/scenario.ts';

const ROUTER = natPresets.get('home-router')!.nat;
const MILD = natPresets.get('full-cone')!.nat;

const DIALS: readonly Dial[] = [
  { kind: 'choose', id: 'place', label: 'B is in', options: { home: 'A’s home', hotel: 'a hotel' } },
  { kind: 'choose', id: 'stun', label: 'STUN', options: { on: 'on', off: 'off' } },
  { kind: 'choose', id: 'turn', label: 'TURN', options: { on: 'on', off: 'off' } },
];

const twoHomes = (stun: boolean, turn: boolean): Scenario =>
  callBetween({ natA: ROUTER, natB: ROUTER, stun, turn: turn ? ['udp'] : [] });

function scenarioOf({ place, stun, turn }: Turned): Scenario {
  const apart = twoHomes(stun === 'on', turn === 'on');
  if (place === 'hotel') return apart;
  const { A, B } = apart.ends;
  const inside = { network: A.interfaces[0]!.network!, address: '192.168.1.24' };
  return {
    ...apart,
    // In one home a check is quicker than a candidate, and A would learn of B from that: here they are told first.
    call: { trickle: false },
    networks: apart.networks.slice(0, 1),
    ends: { A, B: { ...B, place: 'a phone, in the same home', interfaces: [inside] } },
  };
}

/** B’s candidates get lost, and A’s router lets in everybody. */
const UNTOLD: Scenario = {
  ...twoHomes(true, false),
  networks: [networkOf('A', MILD), networkOf('B', ROUTER)],
  signalling: { delay: 40, drops: [{ from: 'B', kind: 'candidate' }] },
};

const TWO_LEADERS: Scenario = {
  ...twoHomes(true, false),
  call: { trickle: true, bothControl: true },
};

const selected = (facts: Facts, peer: string): Pair | undefined =>
  facts.pairs[peer]?.pairs.find(({ id }) => id === facts.pairs[peer]?.selectedId);
const isInUse = (facts: Facts, peer = 'A'): boolean => selected(facts, peer) !== undefined;
const areInUse = (facts: Facts): boolean => isInUse(facts, 'A') && isInUse(facts, 'B');

/** Types of the two candidates that A’s chosen pair is made of. */
function typesInUse(facts: Facts): readonly (Candidate['type'] | undefined)[] {
  const { local = [], remote = [] } = facts.candidates['A'] ?? {};
  const pair = selected(facts, 'A');
  return [
    local.find(({ statsId }) => statsId === pair?.localId)?.type,
    remote.find(({ statsId }) => statsId === pair?.remoteId)?.type,
  ];
}

const hasAnswer = (facts: Facts): boolean =>
  facts.pairs['A']?.pairs.some(({ spans }) => spans.at(-1)?.state === 'succeeded') === true;
/** When the first check went out. */
const begins = (facts: Facts): boolean => (facts.pairs['A']?.pairs.length ?? 0) > 0;
const knocks = (facts: Facts): boolean => (facts.pairs['B']?.pairs.length ?? 0) > 0;

const NOT_PLAYED = 'The simulation is not there yet. Wait a moment, then press Check again.';

function wrongDials(answers: Turned): string {
  const { place, stun, turn } = turnedOf(DIALS, answers);
  if (place === 'home')
    return 'In one home two own addresses win, whatever else is there. Send B to the hotel.';
  if (stun === 'on') return 'With STUN both learn an outside address, and those work. Switch STUN off.';
  return turn === 'off'
    ? 'Now no pair works at all. TURN has to be on.'
    : 'The call is still being made. Press Check again.';
}

export default defineLesson({
  diagrams: ['pairs', 'paths', 'ladder'],
  steps: {
    list: {
      run: { kind: 'simulate', scenario: () => twoHomes(true, true) },
      stage: { show: ['pairs'], at: begins },
      check(facts, { atCursor }) {
        if (facts.peers.length === 0) return NOT_PLAYED;
        return isInUse(atCursor) || 'At this moment A uses no pair yet. Press Step forward.';
      },
      solution: [{ stepUntil: isInUse }],
    },
    remove: {
      run: { kind: 'simulate', scenario: scenarioOf, dials: DIALS },
      stage: { show: ['pairs'], at: 'end' },
      check(facts, { answers }) {
        if (facts.peers.length === 0) return NOT_PLAYED;
        return typesInUse(facts).every((type) => type === 'relay') || wrongDials(answers);
      },
      solution: [
        { turn: 'place', to: 'hotel' },
        { turn: 'stun', to: 'off' },
        { turn: 'turn', to: 'on' },
      ],
      mistake: [{ turn: 'stun', to: 'off' }],
    },
    unknown: {
      run: { kind: 'simulate', scenario: () => UNTOLD },
      stage: { show: ['pairs'], at: knocks },
      check(facts, { atCursor }) {
        if (facts.peers.length === 0) return NOT_PLAYED;
        return hasAnswer(atCursor) || 'At this moment no pair of A has an answer yet. Press Step forward.';
      },
      solution: [{ stepUntil: hasAnswer }],
    },
    decide: {
      run: { kind: 'simulate', scenario: () => TWO_LEADERS },
      stage: { show: ['pairs'], at: begins },
      outcomes: {
        who({ pairs }) {
          if (pairs['A']?.role === 'controlling') return 0;
          return pairs['B']?.role === 'controlling' ? 1 : null;
        },
      },
      check(facts, { atCursor }) {
        if (facts.peers.length === 0) return NOT_PLAYED;
        return areInUse(atCursor) || 'At this moment not both have a pair in use. Press Step forward.';
      },
      solution: [{ stepUntil: areInUse }],
    },
    real: {
      run: { kind: 'connect' },
      stage: { show: ['pairs'], at: 'end' },
      check(facts) {
        if (!isConnected(facts)) return notConnected(facts);
        return (
          isInUse(facts) || 'A has not told yet which pair it uses. Wait a moment, then press Check again.'
        );
      },
      solution: [{ press: 'Connect' }],
    },
  },
});
