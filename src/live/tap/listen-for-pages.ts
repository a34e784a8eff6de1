/** Hears which tapped pages want to be looked at: pages that this window opened, that opened it, or frames in them. */
import { HELLO, HERE } from '../../core/tap/wire.ts';
import { type Stop, listen } from '../listen.ts';
import type { TapPort } from './tapped-page.ts';

/** A page that calls. Its origin is the browser's word, not its own. */
export interface CallingPage {
  /** `https://meet.example.net`; `null` for a page that has none: a file, or a sandboxed frame. */
  readonly origin: string;
  /** Its window, or the frame that an extension knows it by: a page that is loaded again has the same. */
  readonly place: unknown;
  /** The reader agreed by the button of the extension, on this page. */
  readonly isAgreed?: boolean;
  /** Gives the page a port to speak by. */
  readonly answer: () => TapPort;
}

export function listenForPages(heard: (page: CallingPage) => void): Stop {
  return listen<MessageEvent>(window, ['message'], ({ data, origin, source }) => {
    if (data !== HERE || source === null || !('postMessage' in source) || source === window) return;
    const place = source as Window;
    heard({ origin, place, answer: () => answer(origin, place) });
  });
}

/** Should another page have come into the window meanwhile, the browser does not hand the port over. */
function answer(origin: string, page: Window): TapPort {
  const { port1, port2 } = new MessageChannel();
  // A page without an origin can not be named: what is in its window by then gets a port, and nothing else.
  page.postMessage(HELLO, origin === 'null' ? '*' : origin, [port2]);
  return port1;
}
