type Theme = 'light' | 'dark';

const KEY = 'icescope.theme';
const system = matchMedia('(prefers-color-scheme: dark)');

/** Follows the system until the reader chooses. */
class ThemeState {
  current = $state<Theme>(stored() ?? (system.matches ? 'dark' : 'light'));

  constructor() {
    apply(this.current);
    // Paper is white, and browsers leave out what is behind a text.
    addEventListener('beforeprint', () => apply('light'));
    addEventListener('afterprint', () => apply(this.current));
    system.addEventListener(
      'change',
      () => stored() === null && this.#set(system.matches ? 'dark' : 'light'),
    );
  }

  toggle(): void {
    this.#set(this.current === 'dark' ? 'light' : 'dark');
    try {
      localStorage.setItem(KEY, this.current);
    } catch {
      // Storage may be switched off: then the choice lasts as long as the page.
    }
  }

  #set(theme: Theme): void {
    this.current = theme;
    apply(theme);
  }
}

function apply(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
}

function stored(): Theme | null {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : null;
  } catch {
    return null;
  }
}

export const theme = new ThemeState();
