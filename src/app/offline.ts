/** Keeps the whole app in the browser, by the service worker, so that it works without a network from then on. */

/** Milliseconds: what the reader waits for, and a first connection, go before it. */
const LATER = 3000;

/**
 * Does nothing where there are no service workers (a page of another machine without https, a private window), in
 * development, or where the reader saves data.
 */
export function keepForOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator) || savesData()) return;
  // The browser extension has its files beside it.
  if (!location.protocol.startsWith('http')) return;
  setTimeout(() => {
    // Without it everything works all the same, while there is a network.
    navigator.serviceWorker.register(new URL('worker.js', document.baseURI)).catch(() => {});
  }, LATER);
}

/** Save-Data, where a browser tells of it (Network Information API). */
const savesData = (): boolean =>
  (navigator as { readonly connection?: { readonly saveData?: boolean } }).connection?.saveData === true;
