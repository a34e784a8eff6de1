import type { Channel } from './channel.ts';

/** Nobody carries the messages but people: what is sent is shown to them, what they bring is handed over. */
export interface CopyPaste extends Channel {
  /** What somebody brought from the other side. */
  deliver(text: string): void;
}

export function copyPaste(show: (text: string) => void): CopyPaste {
  let listener: ((text: string) => void) | null = null;
  const early: string[] = [];
  return {
    id: 'copy-paste',
    send: show,
    listen(next) {
      listener = next;
      for (const text of early.splice(0)) next(text);
    },
    deliver(text) {
      if (listener) listener(text);
      else early.push(text);
    },
    close: () => (listener = null),
  };
}
