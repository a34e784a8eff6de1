/** Messages in order and once, over a medium whose other end may be away or be another one. */
export interface OrderedReceiver {
  /** Keeps the message until it is acknowledged; hands it over at once when `send` is possible. */
  post(text: string): void;
  /** The other end came, or came back: everything that it has not acknowledged goes out. `isNew` forgets its numbers. */
  meet(isNew: boolean): void;
  /** A message of the other end arrived; says whether it is to be acknowledged. */
  arrive(number: number, text: string): boolean;
  acknowledged(number: number): void;
  listen(listener: (text: string) => void): void;
}

interface Sent {
  readonly number: number;
  readonly text: string;
}

export function orderedReceiver(send: (envelope: Sent) => void): OrderedReceiver {
  const unread: Sent[] = [];
  const early: string[] = [];
  let written = 0;
  /** Number of the last message of the other end; null when it is new, so that its first message sets it. */
  let last: number | null = null;
  let tell: ((text: string) => void) | null = null;

  return {
    post(text) {
      const envelope = { number: ++written, text };
      unread.push(envelope);
      send(envelope);
    },
    meet(isNew) {
      if (isNew) last = null;
      unread.forEach(send);
    },
    arrive(number, text) {
      if (last !== null && number > last + 1) return false;
      if (last !== null && number <= last) return true;
      last = number;
      if (tell) tell(text);
      else early.push(text);
      return true;
    },
    acknowledged(number) {
      while (unread[0] && unread[0].number <= number) unread.shift();
    },
    listen(listener) {
      tell = listener;
      early.splice(0).forEach(listener);
    },
  };
}
