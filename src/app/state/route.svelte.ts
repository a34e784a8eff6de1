/** The page that the address names: everything after `#/`, so that any static host can serve the app. */
class Route {
  path = $state(read());

  constructor() {
    addEventListener('hashchange', () => (this.path = read()));
  }
}

const read = (): string => location.hash.replace(/^#\/?/, '').replace(/[?].*$/, '');

export const route = new Route();
