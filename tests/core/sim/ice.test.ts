/** Priorities, foundations, pairs, pacing and waiting of RFC 8445, on drawn cases, and against what browsers told. */
import { describe, expect, it } from 'vitest';
import { callBetween } from '../../../src/core/sim/call-between.ts';
import {
  type LocalCandidate,
  type RemoteCandidate,
  priorityOf,
} from '../../../src/core/sim/ice/candidate.ts';
import { Checklist, PAIR_LIMIT, foundationOf } from '../../../src/core/sim/ice/checklist.ts';
import { type Origin, PROFILES, type ProfileId } from '../../../src/core/sim/ice/profile.ts';
import { Schedule } from '../../../src/core/sim/schedule.ts';
import { simulate } from '../../../src/core/sim/simulate.ts';
import { Transactions } from '../../../src/core/sim/transaction.ts';
import { readCandidate } from '../../../src/core/projections/candidates.ts';
import { CANDIDATE_TYPES, pairPriority } from '../../../src/core/sdp/priority.ts';
import { stunWire } from '../../../src/core/sim/wire.ts';
import { processorTime } from '../../support/processor-time.ts';
import { random } from '../../support/random.ts';
import { FIXTURES } from '../../support/sessions.ts';

const draw = random(8445);
const origin = (over: Partial<Origin> = {}): Origin => ({
  type: draw.of(CANDIDATE_TYPES),
  baseAddress: `192.168.1.${draw.below(250)}`,
  server: draw.of(['198.51.100.1', '198.51.100.2']),
  relayProtocol: null,
  interfaceIndex: draw.below(4),
  isHidden: false,
  turnPlace: 0,
  turnCount: 1,
  ...over,
});

const local = (over: Partial<LocalCandidate> = {}): LocalCandidate => {
  const from = origin(over.origin);
  const at = { address: from.baseAddress, port: 1024 + draw.below(60_000) };
  const base: LocalCandidate['base'] = {
    kind: 'socket',
    at,
    interfaceIndex: from.interfaceIndex,
    networkType: 'ethernet',
    send: () => undefined,
    prepare: (_to, then) => then(true),
    settle: () => undefined,
  };
  return {
    id: `L${draw.below(1e6)}`,
    type: 'host',
    at,
    name: null,
    base,
    priority: priorityOf(PROFILES.rfc, { ...from, type: 'host' }),
    foundation: String(draw.below(4)),
    related: null,
    url: null,
    relayProtocol: null,
    origin: from,
    ...over,
  };
};
const remote = (over: Partial<RemoteCandidate> = {}): RemoteCandidate => ({
  id: `R${draw.below(1e6)}`,
  type: draw.of(CANDIDATE_TYPES),
  at: { address: `203.0.113.${draw.below(250)}`, port: 1024 + draw.below(60_000) },
  priority: 1 + draw.below(2 ** 31 - 1),
  foundation: String(draw.below(4)),
  ...over,
});

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

describe('a checklist', () => {
  it('is in the order of priorities, whatever the order of arrival (sections 6.1.2.3 and 6.1.2.5)', () => {
    for (let round = 0; round < 200; round++) {
      const list = new Checklist('A');
      const controls = draw.below(2) === 0;
      const locals = Array.from({ length: 1 + draw.below(5) }, () => local());
      for (let index = 0; index < 40; index++) list.add(draw.of(locals), remote(), controls);
      const priorities = list.pairs.map(({ priority }) => priority);
      expect(priorities).toEqual(priorities.toSorted((a, b) => (a < b ? 1 : a > b ? -1 : 0)));
      expect(list.pairs.length).toBeLessThanOrEqual(PAIR_LIMIT);
    }
  });

  it('orders pairs the same at both ends', () => {
    for (let round = 0; round < 300; round++) {
      const [one, two] = [local(), local()];
      const [there, elsewhere] = [remote(), remote()];
      const at = (list: Checklist, controls: boolean, mine: LocalCandidate, theirs: RemoteCandidate) =>
        list.add(mine, theirs, controls)!.priority;
      const seenFromA = [
        at(new Checklist('A'), true, one, there),
        at(new Checklist('A'), true, two, elsewhere),
      ];
      const mirrored = (mine: LocalCandidate, theirs: RemoteCandidate) =>
        at(
          new Checklist('B'),
          false,
          local({ priority: theirs.priority }),
          remote({ priority: mine.priority }),
        );
      expect([mirrored(one, there), mirrored(two, elsewhere)]).toEqual(seenFromA);
    }
  });

  it('lets one pair of each foundation wait, and freezes the others (section 6.1.2.6)', () => {
    for (let round = 0; round < 100; round++) {
      const list = new Checklist('A');
      const mine = local();
      for (let index = 0; index < 20; index++) {
        const pair = list.add(mine, remote(), true);
        if (pair) list.place(pair);
      }
      const waiting = list.pairs.filter(({ state }) => state === 'waiting').map(foundationOf);
      expect(new Set(waiting).size).toBe(waiting.length);
      expect(new Set(list.pairs.map(foundationOf)).size).toBe(waiting.length);
      const first = list.next()!;
      first.state = 'succeeded';
      list.thaw(first);
      const kin = list.pairs.filter((pair) => foundationOf(pair) === foundationOf(first));
      expect(kin.filter(({ state }) => state === 'frozen')).toEqual([]);
    }
  });

  it('makes no pair twice, none of two families, and no more than its limit', () => {
    const list = new Checklist('A', 7);
    const mine = local();
    const theirs = remote();
    expect(list.add(mine, theirs, true)).not.toBeNull();
    expect(list.add(mine, theirs, true)).toBeNull();
    expect(list.add(mine, remote({ at: { address: '2001:db8::1', port: 5 } }), true)).toBeNull();
    for (let index = 0; index < 50; index++) list.add(mine, remote(), true);
    expect(list.pairs.length).toBe(7);
  });
});

describe('foundations', () => {
  it.each(Object.values(PROFILES))(
    'of $id are the same for the same type, base, server and protocol alone',
    (profile) => {
      const known = new Map<string, string>();
      const told = Array.from({ length: 300 }, () => origin({ baseAddress: `10.0.0.${draw.below(3)}` })).map(
        (one) => [one, profile.foundation(one, known, 'a5')] as const,
      );
      const key = ({ type, baseAddress, server, relayProtocol }: Origin): string =>
        [type, baseAddress, server, relayProtocol].join();
      for (const [one, foundation] of told)
        for (const [other, theirs] of told.slice(0, 40))
          expect(foundation === theirs).toBe(key(one) === key(other));
    },
  );
});

/** What a browser wrote in its own sessions, as the simulator's profile would have numbered it. */
describe('priorities', () => {
  const lines = (browser: string): readonly string[] =>
    FIXTURES.filter(({ name }) => name.includes(browser))
      .flatMap(({ log }) => log.events)
      .flatMap((event) =>
        event.type === 'onicecandidate' && event.value?.candidate ? [event.value.candidate] : [],
      );

  it.each(['chromium', 'firefox'] as const)('are those of recorded sessions of %s', (id: ProfileId) => {
    const told = lines(id).flatMap((line) => readCandidate(line) ?? []);
    const udp = told.filter(({ protocol, component }) => protocol === 'udp' && component === 1);
    expect(udp.length).toBeGreaterThan(10);
    const possible = new Set(
      CANDIDATE_TYPES.flatMap((type) =>
        [0, 1, 2].flatMap((interfaceIndex) =>
          ['10.0.0.2', 'fd00::2', '2001:db8::2'].flatMap((baseAddress) =>
            [true, false].flatMap((isHidden) =>
              (['udp', 'tcp'] as const).flatMap((relayProtocol) =>
                [1, 2].flatMap((turnCount) =>
                  Array.from({ length: turnCount }, (_, turnPlace) =>
                    priorityOf(
                      PROFILES[id],
                      origin({
                        type,
                        interfaceIndex,
                        baseAddress,
                        isHidden,
                        relayProtocol,
                        turnPlace,
                        turnCount,
                      }),
                    ),
                  ),
                ),
              ),
            ),
          ),
        ),
      ),
    );
    const strange = udp.filter(({ priority }) => !possible.has(priority));
    expect(strange.map(({ type, priority, address }) => `${type} ${priority} ${address}`)).toEqual([]);
  });
});

/** As getStats of both browsers has them. */
describe('pairs of recorded sessions', () => {
  interface SeenPair {
    readonly session: string;
    readonly peer: string;
    readonly told: number;
    readonly local: number;
    readonly remote: number;
  }
  const seen = FIXTURES.flatMap(({ name, log }) =>
    log.events.flatMap((event): SeenPair[] => {
      if (event.type !== 'getStats') return [];
      return Object.values(event.value).flatMap((report) => {
        const priorityOfReport = (id: unknown): number => Number(event.value[String(id)]?.['priority']);
        const [local, remote] = [
          priorityOfReport(report['localCandidateId']),
          priorityOfReport(report['remoteCandidateId']),
        ];
        if (report.type !== 'candidate-pair' || report['priority'] === undefined) return [];
        if (Number.isNaN(local) || Number.isNaN(remote)) return [];
        return [{ session: name, peer: event.peer, told: Number(report['priority']), local, remote }];
      });
    }),
  );

  it.each(['chromium', 'firefox'])(
    'of %s have the priority of section 6.1.2.3, each end in its role',
    (browser) => {
      const ofBrowser = seen.filter(({ session }) => session.includes(browser));
      expect(ofBrowser.length).toBeGreaterThan(50);
      const ends = grouped(ofBrowser, ({ session, peer }) => `${session} ${peer}`);
      const isIn = (controls: boolean, { told, local: mine, remote: theirs }: SeenPair): boolean =>
        told === Number(controls ? pairPriority(mine, theirs) : pairPriority(theirs, mine));
      for (const [end, pairs] of ends) {
        const roles = [true, false].filter((controls) => pairs.every((pair) => isIn(controls, pair)));
        expect(roles, end).not.toEqual([]);
      }
    },
  );

  it.each(['chromium', 'firefox'])(
    'of %s: one foundation is of one type and protocol (section 5.1.1.3)',
    (browser) => {
      let several = 0;
      for (const { log } of FIXTURES.filter(({ name }) => name.includes(browser))) {
        const byFoundation = new Map<string, string>();
        for (const event of log.events) {
          if (event.type !== 'onicecandidate' || !event.value?.candidate) continue;
          const told = readCandidate(event.value.candidate);
          if (!told) continue;
          const key = `${event.peer} ${event.value.usernameFragment} ${told.foundation}`;
          const kind = `${told.type} ${told.protocol}`;
          expect(byFoundation.get(key) ?? kind).toBe(kind);
          byFoundation.set(key, kind);
          several++;
        }
      }
      expect(several).toBeGreaterThan(10);
    },
  );
});

describe('time', () => {
  /** Section 14.3: Ta for each pair that waits or is in progress, and never less than half a second. */
  it.each([1, 2, 3, 4, 5, 6])(
    'waits for answers by the number of pairs: %i addresses at each end',
    (count) => {
      const dead = callBetween({ natA: null, natB: null, stun: false });
      const addresses = (net: number) =>
        Array.from({ length: count }, (_, index) => ({ address: `198.18.${net}.${index + 1}` }));
      const { events } = simulate(
        {
          ...dead,
          link: { ...dead.link, loss: 1 },
          call: { trickle: false },
          ends: {
            A: { ...dead.ends.A, interfaces: addresses(1) },
            B: { ...dead.ends.B, interfaces: addresses(2) },
          },
        },
        { seed: draw.below(1e6) },
      );
      const sent = events.filter(
        (event) =>
          event.type === ':packet' && event.value.direction === 'sent' && event.value.seenAt === 'host',
      );
      const checks = grouped(sent, (event) => (event.type === ':packet' ? event.value.bytes : ''));
      const rto = Math.max(500, PROFILES.rfc.ta * count * count);
      const waits = [...checks.values()].map(([first, second]) => second!.at - first!.at);
      expect(waits).toHaveLength(count * count * 2);
      // The first of each end goes out when only the pairs of its first candidate are known.
      const late = waits.filter((wait) => Math.abs(wait - rto) > 1);
      expect(late.length).toBeLessThanOrEqual(2);
      for (const wait of late)
        expect(Math.abs(wait - Math.max(500, PROFILES.rfc.ta * count))).toBeLessThan(1);
    },
  );

  it('retransmits as RFC 8489, section 6.2.1, has it in its example: 0, 500, … 31500, and ends at 39500 ms', () => {
    const schedule = new Schedule();
    const sent: number[] = [];
    let ended = 0;
    const content = { class: 'request', method: 1, id: '0'.repeat(24) } as const;
    new Transactions(schedule).begin({
      content,
      wire: stunWire(content),
      rto: 500,
      send: () => sent.push(schedule.now),
      answered: () => undefined,
      timedOut: () => (ended = schedule.now),
    });
    schedule.runUntil(100_000);
    expect(sent).toEqual([0, 500, 1500, 3500, 7500, 15_500, 31_500]);
    expect(ended).toBe(39_500);
  });

  it('paces new checks by Ta (section 14.2)', () => {
    const { events } = simulate(
      callBetween({
        natA: { mapping: 'apd', filtering: 'apd' },
        natB: { mapping: 'apd', filtering: 'apd' },
        turn: ['udp', 'tcp'],
      }),
      { seed: 4 },
    );
    const first = new Map<string, number>();
    for (const event of events) {
      if (event.type !== 'getStats' || event.peer !== 'A') continue;
      for (const [id, report] of Object.entries(event.value))
        if (report.type === 'candidate-pair' && report['requestsSent'] === 1 && !first.has(id))
          first.set(id, Number(report['askedAt']));
    }
    const times = [...first]
      .filter(([id]) => !id.includes('-'))
      .map(([, at]) => at)
      .sort((a, b) => a - b);
    expect(times.length).toBeGreaterThan(3);
    // A relay's check may wait for its permission, and then go out beside another.
    const gaps = times.slice(1, 3).map((at, index) => at - times[index]!);
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(PROFILES.rfc.ta - 0.01);
  });

  it('costs no more for each event when there are more of them', () => {
    /** So many things, each of which asks for the next one; a hundred wait at any time. */
    const cost = (count: number): number => {
      const schedule = new Schedule();
      const again = (): void => void schedule.after(1 + draw.below(50), again);
      for (let index = 0; index < 100; index++) again();
      let ran = 0;
      const time = processorTime(() => {
        ran = schedule.runUntil(Infinity, () => ++ran > count);
      });
      expect(ran).toBe(count);
      return time / count;
    };
    cost(50_000);
    const few = Math.min(...Array.from({ length: 5 }, () => cost(20_000)));
    expect(cost(400_000) / few).toBeLessThan(5);
  });

  it('runs what is due at one time in the order in which it was asked for', () => {
    const schedule = new Schedule();
    const ran: number[] = [];
    for (let index = 0; index < 50; index++) schedule.at(7, () => ran.push(index));
    schedule.runUntil(7);
    expect(ran).toEqual(Array.from({ length: 50 }, (_, index) => index));
  });
});
