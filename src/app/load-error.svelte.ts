/** Code that was asked for and did not arrive, and why: said above the page, with the one thing that helps. */
class LoadError {
  /** What happened and what to do, in a sentence or two; '' while nothing is missing. */
  words = $state('');

  constructor() {
    // Every import() that fails in a build tells of it here (Vite).
    addEventListener('vite:preloadError', () => void this.#explain());
    addEventListener('hashchange', () => (this.words = ''));
  }

  async #explain(): Promise<void> {
    this.words = 'A part of Icescope did not arrive. Reload to ask for it again.';
    try {
      const page = await fetch(document.baseURI, { cache: 'no-store' });
      if (!page.ok || !this.#isOfThisBuild(await page.text()))
        this.words =
          'A new version of Icescope is here, and a part of the one you see is gone. Save your session if you want to keep it, then reload.';
    } catch {
      this.words =
        'A part of Icescope did not arrive: where this page came from does not answer. Start the server again, or see to the network, then reload.';
    }
  }

  /** Each build's page starts a script of another name. */
  #isOfThisBuild(html: string): boolean {
    const started = document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.src;
    return started === undefined || html.includes(started.slice(started.lastIndexOf('/') + 1));
  }
}

export const loadError = new LoadError();
