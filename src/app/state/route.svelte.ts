/** The page that the address names: everything after `#/`, so that any static host can serve the app. */
class Route {
  path = $state('');
  /** What a page calls what it shows now, for the window's title; '' until it says so. */
  title = $state('');
  /** `#/?room=…&by=websocket` invites into a room; null when the address does not. */
  invite: { readonly room: string; readonly by: string } | null = $state.raw(null);

  constructor() {
    this.#read();
    addEventListener('hashchange', () => this.#read());
  }

  /** Changes the address without opening a page. */
  show(room: string, by: string): void {
    history.replaceState(null, '', room ? `#/?room=${room}&by=${by}` : '#/');
    if (!room) this.invite = null;
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
