/** Two tabs of one browser, with no server: messages by BroadcastChannel, slots by Web Locks. */
import { orderedReceiver } from './ordered-receiver.ts';
import type { OpenRoom, RoomStatus } from './room.ts';
import { newSecret } from './secret.ts';
import { recall, remember } from './tab-memory.ts';
import { type SeatName, type TabNote, readNote } from './tab-notes.ts';
import { type Seat, beAlive, takeSeat, whenGone } from './tab-slots.ts';

const NO_LOCKS =
  'This address is not secure, so the browser does not let tabs agree who sits where. Open the page over https, or as localhost.';
const FULL = 'Two tabs are in this room already. Close one of them, or open a room of your own.';

/** One stay of this tab in the room. */
interface Stay {
  readonly life: string;
  readonly seat: Seat;
  readonly over: AbortController;
  readonly die: () => void;
}

/** What is known of the tab at the other seat. */
interface Neighbour {
  readonly life: string;
  readonly watch: AbortController;
}

type NoteBody = TabNote extends infer N ? (N extends TabNote ? Omit<N, 'icescope' | 'life'> : never) : never;

export const openTabRoom: OpenRoom = (room) => {
  let channel = openChannel();
  const box = orderedReceiver(({ number, text }) => neighbour && say({ note: 'letter', number, text }));
  let news: RoomStatus = { link: 'joining', seat: null, other: false };
  let watcher: (news: RoomStatus) => void = () => {};
  let stay: Stay | null = null;
  let neighbour: Neighbour | null = null;
  let lastLife: string | null = null;
  let isClosed = false;

  const memory = `icescope-seat/${room}`;
  const seatBefore = (): SeatName | null => {
    const seat = recall(memory);
    return seat === 'A' || seat === 'B' ? seat : null;
  };
  const tell = (change: Partial<RoomStatus>) => watcher((news = { ...news, ...change }));

  function say(body: NoteBody): void {
    if (stay) channel.postMessage({ icescope: 1, life: stay.life, ...body });
  }

  async function join(before: SeatName | null): Promise<void> {
    if (!('locks' in navigator)) return tell({ link: 'refused', detail: NO_LOCKS });
    const life = newSecret();
    const [die, seat] = [await beAlive(room, life), await takeSeat(room, before)];
    if (!seat || isClosed || !die) {
      die?.();
      seat?.leave();
      return isClosed ? undefined : tell({ link: 'full', detail: FULL });
    }
    stay = { life, seat, die, over: new AbortController() };
    tell({ link: 'open', seat: seat.seat });
    say({ note: 'here', seat: seat.seat, ask: true });
  }

  function openChannel(): BroadcastChannel {
    const opened = new BroadcastChannel(`icescope-room/${room}`);
    opened.addEventListener('message', ({ data }) => {
      const note = readNote(data);
      if (note) hear(note);
    });
    return opened;
  }

  function leave(): void {
    stay?.seat.leave();
    stay?.die();
    neighbour?.watch.abort();
    stay = neighbour = null;
  }

  function greet(life: string, ask: boolean): void {
    if (ask) say({ note: 'here', seat: stay!.seat.seat, ask: false });
    if (neighbour?.life === life && !ask) return;
    neighbour?.watch.abort();
    const watch = new AbortController();
    neighbour = { life, watch };
    whenGone(room, life, watch.signal, () => {
      neighbour = null;
      tell({ other: false });
    });
    const isNew = life !== lastLife;
    lastLife = life;
    box.meet(isNew);
    tell({ other: true });
  }

  function hear(note: TabNote): void {
    if (!stay) return;
    if (note.note === 'here') {
      if (note.seat !== stay.seat.seat) greet(note.life, note.ask);
    } else if (note.life !== neighbour?.life) {
      // Of a tab that has not said where it sits: it writes again once it is known.
    } else if (note.note === 'got') box.acknowledged(note.number);
    else if (box.arrive(note.number, note.text)) say({ note: 'got', number: note.number });
  }

  function hide(): void {
    if (stay) remember(memory, stay.seat.seat);
    leave();
    // A message would throw the page out of the back-forward cache.
    channel.close();
    tell({ link: 'reconnecting', other: false });
  }

  function show({ persisted }: PageTransitionEvent): void {
    if (!persisted || stay) return;
    channel = openChannel();
    void join(seatBefore());
  }

  addEventListener('pagehide', hide);
  addEventListener('pageshow', show);
  void join(seatBefore());

  return {
    id: 'broadcast-channel',
    send: (text) => box.post(text),
    listen: (listener) => box.listen(listener),
    watch: (listener) => {
      watcher = listener;
      tell({});
    },
    close() {
      isClosed = true;
      leave();
      channel.close();
      removeEventListener('pagehide', hide);
      removeEventListener('pageshow', show);
      tell({ link: 'closed', other: false });
    },
  };
};
