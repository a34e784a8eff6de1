import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NewEvent, SessionEvent } from '../../../src/core/session/event.ts';
import { SessionLog } from '../../../src/core/session/log.ts';
import { timeScale } from '../../../src/app/diagrams/timeline/time-scale.ts';
import { labelBox, overlap } from '../../../src/app/diagrams/parts/labels.ts';
import { longSession } from '../../bench/long-session.ts';
import { FIXTURES } from '../../support/sessions.ts';
import { SESSIONS, logOf } from './sessions.ts';

const WIDTHS = [200, 360, 824, 1256, 1736];

function eventsAt(times: readonly number[], type = 'onnegotiationneeded'): readonly SessionEvent[] {
  const log = new SessionLog();
  for (const at of times)
    log.append({ type, peer: 'A', at, value: type === 'getStats' ? {} : null } as NewEvent);
  return log.events;
}

const story = fc
  .array(
    fc.oneof(fc.double({ min: 0, max: 60, noNaN: true }), fc.double({ min: 90, max: 20_000, noNaN: true })),
    {
      maxLength: 60,
    },
  )
  .map((steps) => {
    let now = 0;
    return steps.map((step) => (now += step));
  });

describe('timeScale', () => {
  it('rises strictly and can be turned back, whatever happened when', () => {
    fc.assert(
      fc.property(story, fc.constantFrom(...WIDTHS), fc.boolean(), (times, width, squeeze) => {
        const scale = timeScale(eventsAt(times), width, { squeeze });
        const last = scale.time(width);
        const steps = Array.from({ length: 200 }, (_, step) => (last * step) / 199);
        const places = steps.map(scale.x);
        expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...places)).toBeLessThanOrEqual(width + 1e-9);
        expect(places.every((x, at) => at === 0 || x > places[at - 1]!)).toBe(true);
        const turned = places.map((x, at) => Math.abs(scale.time(x) - steps[at]!));
        expect(Math.max(...turned)).toBeLessThan(1e-6 * (1 + last));
      }),
      { seed: 3, numRuns: 150 },
    );
  });

  it('shows every event, within its width', () => {
    fc.assert(
      fc.property(story, (times) => {
        const scale = timeScale(eventsAt(times), 1256);
        for (const time of times) expect(Math.abs(scale.time(scale.x(time)) - time)).toBeLessThan(0.002);
      }),
      { seed: 4, numRuns: 150 },
    );
  });

  it('gives the width to a fast connection, not to the silence after it', () => {
    const scale = timeScale(logOf(SESSIONS.finished).events, 1256);
    expect(scale.x(48)).toBeGreaterThan(0.7 * 1256);
    expect(scale.breaks.map(({ text }) => text)).toEqual(['8.3 s']);
    expect(scale.unit).toBe('ms');
    expect(timeScale(logOf(SESSIONS.finished).events, 1256, { squeeze: false }).x(48)).toBeLessThan(10);
  });

  it('squeezes a gap to 8 pixels, and labels it with its length', () => {
    const scale = timeScale(logOf(SESSIONS.refused).events, 1256);
    expect(scale.breaks.map(({ text }) => text)).toEqual(['4.1 s', '5.5 s', '2.7 s', '5.6 s']);
    expect(scale.unit).toBe('s');
    for (const { x, from, to } of scale.breaks) {
      expect(scale.x(from)).toBeLessThan(x);
      expect(scale.x(to)).toBeGreaterThan(x + 8);
      expect(scale.time(x + 8) - scale.time(x)).toBeGreaterThan((to - from) / 4);
    }
  });

  it('does not take readings of getStats for events', () => {
    const polled = eventsAt(
      Array.from({ length: 80 }, (_, step) => step * 100),
      'getStats',
    );
    const all = [...eventsAt([0, 40]), ...polled, ...eventsAt([9000])].sort((a, b) => a.at - b.at);
    expect(timeScale(all, 1256).breaks).toHaveLength(1);
  });

  it.each([
    ...FIXTURES.map(({ name, log }) => ({ name, events: log.events })),
    { name: 'long', events: longSession(3000).events },
  ])('$name: no two ticks or lengths collide at any width', ({ events }) => {
    for (const width of WIDTHS) {
      const { ticks, breaks } = timeScale(events, width);
      const boxes = [...ticks, ...breaks.map(({ x, text }) => ({ x: x + 4, text }))].map(({ x, text }) =>
        labelBox({ text, x, y: 13, size: 11, mono: true, anchor: 'middle' }),
      );
      const collides = boxes.some((box, at) =>
        boxes.some((other) => at < ticks.length && other !== box && overlap(box, other)),
      );
      expect(collides, `at ${width}`).toBe(false);
    }
  });

  it('holds for no event, and for one', () => {
    for (const events of [[], eventsAt([0]), eventsAt([70_000])]) {
      const scale = timeScale(events, 360);
      expect(Number.isFinite(scale.x(0)) && Number.isFinite(scale.time(180))).toBe(true);
      expect(scale.x(1e9)).toBe(360);
    }
  });
});
