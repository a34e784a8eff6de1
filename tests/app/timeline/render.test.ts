import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import Timeline from '../../../src/app/diagrams/timeline/Timeline.svelte';
import PhoneDock from '../../../src/app/stage/PhoneDock.svelte';
import PlayerBar from '../../../src/app/stage/PlayerBar.svelte';
import { FIXTURES } from '../../support/sessions.ts';
import { SESSIONS, logOf, viewOf } from './sessions.ts';

const nothing = () => {};
const size = { width: 1440, height: 192 };

function timeline(time: number, more: Partial<Parameters<typeof Timeline>[1]> = {}): string {
  const view = viewOf(logOf(SESSIONS.loopback), time);
  return render(Timeline, { props: { view, size, selection: null, select: nothing, motion: true, ...more } })
    .body;
}

describe('the timeline, drawn', () => {
  it('is a slider when it can move the cursor, and a picture when not', () => {
    expect(timeline(31, { onmove: nothing })).toMatch(/role="slider"[^>]*aria-label="Time"/);
    expect(
      timeline(31, { onmove: nothing }).includes(
        'aria-valuetext="31.0 ms of 48.0: A calls setRemoteDescription"',
      ),
    ).toBe(true);
    expect(timeline(31)).not.toContain('slider');
  });

  it('has one tab stop a lane', () => {
    expect(timeline(48).match(/role="button" tabindex="0"/g)).toHaveLength(6);
  });

  it('marks what is selected', () => {
    const call = logOf(SESSIONS.loopback).events.find(({ type }) => type === 'createOffer')!;
    const drawn = timeline(48, { selection: { kind: 'event', id: call.id } });
    expect(drawn.match(/aria-pressed="true"/g)).toHaveLength(1);
    expect(drawn).toMatch(/aria-label="A createOffer, done"[^>]*aria-pressed="true"/);
  });

  it.each(FIXTURES)('$name: can be drawn at the start, in the middle and at the end', ({ log }) => {
    for (const time of [0, log.duration / 2, log.duration]) {
      const { body } = render(Timeline, {
        props: { view: viewOf(log, time), size, selection: null, select: nothing, motion: false },
      });
      expect(body).not.toMatch(/NaN|undefined|Infinity/);
    }
  });
});

describe('the player bar', () => {
  const callbacks = {
    onplay: nothing,
    onpause: nothing,
    onstepback: nothing,
    onstepforward: nothing,
    onspeed: nothing,
    onsqueeze: nothing,
    onfollow: nothing,
    onopen: nothing,
    onsave: nothing,
  };
  const bar = (props: { playing?: boolean; empty?: boolean; live?: boolean; speed?: number }): string =>
    render(PlayerBar, {
      props: {
        ...callbacks,
        time: 31,
        duration: 44,
        unit: 'ms',
        squeeze: true,
        followLive: false,
        playing: false,
        empty: false,
        live: false,
        speed: 1 / 200,
        ...props,
      },
    }).body;

  it('names its controls', () => {
    const drawn = bar({});
    for (const name of ['Step back', 'Play', 'Step forward', 'Speed'])
      expect(drawn).toContain(`aria-label="${name}"`);
    for (const name of ['Squeeze gaps', 'Follow live', 'Open session', 'Save session'])
      expect(drawn).toContain(name);
    expect(drawn).toMatch(/31\.0 ms\s*<small[^>]*>of 44\.0</);
    expect(bar({ playing: true })).toContain('aria-label="Pause"');
    expect(bar({ live: true })).toContain('>live<');
  });

  it('offers the five speeds, and the one of a replay', () => {
    const speeds = (speed: number) =>
      [...bar({ speed }).matchAll(/<option[^>]*>([^<]*)</g)].map(([, text]) => text);
    expect(speeds(1 / 200)).toEqual(['1×', '1/10×', '1/50×', '1/200×', '1/1000×']);
    expect(speeds(1 / 70)).toContain('1/70×');
  });

  it('can only open a session while nothing is recorded', () => {
    expect(bar({ empty: true })).toContain('nothing recorded yet');
    expect(bar({ empty: true }).match(/<button[^>]* disabled/g)).toHaveLength(6);
  });

  it('is a dock on a phone, with the same slider', () => {
    const view = viewOf(logOf(SESSIONS.loopback), 31);
    const { body } = render(PhoneDock, {
      props: {
        ...{
          view,
          width: 390,
          unit: 'ms',
          empty: false,
          live: false,
          playing: false,
          speed: 1,
          squeeze: true,
        },
        ...{ onplay: nothing, onpause: nothing, onstepback: nothing, onstepforward: nothing },
        ...{ onspeed: nothing, onmove: nothing },
      },
    });
    expect(body).toMatch(/role="slider"[^>]*aria-label="Time"/);
    expect(body).not.toMatch(/NaN|undefined/);
  });
});
