import { beforeEach, describe, expect, it } from 'vitest';
import { Player } from '../../../src/app/stage/player.svelte.ts';
import type { SessionLog } from '../../../src/core/session/log.ts';
import { SESSIONS, logOf } from '../timeline/sessions.ts';

/** Frames that come when the test says so. */
class Frames {
  #next: ((now: number) => void) | null = null;
  #now = 1000;

  request = (run: (now: number) => void): (() => void) => {
    this.#next = run;
    return () => (this.#next = null);
  };

  /** Lets so many ms pass in frames of 16 ms. */
  run(wall: number): void {
    for (const end = this.#now + wall; this.#now <= end && this.#next; this.#now += 16) {
      const run = this.#next;
      this.#next = null;
      run(this.#now);
    }
  }

  get waiting(): boolean {
    return this.#next !== null;
  }
}

let frames: Frames;
let log: SessionLog;
let player: Player;
beforeEach(() => {
  frames = new Frames();
  log = logOf(SESSIONS.loopback);
  player = new Player(log, frames.request);
});

const close = (at: number, peer = 'A') => log.append({ type: 'close', peer, at, value: null });

describe('Player', () => {
  it('begins at the newest event and follows', () => {
    expect([player.time, player.index, player.followLive]).toEqual([48, log.events.length, true]);
    close(60);
    expect([player.time, player.index, player.duration]).toEqual([60, log.events.length, 60]);
  });

  it('stays where the reader put it while the session grows', () => {
    player.seek(20);
    const index = player.index;
    close(60);
    expect([player.time, player.index, player.followLive]).toEqual([20, index, false]);
    expect(player.duration).toBe(60);
  });

  it('stays at its event when an earlier one comes late', () => {
    player.seek(20);
    const here = log.events[player.index - 1];
    close(5, 'B');
    expect(log.events[player.index - 1]).toBe(here);
    expect(player.time).toBe(20);
  });

  it('steps to the end and back over the same places', () => {
    player.move('start');
    const places: string[] = [];
    const here = () => `${player.index} ${player.time}`;
    while (player.index < log.events.length) {
      places.push(here());
      player.stepForward();
    }
    const back: string[] = [];
    while (player.index > 0) {
      player.stepBack();
      back.push(here());
    }
    expect(back.toReversed()).toEqual(places);
  });

  it('plays at its speed, and stops at the end', () => {
    player.seek(0);
    player.speed = 1 / 100;
    player.play();
    expect(player.playing).toBe(true);
    frames.run(1000);
    expect(player.time).toBeGreaterThan(9);
    expect(player.time).toBeLessThan(11);
    expect(player.index).toBe(log.indexAt(player.time));
    frames.run(5000);
    expect([player.time, player.playing, frames.waiting]).toEqual([48, false, false]);
  });

  it('pauses in mid-flight, and steps or seeks end playing', () => {
    player.seek(0);
    player.play();
    frames.run(500);
    const time = player.time;
    player.pause();
    frames.run(500);
    expect([player.time, frames.waiting]).toEqual([time, false]);
    for (const leave of [() => player.stepForward(), () => player.seek(3), () => player.seekIndex(4)]) {
      player.play();
      leave();
      expect(player.playing).toBe(false);
    }
  });

  it('begins again when it is played at the end', () => {
    player.play();
    frames.run(100);
    expect(player.time).toBeLessThan(2);
  });

  it('replays in about nine seconds, then follows again', () => {
    player.replay();
    expect(player.speed).toBe(1 / 200);
    frames.run(8000);
    expect(player.playing).toBe(true);
    expect(player.followLive).toBe(false);
    frames.run(3000);
    expect([player.playing, player.followLive, player.time]).toEqual([false, true, 48]);
    close(70);
    expect(player.time).toBe(70);
  });

  it('does not follow after a replay that the reader took over', () => {
    player.replay();
    frames.run(1000);
    player.seek(10);
    player.play();
    frames.run(20_000);
    expect(player.followLive).toBe(false);
  });

  it('passes a squeezed gap quickly, and a whole one at its speed', () => {
    player = new Player(logOf(SESSIONS.finished), frames.request);
    const after = (squeeze: boolean) => {
      player.squeeze = squeeze;
      player.seek(48);
      player.speed = 1 / 200;
      player.play();
      frames.run(700);
      return player.time;
    };
    expect(after(true)).toBeGreaterThan(8302);
    expect(after(false)).toBeLessThan(53);
  });

  it('keeps within the session', () => {
    player.seek(-5);
    expect([player.time, log.events[player.index]!.at > 0]).toEqual([0, true]);
    player.seek(1e9);
    expect([player.time, player.index]).toEqual([48, log.events.length]);
    player.seekIndex(-3);
    expect([player.time, player.index]).toEqual([0, 0]);
    player.seekIndex(2.4);
    expect(player.index).toBe(2);
  });

  it('does nothing while nothing is recorded', () => {
    player = new Player(logOf([]), frames.request);
    player.play();
    player.stepForward();
    player.stepBack();
    player.replay();
    expect([player.time, player.index, player.playing]).toEqual([0, 0, false]);
  });

  it('lets go of the log', () => {
    player.play();
    player.destroy();
    expect(frames.waiting).toBe(false);
    close(99);
    expect(player.duration).toBe(48);
  });
});
