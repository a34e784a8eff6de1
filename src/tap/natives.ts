/** The browser's own, as they were before the page could change them: it may count their calls, or stop its clock. */
export const { apply, construct, defineProperty, getOwnPropertyDescriptor, ownKeys } = Reflect;
export const { setTimeout, clearTimeout } = globalThis;
export const { stringify } = JSON;
export const listenTo = EventTarget.prototype.addEventListener;
export const now = performance.now.bind(performance);
/** Milliseconds since 1970 at `now()` = 0. */
export const origin = performance.timeOrigin;
