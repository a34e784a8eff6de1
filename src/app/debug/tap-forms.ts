/** The forms in which a page gets the tap, as text to copy. */

export type TapForm = 'script' | 'console' | 'bookmarklet' | 'extension';

export const TAP_FORMS: Readonly<Record<TapForm, string>> = {
  script: 'Script tag',
  console: 'Console',
  bookmarklet: 'Bookmarklet',
  extension: 'Extension',
};

export const scriptTag = (base: string): string => `<script src="${new URL('tap.js', base).href}"></script>`;

/** The whole tap with the address of this app: a page's Content-Security-Policy does not keep the console from running it. */
export const snippet = (tap: string, base: string): string =>
  `((ICESCOPE) => {${tap}})(${JSON.stringify(new URL('.', base).href)});`;

export const bookmarklet = (tap: string, base: string): string =>
  `javascript:${encodeURIComponent(`${snippet(tap, base)}void 0`)}`;

/** What somebody typed as the address of their page: `localhost:3000`, or all of it; null for what is none. */
export function addressOf(text: string): URL | null {
  const whole = /^https?:/.test(text) ? text : `http://${text}`;
  return text !== '' && URL.canParse(whole) ? new URL(whole) : null;
}
