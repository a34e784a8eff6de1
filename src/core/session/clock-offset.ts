/**
 * How far two clocks are apart, from letters alone: a message never arrives before it was sent, so each one that comes
 * bounds the offset from above and each one that went from below (the idea of NTP, RFC 5905, section 8). Milliseconds.
 */
export interface ClockEstimate {
  /** Add it to a time of the other clock to get the time of this one. */
  readonly offset: number;
  /** The truth lies within this much of `offset`. */
  readonly uncertainty: number;
  /** How many messages it rests on. */
  readonly messages: number;
}

export interface ClockOffset {
  /** The other side sent at `there`, by its clock; it came at `here`, by this one. */
  came(there: number, here: number): void;
  /** This side sent at `here`; it came at `there`. */
  went(here: number, there: number): void;
  /** Null before a message went each way. */
  estimate(): ClockEstimate | null;
}

interface Bound {
  readonly value: number;
  /** When it was measured, by this clock. */
  readonly at: number;
}

/** Two quartz clocks drift apart by at most this much a millisecond, so an old bound is a little wider. */
const DRIFT = 1e-4;

export function clockOffset(): ClockOffset {
  let least: Bound | null = null;
  let most: Bound | null = null;
  let messages = 0;
  let newest = 0;

  const floor = (): number => (least ? least.value - DRIFT * (newest - least.at) : -Infinity);
  const ceiling = (): number => (most ? most.value + DRIFT * (newest - most.at) : Infinity);

  return {
    came(there, here) {
      messages++;
      newest = Math.max(newest, here);
      const value = here - there;
      // A clock that was set anew makes the old bounds wrong.
      if (value < floor()) least = null;
      if (value < ceiling()) most = { value, at: here };
    },
    went(here, there) {
      messages++;
      newest = Math.max(newest, here);
      const value = here - there;
      if (value > ceiling()) most = null;
      if (value > floor()) least = { value, at: here };
    },
    estimate() {
      if (!least || !most) return null;
      const [low, high] = [floor(), ceiling()];
      return { offset: (low + high) / 2, uncertainty: (high - low) / 2, messages };
    },
  };
}
