import type { EventType, EventValues } from '../core/session/event.ts';

/** Emits one event of the observed peer, stamped now. */
export type Emitter = <T extends EventType>(type: T, value: EventValues[T], correlation?: string) => void;
