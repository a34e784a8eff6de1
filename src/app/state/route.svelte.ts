import { SECRET } from '../../core/signalling/room-messages.ts';

/** `#/?room=…&by=websocket`: a room, and the way into it. */
export interface Invite {
  readonly room: string;
  readonly by: string;
}

/** The page that the address names: everything after `#/`, so that any static host can serve the app. */
class Route {
  path = $state('');
  /** What a page calls what it shows now, for the window's title; '' until it says so. */
  title = $state('');
  /** The room that the address names; null when it names none. */
  invite: Invite | null = $state.raw(null);

  constructor() {
    this.#read();
    addEventListener('hashchange', () => this.#read());
  }

  /**
   * Goes to a room of this page. Each room is a place of its own in the browser's history; another way into the same
   * room, or a room in place of an address that names none, is the same place.
   */
  enter(room: string, by: string): void {
    const stays = this.invite !== null && (this.invite.room === room || !SECRET.test(this.invite.room));
    this.#go(`#/?room=${room}&by=${by}`, stays ? 'replaceState' : 'pushState');
  }

  /** From a room to the page without one; Back leads to the room. */
  home(): void {
    if (this.invite) this.#go('#/', 'pushState');
  }

  #go(address: string, how: 'pushState' | 'replaceState'): void {
    history[how](null, '', address);
    this.#read();
  }

  #read(): void {
    const [path = '', query] = location.hash.replace(/^#\/?/, '').split('?');
    const asked = new URLSearchParams(query);
    if (path !== this.path) this.title = '';
    this.path = path;
    this.invite = asked.has('room') ? { room: asked.get('room')!, by: asked.get('by') ?? '' } : null;
  }
}

export const route = new Route();
