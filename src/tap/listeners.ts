/** Which windows may listen to this page: an Icescope page that opened it, or one that it opened when the reader said so. */

/**
 * Where the app is, as the console snippet and the bookmarklet have it, or `extension`; a script tag says it by its own
 * address.
 */
declare const ICESCOPE: string | undefined;

export interface Listeners {
  /** Whether a window message is the word of an Icescope page. */
  readonly trusts: (event: MessageEvent) => boolean;
  /** Says something to each of them. */
  readonly call: (words: string) => void;
  /** Opens an Icescope page, where the reader asked for the tap by hand and none opened this page. */
  readonly open: () => void;
}

export function findListeners(): Listeners {
  const byHand = typeof ICESCOPE === 'string';
  if (byHand && ICESCOPE === 'extension') return BESIDE;
  const icescope = new URL(byHand ? ICESCOPE! : scriptAddress());
  let opened: Window | null = null;
  const openers = (): readonly Window[] =>
    [window.top?.opener as Window | null, opened].filter((one) => one !== null && one !== undefined);
  return {
    trusts: ({ origin, source }) => origin === icescope.origin && openers().includes(source as Window),
    call: (words) => openers().forEach((one) => one.postMessage(words, icescope.origin)),
    open() {
      if (!byHand || openers().length > 0) return;
      const address = new URL('?listen#/debug/page', icescope);
      opened = window.open(address, 'icescope');
      console.info(opened ? OPENED : `${BLOCKED} ${address.href}`);
    },
  };
}

/** The extension's other script in this page hears and answers in its window, before the page's own listeners. */
const BESIDE: Listeners = {
  trusts: ({ source }) => source === window,
  call: (words) => window.postMessage(words, '*'),
  open: () => {},
};

const OPENED = 'Icescope: this page is tapped. Look at the window that opened, and allow it there.';
const BLOCKED =
  'Icescope: this page is tapped, but the browser did not let it open a window. Allow pop-ups for this page, and run it again:';

/** `data-icescope` for a page that serves the script itself. */
function scriptAddress(): string {
  const script = document.currentScript as HTMLScriptElement | null;
  return script?.dataset['icescope'] ?? script?.src ?? location.href;
}
