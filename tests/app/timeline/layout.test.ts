import { describe as suite, expect, it } from 'vitest';
import { describe } from '../../../src/app/diagrams/timeline/describe.ts';
import { dockLayout } from '../../../src/app/diagrams/timeline/dock.ts';
import { timelineHeight } from '../../../src/app/diagrams/timeline/lanes.ts';
import { layout } from '../../../src/app/diagrams/timeline/layout.ts';
import { caption, placeInWords, plain } from '../../../src/app/diagrams/timeline/event-text.ts';
import { MOST_MARKS } from '../../../src/app/diagrams/timeline/picture.ts';
import { MACHINES } from '../../../src/core/projections/machines.ts';
import type { SessionLog } from '../../../src/core/session/log.ts';
import { longSession } from '../../bench/long-session.ts';
import { collisions, labelBoxes } from '../../support/legible.ts';
import { FIXTURES, viewAt } from '../../support/sessions.ts';
import { SESSIONS, logOf, viewOf } from './sessions.ts';

const WIDTHS = [360, 390, 834, 1024, 1280, 1440, 1920];
const sessions: readonly { name: string; log: SessionLog }[] = [
  ...FIXTURES,
  ...Object.entries(SESSIONS).map(([name, rows]) => ({ name, log: logOf(rows) })),
  { name: 'a long one', log: longSession(4000) },
];

function* numbers(value: unknown): Generator<number> {
  if (typeof value === 'number') yield value;
  else if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) yield* numbers(inner);
}

const moments = (log: SessionLog): number[] => [0, 0.2, 0.45, 0.7, 1].map((part) => part * log.duration);

suite('the timeline’s layout', () => {
  it.each(sessions)('$name: no two labels overlap, at any width and moment', ({ log }) => {
    for (const time of moments(log)) {
      const view = viewOf(log, time);
      for (const width of WIDTHS) {
        const lanes = width < 1024 ? 'few' : 'all';
        const { labels } = layout(view, { width, height: 192 }, true, { lanes });
        expect(collisions(labelBoxes(labels)), `at ${width}, ${time} ms`).toEqual([]);
      }
    }
  });

  it.each(sessions)('$name: all numbers are finite, and the same each time', ({ log }) => {
    const view = viewOf(log, log.duration / 2);
    const once = layout(view, { width: 1440, height: 192 });
    expect([...numbers([once.head, once.labels, once.picture.lanes])].every(Number.isFinite)).toBe(true);
    const again = layout(viewOf(log, log.duration / 2), { width: 1440, height: 192 });
    expect(JSON.stringify(again)).toBe(JSON.stringify(once));
  });

  it.each(sessions)('$name: moving the cursor does not draw the marks again', ({ log }) => {
    const view = viewOf(log, 0);
    const pictures = moments(log).map(
      (time) => layout({ ...view, time }, { width: 1440, height: 192 }).picture,
    );
    expect(new Set(pictures).size).toBe(1);
  });

  it('has the measures of the drawn screens', () => {
    expect([timelineHeight('all'), timelineHeight('few'), timelineHeight('all', 1)]).toEqual([192, 88, 168]);
    const { picture, height } = layout(viewOf(logOf(SESSIONS.finished)), { width: 1440, height: 192 });
    expect(height).toBe(192);
    expect([picture.left, picture.right]).toEqual([160, 1416]);
    expect(picture.lanes.map(({ top, tall }) => [top, tall])).toEqual([
      [22, 28],
      [50, 34],
      [84, 26],
      [110, 30],
      [140, 22],
      [162, 22],
    ]);
  });

  it('says what each lane is for while nothing is recorded', () => {
    const { labels, head } = layout(viewOf(logOf([])), { width: 1440, height: 192 });
    expect(head).toBeNull();
    expect(labels.map(({ text }) => text)).toContain('letters between the two');
  });

  it('names no call that comes after the cursor', () => {
    const log = logOf(SESSIONS.loopback);
    const names = (time: number) =>
      layout(viewOf(log, time), { width: 1440, height: 192 })
        .labels.filter(({ mono, size, anchor }) => mono && size === 11 && anchor === undefined)
        .map(({ text }) => text);
    expect(names(3)).toEqual(['createOffer']);
    expect(names(9)).toEqual(['createOffer', 'setLocalDescription']);
    expect(names(48).length).toBeGreaterThan(4);
  });

  it('crosses a refused call out, and lets it be selected', () => {
    const { picture } = layout(viewOf(logOf(SESSIONS.refused)), { width: 1440, height: 192 });
    const marks = picture.lanes.find(({ id }) => id === 'calls')!.marks;
    const refused = marks.filter(({ shapes }) =>
      shapes.some((shape) => shape.shape === 'bar' && shape.refused),
    );
    expect(refused.map(({ name }) => name)).toEqual(['B setLocalDescription (offer), refused']);
    expect(refused[0]!.shapes.some((shape) => shape.shape === 'icon' && shape.icon === 'fail')).toBe(true);
  });

  it('draws one row when only one end was recorded', () => {
    const { picture } = layout(viewOf(logOf(SESSIONS.oneSided)), { width: 1440, height: 192 });
    for (const lane of picture.lanes) expect(lane.rows).toHaveLength(1);
  });

  it('thins a session of very many marks', () => {
    const log = longSession(15_000);
    const { picture } = layout(viewOf(log), { width: 1920, height: 192 });
    const marks = picture.lanes.flatMap((lane) => lane.marks);
    expect(picture.thinned).toBe(true);
    expect(marks.length).toBeLessThan(MOST_MARKS);
    expect(marks.length).toBeGreaterThan(200);
  });

  it.each(FIXTURES)('$name: every mark selects something that exists', (fixture) => {
    const view = viewAt(fixture, fixture.log.events.length);
    const events = new Set(view.events.map(({ id }) => id));
    const peers = Object.values(view.whole.candidates).flatMap(({ local }) => local.map(({ key }) => key));
    const pairs = Object.values(view.whole.pairs).flatMap((peer) => peer.pairs.map(({ id }) => id));
    const none = new Set<string>();
    const known = {
      event: events,
      candidate: new Set(peers),
      pair: new Set(pairs),
      line: none,
      bytes: none,
    };
    const marks = layout(view, { width: 1440, height: 192 }).picture.lanes.flatMap((lane) => lane.marks);
    expect(marks.length).toBeGreaterThan(5);
    for (const { selects, name } of marks) expect(known[selects.kind].has(selects.id), name).toBe(true);
    expect(new Set(marks.map(({ key }) => key)).size).toBe(marks.length);
  });

  it.each(sessions)('$name: the dock of a phone is finite', ({ log }) => {
    const drawn = dockLayout(viewOf(log, log.duration / 3), 390, true);
    expect([...numbers([drawn.marks, drawn.tries, drawn.x])].every(Number.isFinite)).toBe(true);
  });
});

suite('the timeline in words', () => {
  it.each(FIXTURES)(
    '$name: states every machine, candidate and selected pair as the facts have them',
    (fixture) => {
      const view = viewAt(fixture, fixture.log.events.length);
      const text = describe(view);
      for (const { id } of view.facts.peers) {
        for (const { id: machine, title } of MACHINES)
          if (view.facts.states[id])
            expect(text).toContain(`${title} ${view.facts.states[id][machine].current}`);
        for (const { type, port } of view.facts.candidates[id]?.local ?? [])
          expect(text).toMatch(new RegExp(`${type} (udp|tcp) :${port}\\b`));
      }
    },
  );

  it('tells the news and what comes next', () => {
    const { text, next } = caption(viewOf(logOf(SESSIONS.loopback), 10));
    expect(plain(text)).toBe('At 10.0 ms: B calls setRemoteDescription.');
    expect(text.filter((part) => typeof part !== 'string')).toHaveLength(1);
    expect(next).toBe('Next, at 11.8 ms: A’s iceGatheringState is gathering.');
  });

  it('says where the slider is', () => {
    expect(placeInWords(viewOf(logOf(SESSIONS.finished), 8302.1))).toBe(
      '8 302.1 ms of 8 302.6: A sends 2 bytes over the data channel',
    );
    expect(placeInWords(viewOf(logOf(SESSIONS.refused)))).toBe(
      '17.90 s of 17.90: The browser refuses B’s setLocalDescription: InvalidStateError',
    );
  });

  it.each(sessions)('$name: each moment has a sentence', ({ log }) => {
    const view = viewOf(log);
    for (let index = 0; index <= Math.min(log.events.length, 400); index++)
      expect(plain(caption({ ...view, index }).text)).toMatch(/\.$/);
  });
});
