import { createSubscriber } from 'svelte/reactivity';
import { Projector } from '../../core/projections/index.ts';
import type { Facts } from '../../core/projections/index.ts';
import type { View } from '../../core/projections/view.ts';
import type { PeerPairing } from '../../core/session/peer-pairing.ts';
import type { NewEvent, SessionEvent } from '../../core/session/event.ts';
import { SessionLog } from '../../core/session/log.ts';

/** Connections of a recording that talk to each other, and what happened on them. */
export interface Part {
  readonly peers: PeerPairing;
  /** How much it has to say: the one with most is shown first. */
  readonly telling: number;
  open(): Session;
}

/** A log and its projections as the components see them: reading `events` or a view makes them follow the log. */
export class Session {
  readonly log: SessionLog;
  readonly projector: Projector;
  readonly #follow: () => void;
  live = $state(false);
  /** Where it holds more connections than a picture shows: each with its other end. */
  parts: readonly Part[] = [];

  constructor(log = new SessionLog({ schedule: soon }), projector = new Projector(log)) {
    this.log = log;
    this.projector = projector;
    this.#follow = createSubscriber((update) => this.log.subscribe(update));
  }

  get events(): readonly SessionEvent[] {
    this.#follow();
    return this.log.events;
  }

  get duration(): number {
    this.#follow();
    return this.log.duration;
  }

  /** Facts at the end of what is recorded so far. */
  get whole(): Facts {
    return this.projector.at(this.events.length);
  }

  view(cursor: { readonly index: number; readonly time: number }, whole: Facts): View {
    const { index, time } = cursor;
    const facts = index >= this.events.length ? whole : this.projector.at(index);
    return { facts, whole, time, index, events: this.events, live: this.live };
  }

  emit = (event: NewEvent): void => {
    this.log.append(event);
  };
}

/** Often enough to follow, seldom enough that drawing takes no time from the connection that is being made. */
function soon(run: () => void): void {
  setTimeout(run, 80);
}
