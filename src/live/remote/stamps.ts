/** The times that notes bear, and what they tell of the other side's clock. */
import { recordingClock } from '../../core/base/clock.ts';
import { type ClockEstimate, clockOffset } from '../../core/session/clock-offset.ts';
import type { NoteBody, Stamp } from './note.ts';

/** Milliseconds since 1970 by the page's own steady clock: the same in all tabs of a browser. */
export const absolute = recordingClock(() => performance.timeOrigin + performance.now());

export class Stamps {
  readonly #clock = clockOffset();
  #heard: Stamp['heard'] = null;

  /** The note as it travels, stamped now. `list` is what it carries, already in JSON. */
  write(body: NoteBody, list?: string): string {
    const note = JSON.stringify({ ...body, at: absolute(), heard: this.#heard });
    return list === undefined ? note : `${note.slice(0, -1)},"list":${list}}`;
  }

  read({ at, heard }: Stamp): void {
    this.#heard = [at, absolute()];
    this.#clock.came(...this.#heard);
    if (heard) this.#clock.went(...heard);
  }

  estimate(): ClockEstimate | null {
    return this.#clock.estimate();
  }
}
