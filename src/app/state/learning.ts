/** Where the progress through the lessons is kept, in this browser. */
export const PROGRESS_KEY = 'icescope.lessons';

/** Somebody new is led into the first lesson, everybody else to the map. */
export function learnAddress(): string {
  try {
    return localStorage.getItem(PROGRESS_KEY) === null ? '#/learn/two-peers-meet' : '#/learn';
  } catch {
    // Storage is switched off: nothing tells that somebody was here.
    return '#/learn/two-peers-meet';
  }
}
