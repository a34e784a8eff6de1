import { render } from 'svelte/server';
import { describe as suite, expect, it } from 'vitest';
import Pairs from '../../../src/app/diagrams/pairs/Pairs.svelte';
import { caption, describe } from '../../../src/app/diagrams/pairs/describe.ts';
import { layout, pairsAt } from '../../../src/app/diagrams/pairs/layout.ts';
import type { DrawnRow } from '../../../src/app/diagrams/pairs/columns.ts';
import { fullPriority } from '../../../src/app/diagrams/pairs/model.ts';
import type { View } from '../../../src/core/projections/view.ts';
import type { StatsReports } from '../../../src/core/session/event.ts';
import { SIZES, expectSound } from '../../support/legible.ts';
import { FIXTURES, viewAt } from '../../support/sessions.ts';
import { CHECKS } from '../gathering/stories.ts';
import { type Line, tell, viewOf } from '../ladder/stories.ts';

const WIDE = { width: 1008, height: 2000 };
const textOf = ({ labels }: Pick<DrawnRow, 'labels'>): string => labels.map(({ text }) => text).join(' ');
const rowsIn = (view: View): readonly DrawnRow[] => layout(view, WIDE).rows;

suite.each(FIXTURES.map((fixture) => [fixture.name, fixture] as const))('%s', (_name, fixture) => {
  const indexes = [...Array(fixture.log.events.length + 1).keys()];

  it('has a row for each pair that any reading told, the highest priority first', () => {
    const ids = new Set<string>();
    fixture.log.events.forEach((event, place) => {
      if (event.type !== 'getStats') return;
      for (const [id, { type }] of Object.entries(event.value as StatsReports))
        if (type === 'candidate-pair') ids.add(`${event.peer}/${id}`);
      const view = viewAt(fixture, place + 1);
      const rows = rowsIn(view).flatMap(({ pair }) => (pair === null ? [] : [pair]));
      expect(rows.toSorted()).toEqual([...ids].sort());
      for (const { pairs } of Object.values(view.facts.pairs)) {
        const shown = rows.flatMap((id) =>
          pairs.filter((pair) => pair.id === id).map(({ priority }) => priority),
        );
        expect(shown).toEqual(shown.toSorted((a, b) => b - a));
      }
    });
  });

  it('computes the priority that the browser told, in more digits', () => {
    const { facts } = viewAt(fixture, fixture.log.events.length);
    for (const [peer, { pairs, role }] of Object.entries(facts.pairs)) {
      for (const pair of pairs) {
        const local = facts.candidates[peer]!.local.find(({ statsId }) => statsId === pair.localId) ?? null;
        const remote =
          facts.candidates[peer]!.remote.find(({ statsId }) => statsId === pair.remoteId) ?? null;
        const text = fullPriority({ priority: 0 }, local, remote, role);
        expect(Number(text), `${peer} ${pair.id}`).toBeCloseTo(pair.priority, -5);
        expect(fullPriority(pair, local, remote, role)).toBe(text);
      }
    }
  });

  it('ends no bar after the cursor', () => {
    for (const index of indexes.filter((at) => at % 4 === 0)) {
      const view = viewAt(fixture, index);
      const later = layout({ ...view, time: view.time + 1e6 }, WIDE);
      layout(view, WIDE).rows.forEach((row, at) => {
        const end = later.rows[at]?.bar?.assumed?.[0] ?? Infinity;
        for (const { x2 } of row.bar?.segments ?? []) expect(x2).toBeLessThanOrEqual(end + 2);
      });
    }
  });
});

suite('a checklist', () => {
  const story = tell(CHECKS);
  const at = (time: number): View => viewOf(story, story.log.indexAt(time), time);

  it('is legible after every event', () => {
    for (let index = 0; index <= story.log.events.length; index++)
      for (const size of SIZES) expectSound(layout, viewOf(story, index), size);
  });

  it('knows nothing before the first reading, and says why', () => {
    expect(layout(at(34), WIDE).labels[0]?.text).toBe('Nothing is known of pairs yet.');
    expect(describe(at(34))).toBe(
      'Nothing is known of candidate pairs before the first reading of getStats.',
    );
  });

  it('says that there can be none once an end has looked and found no address', () => {
    const fixture = FIXTURES.find(({ name }) => name === 'failed-chromium')!;
    // relay only, and no TURN server: the browser wrote no candidate line
    const end = viewAt(fixture, fixture.log.events.length);
    expect(JSON.stringify(fixture.log.events)).not.toContain('a=candidate');
    expect(caption(end).text).toEqual([{ strong: 'There is no pair to try' }, ': A and B found no address.']);
    expect(layout(end, WIDE).labels[0]?.text).toBe('There is no pair to try.');
    expect(describe(end)).toBe('There is no candidate pair: A and B found no address.');
  });

  it('tells states and results in words', () => {
    const during = rowsIn(at(60));
    expect(during.map(({ bar }) => bar?.segments.map(({ look }) => look))).toEqual([
      undefined,
      ['in-progress'],
      ['frozen'],
      ['waiting'],
    ]);
    expect(textOf(during[1]!)).toContain('no answer yet');
    const [head, chosen, cancelled, failed] = rowsIn(at(400)) as [DrawnRow, DrawnRow, DrawnRow, DrawnRow];
    expect(textOf(head)).toBe('A’s checklist controlling: A nominates');
    expect(textOf(chosen)).toMatch(/nominated in use$/);
    expect(textOf(failed)).toMatch(/TURN to .* failed no answer to 2$/);
    expect(textOf(cancelled)).toMatch(/stopped at 90.0$/);
  });

  it('draws nothing after a failure or an end, and a dashed line since the last reading', () => {
    const [, chosen, cancelled, failed] = rowsIn(at(400));
    expect(failed!.bar).toMatchObject({ assumed: null, stop: null });
    expect(failed!.bar!.segments.at(-1)!.x2).toBeCloseTo(failed!.bar!.fail!);
    expect(cancelled!.bar).toMatchObject({ assumed: null, fail: null });
    expect(chosen!.bar!.segments.map(({ look }) => look)).toEqual(['in-progress', 'succeeded']);
    expect(chosen!.bar!.flag).not.toBeNull();
    const [, waiting] = rowsIn(at(60));
    expect(waiting!.bar!.assumed![0]).toBeCloseTo(waiting!.bar!.segments.at(-1)!.x2, -1);
  });

  it('names the selected pair as the reading told it', () => {
    expect(describe(at(400))).toBe(
      'A, controlling: 3 candidate pairs, 1 succeeded, 1 cancelled, 1 failed; 1 nominated. ' +
        'Selected pair: local host udp 192.168.1.23:50124, remote srflx udp 192.0.2.61:62031.',
    );
    expect(caption(at(400))).toEqual({
      text: ['A uses ', { strong: 'host :50124 to server reflexive :62031' }, '.'],
      next: 'Of the pairs that are known it has the highest priority. A nominated it.',
    });
  });
});

suite('priority in full', () => {
  const host = { priority: 2130706431 };
  const relay = { priority: 1694498815 };

  it('follows the role (RFC 8445, section 6.1.2.3)', () => {
    expect(fullPriority({ priority: 0 }, host, relay, 'controlling')).toBe('7277816997797167103');
    expect(fullPriority({ priority: 0 }, host, relay, 'controlled')).toBe('7277816997797167102');
  });

  it('stays what was told where it can not be computed, or where it disagrees', () => {
    expect(fullPriority({ priority: 7277816996102668000 }, host, null, 'controlling')).toBe(
      '7277816996102668000',
    );
    expect(fullPriority({ priority: 7277816996102668000 }, host, relay, null)).toBe('7277816996102668000');
    expect(fullPriority({ priority: 12 }, host, relay, 'controlling')).toBe('12');
    expect(fullPriority({ priority: 0 }, null, null, null)).toBe('');
  });

  it.each([NaN, 0, -1, 0.5, 2 ** 31, Infinity])('takes %d for no priority of a candidate', (priority) => {
    expect(fullPriority({ priority: 7 }, { priority }, relay, 'controlling')).toBe('7');
  });
});

const odd: Line[] = [
  [0, 'A', 'create', {}],
  [
    5,
    'A',
    'getStats',
    {
      P1: {
        type: 'candidate-pair',
        state: 'thinking',
        localCandidateId: 'none',
        remoteCandidateId: 'none',
      },
      P2: { type: 'candidate-pair' },
    },
  ],
  [9, 'A', 'close', null],
];

suite('what a dump may hold', () => {
  it('shows a state that nobody specified by its own word', () => {
    const view = viewOf(tell(odd));
    expect(rowsIn(view).map(textOf).join('; ')).toContain('thinking');
    expect(describe(view)).toContain('1 thinking');
    for (const size of SIZES) expectSound(layout, view, size);
  });

  it('draws only the rows in sight of very many', () => {
    const reports = Object.fromEntries(
      Array.from({ length: 4000 }, (_, at) => [
        `P${at}`,
        { type: 'candidate-pair', state: 'waiting', priority: at },
      ]),
    );
    const view = viewOf(tell([odd[0]!, [5, 'A', 'getStats', reports]]));
    const drawn = pairsAt(view, { width: 1008, height: 440 }, 60_000);
    expect(drawn.rows.length).toBeLessThan(30);
    expect(drawn.contentHeight).toBeGreaterThan(4000 * 30);
    expect(drawn.rows[0]!.y).toBeLessThan(60_000);
  });
});

suite('an address that the browser hides', () => {
  it('is called so, with its port', () => {
    const hidden = {
      type: 'remote-candidate',
      candidateType: 'prflx',
      protocol: 'udp',
      port: 5,
      priority: 9,
    };
    const view = viewOf(
      tell([
        odd[0]!,
        [
          5,
          'A',
          'getStats',
          {
            R: hidden,
            P: { type: 'candidate-pair', state: 'waiting', localCandidateId: '', remoteCandidateId: 'R' },
          },
        ],
      ]),
    );
    const [, row] = rowsIn(view);
    expect(row!.say).toContain('to prflx udp hidden:5, priority not told, waiting');
    expect(textOf(row!)).toContain('to :5');
  });
});

suite('after an ICE restart', () => {
  const reading = (ufrag: string, local: string, pair: string, isSelected: boolean): StatsReports => ({
    T: { type: 'transport', ...(isSelected ? { selectedCandidatePairId: pair } : {}) },
    [local]: {
      type: 'local-candidate',
      ...{ candidateType: 'host', address: '10.0.0.7', port: 5, priority: 9, protocol: 'udp' },
      usernameFragment: ufrag,
    },
    [pair]: { type: 'candidate-pair', state: 'succeeded', localCandidateId: local, priority: 9 },
  });
  const line = (ufrag: string, port: number): string =>
    `candidate:1 1 udp 9 10.0.0.7 ${port} typ host ufrag ${ufrag}`;
  const story: readonly Line[] = [
    odd[0]!,
    [4, 'A', 'onicecandidate', { candidate: line('old', 5) }],
    [5, 'A', 'getStats', reading('old', 'L1', 'P1', true)],
    [60, 'A', 'onicecandidate', { candidate: line('new', 5) }],
    [70, 'A', 'getStats', reading('old', 'L1', 'P1', true)],
    [
      80,
      'A',
      'getStats',
      {
        ...reading('old', 'L1', 'P1', false),
        ...reading('new', 'L2', 'P2', true),
        P3: { type: 'candidate-pair' },
      },
    ],
    [90, 'A', 'getStats', reading('new', 'L2', 'P2', true)],
  ];
  const resultsAt = (count: number): Readonly<Record<string, string>> => {
    const rows = rowsIn(viewOf(tell(story.slice(0, count)))).filter(({ pair }) => pair !== null);
    return Object.fromEntries(
      rows.map((row) => [row.pair, /before the restart|in use/.exec(row.say)?.[0] ?? '']),
    );
  };

  it('a pair is of before it once another is in use, whether the browser still tells of it or not', () => {
    expect(resultsAt(5)).toEqual({ 'A/P1': 'in use' });
    expect(resultsAt(6)).toEqual({ 'A/P1': 'before the restart', 'A/P2': 'in use', 'A/P3': '' });
  });

  it('a pair of the new candidates that is let go is not', () => {
    expect(resultsAt(7)).toEqual({ 'A/P1': 'before the restart', 'A/P2': 'in use', 'A/P3': '' });
    expect(describe(viewOf(tell(story)))).toContain('2 candidate pairs');
    expect(describe(viewOf(tell(story)))).toContain('1 more of before the ICE restart.');
  });
});

suite('the component', () => {
  it('marks the pairs of a selected candidate, and is one stop of the Tab key', () => {
    const view = viewOf(tell(CHECKS));
    const { body } = render(Pairs, {
      props: {
        view,
        size: WIDE,
        selection: { kind: 'candidate', id: 'host/udp/192.168.1.23/50124' },
        select: () => {},
        motion: true,
      },
    });
    expect(body.match(/aria-pressed="true"/g)).toHaveLength(2);
    expect(body.match(/role="button" tabindex="0"/g)).toHaveLength(1);
    expect(body).toContain('succeeded, 3 asked, 1 answered; nominated in use');
  });
});
