/** Two tabs of one browser, with no server: messages by BroadcastChannel, slots by Web Locks. */
import { orderedReceiver } from './ordered-receiver.ts';
import type { OpenRoom, Room, RoomStatus } from './room.ts';
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
  readonly die: () => void;
}

/** What is known of the tab at the other seat. */
interface Neighbour {
  readonly life: string;
  readonly watch: AbortController;
}

type NoteBody = TabNote extends infer N ? (N extends TabNote ? Omit<N, 'icescope' | 'life'> : never) : never;

export const openTabRoom: OpenRoom = (room) => new TabRoom(room);

class TabRoom implements Room {
  readonly id = 'broadcast-channel';
  readonly #room: string;
  readonly #box = orderedReceiver(
    ({ number, text }) => this.#neighbour && this.#say({ note: 'letter', number, text }),
  );
  readonly #gone = new AbortController();
  #channel: BroadcastChannel;
  #status: RoomStatus = { link: 'joining', seat: null, other: false };
  #watcher: (status: RoomStatus) => void = () => {};
  #stay: Stay | null = null;
  #neighbour: Neighbour | null = null;
  #lastLife: string | null = null;

  constructor(room: string) {
    this.#room = room;
    this.#channel = this.#openChannel();
    const { signal } = this.#gone;
    addEventListener('pagehide', () => this.#hide(), { signal });
    addEventListener('pageshow', ({ persisted }) => persisted && this.#show(), { signal });
    void this.#join();
  }

  send(text: string): void {
    this.#box.post(text);
  }

  listen(listener: (text: string) => void): void {
    this.#box.listen(listener);
  }

  watch(watcher: (status: RoomStatus) => void): void {
    this.#watcher = watcher;
    this.#report({});
  }

  close(): void {
    this.#gone.abort();
    this.#leave();
    this.#channel.close();
    this.#report({ link: 'closed', other: false });
  }

  get #memory(): string {
    return `icescope-seat/${this.#room}`;
  }

  #report(change: Partial<RoomStatus>): void {
    this.#watcher((this.#status = { ...this.#status, ...change }));
  }

  #say(body: NoteBody): void {
    if (this.#stay) this.#channel.postMessage({ icescope: 1, life: this.#stay.life, ...body });
  }

  #openChannel(): BroadcastChannel {
    const opened = new BroadcastChannel(`icescope-room/${this.#room}`);
    opened.addEventListener('message', ({ data }) => {
      const note = readNote(data);
      if (note && this.#stay) this.#hear(note, this.#stay);
    });
    return opened;
  }

  async #join(): Promise<void> {
    const before = seatOf(recall(this.#memory));
    if (!('locks' in navigator)) return this.#report({ link: 'refused', detail: NO_LOCKS });
    const life = newSecret();
    const [die, seat] = [await beAlive(this.#room, life), await takeSeat(this.#room, before)];
    const isClosed = this.#gone.signal.aborted;
    if (!seat || isClosed || !die) {
      die?.();
      seat?.leave();
      if (!isClosed) this.#report({ link: 'full', detail: FULL });
      return;
    }
    this.#stay = { life, seat, die };
    this.#report({ link: 'open', seat: seat.seat });
    this.#say({ note: 'here', seat: seat.seat, ask: true });
  }

  #leave(): void {
    this.#stay?.seat.leave();
    this.#stay?.die();
    this.#neighbour?.watch.abort();
    this.#stay = this.#neighbour = null;
  }

  #hear(note: TabNote, { seat }: Stay): void {
    if (note.note === 'here') {
      if (note.seat !== seat.seat) this.#greet(note.life, { ask: note.ask, seat });
    } else if (note.life !== this.#neighbour?.life) {
      // Of a tab that has not said where it sits: it writes again once it is known.
    } else if (note.note === 'got') this.#box.acknowledged(note.number);
    else if (this.#box.arrive(note.number, note.text)) this.#say({ note: 'got', number: note.number });
  }

  #greet(life: string, { ask, seat }: { readonly ask: boolean; readonly seat: Seat }): void {
    if (ask) this.#say({ note: 'here', seat: seat.seat, ask: false });
    if (this.#neighbour?.life === life && !ask) return;
    this.#neighbour?.watch.abort();
    const watch = new AbortController();
    this.#neighbour = { life, watch };
    whenGone(this.#room, life, watch.signal, () => {
      this.#neighbour = null;
      this.#report({ other: false });
    });
    const isNew = life !== this.#lastLife;
    this.#lastLife = life;
    this.#box.meet(isNew);
    this.#report({ other: true });
  }

  #hide(): void {
    if (this.#stay) remember(this.#memory, this.#stay.seat.seat);
    this.#leave();
    // A message would throw the page out of the back-forward cache.
    this.#channel.close();
    this.#report({ link: 'reconnecting', other: false });
  }

  #show(): void {
    if (this.#stay) return;
    this.#channel = this.#openChannel();
    void this.#join();
  }
}

const seatOf = (remembered: string | null): SeatName | null =>
  remembered === 'A' || remembered === 'B' ? remembered : null;
