import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Size } from '../../../src/app/diagrams/diagram.ts';
import { caption, describe as words, legend } from '../../../src/app/diagrams/paths/describe.ts';
import { layout } from '../../../src/app/diagrams/paths/layout.ts';
import type { PathsLayout } from '../../../src/app/diagrams/paths/shapes.ts';
import { type Box, labelBox, overlap } from '../../../src/app/diagrams/parts/labels.ts';
import type { View } from '../../../src/core/projections/view.ts';
import type { NewEvent } from '../../../src/core/session/event.ts';
import { SessionLog } from '../../../src/core/session/log.ts';
import { collisions, labelBoxes } from '../../support/legible.ts';
import { FIXTURES } from '../../support/sessions.ts';
import { HAND_MADE, momentsOf, viewOf } from './sessions.ts';

const WIDTHS = [360, 390, 640, 834, 960, 992, 1008, 1200];
const HEIGHTS = [232, 300, 380, 446, 520, 560];
const SIZES: readonly Size[] = WIDTHS.flatMap((width) => HEIGHTS.map((height) => ({ width, height })));

const LOGS: readonly (readonly [string, SessionLog])[] = [
  ...Object.entries(HAND_MADE),
  ...FIXTURES.map(({ name, log }) => [name, log] as const),
];

const inside = (inner: Box, outer: Box): boolean =>
  inner.left >= outer.left &&
  inner.right <= outer.right &&
  inner.top >= outer.top &&
  inner.bottom <= outer.bottom;

function misplaced({ labels, width, height, devices }: PathsLayout): string[] {
  const figure = { left: 0, right: width, top: 0, bottom: height };
  return labels
    .filter((label) => {
      const box = labelBox(label);
      const crosses = devices.some((device) => overlap(box, device.box) && !inside(box, device.box));
      return crosses || !inside(box, figure);
    })
    .map(({ text }) => text);
}

const pointsOf = (d: string): [number, number][] =>
  [...d.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);

/** Lines run between the devices: from edge to edge, never through a box. */
function trespassing({ devices, strokes, legs, touches }: PathsLayout): string[] {
  const [left, right] = [devices[0]!.box.right, devices[1]!.box.left];
  return [...strokes, ...legs, ...touches]
    .filter(({ d }) => pointsOf(d).some(([x]) => x < left - 0.1 || x > right + 0.1))
    .map(({ id }) => id);
}

/** Whatever is drawn stands within the figure. */
function astray({ width, height, marks, sheets, pills, messages, crosses, devices }: PathsLayout): string[] {
  const spots = [...marks, ...sheets, ...pills, ...messages, ...crosses];
  const boxes = devices.filter(({ box }) => !inside(box, { left: 0, right: width, top: 0, bottom: height }));
  return [
    ...spots.filter(({ x, y }) => x < 0 || x > width || y < 0 || y > height).map(({ id }) => id),
    ...boxes.map(({ label }) => label),
  ];
}

describe.each(LOGS)('%s', (_name, log) => {
  const views = momentsOf(log);
  const some = views.filter((_, index) => index % 3 === 0 || index === views.length - 1);

  it('is finite and deterministic, no words collide, nothing crosses a device or leaves the figure', () => {
    for (const [index, view] of views.entries()) {
      for (const [nth, size] of SIZES.entries()) {
        if (nth % 24 !== index % 24) continue;
        const where = `event ${view.index}, ${view.time} ms, ${size.width} × ${size.height}`;
        const drawn = layout(view, size);
        const data = JSON.stringify(drawn, (_, value: unknown) =>
          typeof value === 'number' && !Number.isFinite(value) ? 'not finite' : value,
        );
        expect(data, where).not.toMatch(/not finite|NaN|Infinity/);
        expect(collisions(labelBoxes(drawn.labels)), where).toEqual([]);
        expect(misplaced(drawn), where).toEqual([]);
        expect(trespassing(drawn), where).toEqual([]);
        expect(astray(drawn), where).toEqual([]);
        if (index % 7 === 0) expect(JSON.stringify(layout(view, size))).toBe(JSON.stringify(drawn));
      }
    }
  });

  it('gives every drawn thing its own id', () => {
    for (const view of some) {
      const { strokes, marks, legs, touches, crosses, sheets, pills, messages } = layout(view, {
        width: 1008,
        height: 452,
      });
      for (const things of [strokes, marks, legs, touches, crosses, sheets, pills, messages]) {
        const ids = things.map(({ id }) => id);
        expect(new Set(ids).size, ids.join(' ')).toBe(ids.length);
      }
    }
  });

  it('moves nothing without motion, however far between two events', () => {
    const placesOf = (view: View, share: number): Map<string, string> => {
      const time = view.time + share * 0.001;
      const { sheets, pills, messages } = layout({ ...view, time }, { width: 1008, height: 452 }, false);
      return new Map(
        [...sheets, ...pills, ...messages].map((one) => [
          `${one.id} ${'role' in one ? one.role : ''}`,
          `${one.x} ${one.y}`,
        ]),
      );
    };
    for (const view of some) {
      const [early, late] = [placesOf(view, 0), placesOf(view, 1)];
      for (const [id, place] of early) if (late.has(id)) expect(late.get(id)).toBe(place);
    }
  });

  it('has words for every moment', () => {
    for (const view of views) {
      const { text } = caption(view);
      expect(
        text.filter((part) => typeof part !== 'string'),
        'one bold fact',
      ).toHaveLength(1);
      expect(words(view).length).toBeGreaterThan(10);
      expect(words(view)).not.toMatch(/undefined|null|NaN/);
      expect(JSON.stringify(caption(view))).not.toMatch(/undefined|NaN/);
    }
  });
});

const at = (log: SessionLog, time: number): PathsLayout =>
  layout(viewOf(log, { time }), { width: 1008, height: 452 });
const { throughDoors, relayed, refused, failed, oneEnd, empty } = HAND_MADE;

describe('what a picture says', () => {
  it('paints the line behind an answer, and only dashed while it is inferred', () => {
    const painted = at(throughDoors, 30).strokes.filter(
      ({ weight, kind }) => weight === 6 && kind === 'srflx',
    );
    expect(painted.length).toBeGreaterThan(0);
    expect(new Set(painted.map(({ evidence }) => evidence))).toEqual(new Set(['inferred']));
  });

  it('has one chosen way: 7, then a tube of 11 with a core of 4 once DTLS is up', () => {
    expect(at(throughDoors, 39.9).strokes.at(-1)).toMatchObject({
      weight: 7,
      core: 0,
      kind: 'srflx',
      evidence: 'observed',
    });
    expect(at(throughDoors, 55).strokes.at(-1)).toMatchObject({ weight: 11, core: 4 });
    const losers = at(throughDoors, 55).strokes.slice(0, -1);
    expect(losers.every(({ weight }) => weight === 1.5)).toBe(true);
    expect(losers.every(({ opacity }) => opacity <= 0.36)).toBe(true);
  });

  it('lets a message ride in the tube at its true speed', () => {
    const [early, late] = [at(throughDoors, 51).pills[0]!, at(throughDoors, 53).pills[0]!];
    const { devices } = at(throughDoors, 51);
    const [left, right] = [devices[0]!.box.right, devices[1]!.box.left];
    expect(early.x).toBeCloseTo(left + (right - left) / 4, 0);
    expect(late.x).toBeCloseTo(left + ((right - left) * 3) / 4, 0);
    expect(at(throughDoors, 54).pills).toEqual([]);
  });

  it('carries an envelope along the signalling line', () => {
    const [early, late] = [at(throughDoors, 4).messages[0]!, at(throughDoors, 5).messages[0]!];
    expect(early.text).toBe('offer');
    expect(late.x).toBeGreaterThan(early.x);
  });

  it('names what failed, and where nobody had anything to offer', () => {
    expect(at(failed, 9001).crosses).toHaveLength(4);
    expect(at(failed, 9001).labels.map(({ text }) => text)).toContain('31 questions, no answer');
    const texts = at(refused, 15).labels.map(({ text }) => text);
    expect(texts).toContain('401 Unauthorized');
    expect(texts).toContain('nothing to offer');
  });

  it('marks a way that went silent after it was chosen', () => {
    const texts = at(throughDoors, 75).labels.map(({ text }) => text);
    expect(at(throughDoors, 75).crosses.length).toBeGreaterThan(0);
    expect(texts).toContain('no answers since 60.0 ms');
  });

  it('folds what does not fit, never the chosen port', () => {
    const drawn = at(oneEnd, 21);
    expect(drawn.marks.filter(({ keys }) => keys.some((key) => key.endsWith('/50007')))).toHaveLength(1);
    expect(drawn.labels.map(({ text }) => text).find((text) => text.startsWith('+'))).toMatch(/^\+\d more$/);
    expect(drawn.devices[1]?.absent).toBe(true);
  });

  it('goes over TURN, whose box hides what is in it', () => {
    const drawn = at(relayed, 40);
    const turn = drawn.servers[1]!;
    expect(drawn.strokes.at(-1)?.kind).toBe('relay');
    expect(
      pointsOf(drawn.strokes.at(-1)!.d).some(
        ([x, y]) => x > turn.box.left && x < turn.box.right && y < turn.box.bottom,
      ),
    ).toBe(true);
  });

  it('is a drawing of four sentences before anything is recorded', () => {
    const drawn = at(empty, 0);
    expect(drawn.sentences.map(({ text }) => text.slice(0, 3))).toEqual(['1  ', '2  ', '3  ', '4  ']);
    expect(drawn.walls).toHaveLength(2);
    expect(legend(viewOf(empty, { time: 0 }))).toEqual([]);
  });

  it('holds in its legend only what it shows', () => {
    const names = (log: SessionLog, time: number) => legend(viewOf(log, { time })).map(({ text }) => text);
    expect(names(relayed, 40)).toEqual(['relay', 'seen', 'inferred']);
    expect(names(throughDoors, 40)).toEqual([
      'host',
      'server reflexive',
      'relay',
      'failed',
      'seen',
      'inferred',
    ]);
  });
});

describe('text alternative', () => {
  it('states each end as it reports itself', () => {
    const text = words(viewOf(throughDoors, { time: 45 }));
    expect(text).toContain('A offers: ICE connected, DTLS connected, connection connected');
    expect(text).toContain('A’s selected pair: local srflx port 51742, remote srflx port 62031, by 34.0 ms.');
    expect(text).toContain('B has no selected pair.');
  });
});

describe('caption', () => {
  const plain = (log: SessionLog, time: number) =>
    caption(viewOf(log, { time }))
      .text.map((part) => (typeof part === 'string' ? part : part.strong))
      .join('');

  it('tells of the check that is on its way, and what comes next with its time', () => {
    expect(plain(throughDoors, 30)).toMatch(/answer is on its way back/);
    expect(caption(viewOf(throughDoors, { time: 30 })).next).toMatch(/^Next, at 32\.0 ms: /);
  });

  it('ends with how it stands', () => {
    const loopback = FIXTURES.find(({ name }) => name === 'no-trickle-chromium')!;
    expect(plain(loopback.log, loopback.log.duration)).toMatch(/Both ends are on this machine|connected/);
  });
});

describe('any session', () => {
  it('with events lost, doubled or late is still drawn soundly', () => {
    const logs = LOGS.map(([, log]) => log).filter(({ events }) => events.length > 0);
    const event = fc.record({
      keep: fc.boolean(),
      twice: fc.boolean(),
      late: fc.integer({ min: 0, max: 40 }),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...logs),
        fc.array(event, { minLength: 20, maxLength: 60 }),
        fc.constantFrom(...SIZES),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (log, changes, size, part) => {
          const broken = log.events.flatMap(({ id: _id, ...one }, index) => {
            const change = changes[index % changes.length]!;
            const moved = { ...one, at: one.at + change.late } as NewEvent;
            return !change.keep && index % 3 === 0 ? [] : change.twice ? [moved, moved] : [moved];
          });
          const other = new SessionLog();
          for (const one of broken) other.append(one);
          const view = viewOf(other, { time: other.duration * part });
          const drawn = layout(view, size);
          expect(JSON.stringify(drawn)).not.toMatch(/NaN|Infinity/);
          expect([
            ...collisions(labelBoxes(drawn.labels)),
            ...misplaced(drawn),
            ...trespassing(drawn),
            ...astray(drawn),
          ]).toEqual([]);
          expect(caption(view).text.length).toBeGreaterThan(0);
          expect(words(view)).not.toMatch(/undefined|NaN/);
        },
      ),
      { numRuns: 150, seed: 7 },
    );
  });
});
