import { isConnected, notConnected } from '../../src/core/lessons/ask.ts';
import { type Dial, type Turned, turnedOf } from '../../src/core/lessons/board.ts';
import { type Step, defineLesson } from '../../src/core/lessons/lesson.ts';
import type { Facts } from '../../src/core/projections/index.ts';
import { stateOf } from '../../src/core/projections/states.ts';
import { callBetween } from '../../src/core/sim/call-between.ts';
import { natPresets } from '../../src/core/sim/nat-presets.ts';
import type { CallSpec, Scenario } from '../../src/core/sim/scenario.ts';

const nat = (id: string) => natPresets.get(id)!.nat;
const home = callBetween({ natA: nat('home-router'), natB: nat('home-router') });
const MOVES_AT = 3000;

/** B goes from WLAN to the mobile network in the middle of the call. */
const moving = (call: Partial<CallSpec>): Scenario => ({
  ...home,
  networks: [
    ...home.networks,
    { id: 'mobile', natName: 'B’s NAT', side: 'B', nat: nat('mobile-carrier'), address: '192.0.2.200' },
  ],
  call: { ...home.call, ...call },
  happenings: [
    {
      at: MOVES_AT,
      what: 'move',
      end: 'B',
      to: { network: 'mobile', address: '100.64.3.9', type: 'cellular' },
    },
  ],
});

const WAITS: Dial = {
  kind: 'slide',
  id: 'waits',
  label: 'A waits',
  from: 0,
  to: 20,
  start: 12,
  words: (seconds) => `${seconds} s`,
};
const REMEMBERS: Dial = {
  kind: 'slide',
  id: 'remembers',
  label: 'It remembers',
  from: 1,
  to: 30,
  start: 20,
  words: (seconds) => `${seconds} s`,
};
const seconds = (dial: Dial, turned: Turned): number => Number(turned[dial.id]);

/** A router that forgets so soon, in a call of which nothing but consent is heard. */
const quiet = (turned: Turned): Scenario => {
  const forgetful = { ...nat('symmetric'), lifetime: 1000 * seconds(REMEMBERS, turned) };
  const call = callBetween({ natA: forgetful, natB: nat('full-cone') });
  return { ...call, call: { ...call.call, lasts: 25_000 } };
};

/** When a peer's connection came to a state, in ms; the last time, or null. */
const cameAt = ({ states }: Facts, peer: string, state: string): number | null =>
  states[peer]?.connection.history.findLast((step) => step.state === state)?.at ?? null;
const was = (facts: Facts, state: string): boolean => cameAt(facts, 'A', state) !== null;
/** When A was connected again, after it was disconnected; Infinity where it never was. */
function againAt(facts: Facts): number {
  const [lost, found] = [
    cameAt(facts, 'A', 'disconnected') ?? Infinity,
    cameAt(facts, 'A', 'connected') ?? 0,
  ];
  return found > lost ? found : Infinity;
}
const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

function restartWords(_: Turned, facts: Facts): string {
  const [lost, again] = [cameAt(facts, 'A', 'disconnected'), againAt(facts)];
  if (lost === null) return '';
  const noticed = `B moved at ${inSeconds(MOVES_AT)}, and A was disconnected at ${inSeconds(lost)}.`;
  if (again === Infinity) return `${noticed} It never came back.`;
  return `${noticed} It was connected again at ${inSeconds(again)}: ${inSeconds(again - MOVES_AT)} without a word.`;
}

const isLost = (facts: Facts): boolean =>
  facts.peers.some(({ id }) => stateOf(facts.states, id, 'connection') !== 'connected');
const quietWords = (turned: Turned, facts: Facts): string =>
  isLost(facts)
    ? `With ${seconds(REMEMBERS, turned)} s the call is lost: B hears no more of A.`
    : `With ${seconds(REMEMBERS, turned)} s the call holds.`;

const NOT_PLAYED = 'The simulation is not there yet. Wait a moment, then press Check again.';
const untilA = (state: string): Pick<Step, 'check' | 'solution'> => ({
  check(facts, { atCursor }) {
    if (facts.peers.length === 0) return NOT_PLAYED;
    return was(atCursor, state) || `At this moment A is not ${state}. Press Step forward.`;
  },
  solution: [{ stepUntil: (facts) => was(facts, state) }],
});

/** `a=ice-ufrag` of each offer that was answered. */
const ufrags = ({ descriptions }: Facts): readonly string[] =>
  descriptions.exchanges
    .toArray()
    .filter(({ outcome }) => outcome === 'answered')
    .map(({ offer }) => /^a=ice-ufrag:(\S+)/m.exec(offer.sdp ?? '')?.[1] ?? '');

export default defineLesson({
  diagrams: ['states', 'paths', 'descriptions', 'pairs'],
  steps: {
    consent: {
      run: { kind: 'simulate', scenario: () => moving({ lasts: 60_000 }) },
      stage: { show: ['states'], at: (facts) => !isLost(facts) && was(facts, 'connected') },
      ...untilA('disconnected'),
    },
    failed: {
      stage: { show: ['states'], at: (facts) => was(facts, 'disconnected') },
      ...untilA('failed'),
    },
    restart: {
      run: {
        kind: 'simulate',
        dials: [WAITS],
        scenario: (turned) => moving({ lasts: 45_000, restartsAfter: 1000 * seconds(WAITS, turned) }),
        says: restartWords,
      },
      stage: { show: ['states'], at: 'end' },
      check(facts) {
        if (facts.peers.length === 0) return NOT_PLAYED;
        const gap = againAt(facts) - (cameAt(facts, 'A', 'disconnected') ?? 0);
        if (gap < 1000) return 'That is at once. Give it a second: the gap might close by itself.';
        return (
          gap < 2000 ||
          `A restarts ${inSeconds(gap)} after it was disconnected. Let it wait for less: move the dial to the left.`
        );
      },
      solution: [{ turn: 'waits', to: '1' }],
      mistake: [{ turn: 'waits', to: '9' }],
    },
    real: {
      run: { kind: 'connect' },
      stage: { show: ['descriptions'], at: 'end' },
      check(facts) {
        if (!isConnected(facts)) return notConnected(facts);
        const names = ufrags(facts);
        if (names.length < 2) return 'There was one offer so far. Press Restart ICE.';
        return new Set(names).size > 1 || 'The second offer has the ufrag of the first. Press Restart ICE.';
      },
      solution: [{ press: 'Connect' }, { press: 'Restart ICE' }],
      mistake: [{ press: 'Connect' }],
    },
    door: {
      run: { kind: 'simulate', dials: [REMEMBERS], scenario: quiet, says: quietWords },
      stage: { show: ['states'], at: 'end' },
      check(facts, { answers }) {
        if (facts.peers.length === 0) return NOT_PLAYED;
        const time = seconds(REMEMBERS, turnedOf([REMEMBERS], answers));
        if (isLost(facts)) return `With ${time} s the call is lost. It has to remember a little longer.`;
        return time <= 6 || `With ${time} s the call holds. Would it hold with less?`;
      },
      solution: [{ turn: 'remembers', to: '6' }],
      mistake: [{ turn: 'remembers', to: '2' }],
    },
  },
});
