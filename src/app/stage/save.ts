import { writeSession } from '../../core/session/codec.ts';
import type { SessionEvent } from '../../core/session/event.ts';

/** Hands the session to the reader as a file. */
export function saveSession(events: readonly SessionEvent[]): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([writeSession(events)], { type: 'text/plain' }));
  link.download = 'icescope-session.txt';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
