/** Ends what was begun; doing it again does nothing. */
export type Stop = () => void;

/** As the browser has them: a page may count or change its own, as zone.js does. */
const { addEventListener, removeEventListener } = EventTarget.prototype;

/**
 * Listens for events of some types. An AbortSignal would do the same, at three times the price, which counts where a
 * connection is just coming up.
 */
export function listen<E extends Event>(
  target: EventTarget,
  types: readonly string[],
  listener: (event: E) => void,
): Stop {
  for (const type of types) addEventListener.call(target, type, listener as EventListener);
  return () => types.forEach((type) => removeEventListener.call(target, type, listener as EventListener));
}
