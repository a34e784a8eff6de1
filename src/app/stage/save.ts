import { writeSession } from '../../core/session/codec.ts';
import type { SessionEvent } from '../../core/session/event.ts';
import { SessionLog } from '../../core/session/log.ts';
import { redactSession } from '../../core/diagnosis/redact-session.ts';

/** Hands the session to the reader as a file. */
export const saveSession = (events: readonly SessionEvent[]): void => save(events, 'icescope-session.txt');

/** The same without what tells whose it is. */
export function saveRedacted(events: readonly SessionEvent[]): void {
  const log = new SessionLog();
  for (const event of redactSession(events)) log.append(event);
  save(log.events, 'icescope-session-redacted.txt');
}

function save(events: readonly SessionEvent[], name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([writeSession(events)], { type: 'text/plain' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
