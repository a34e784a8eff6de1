/** In the browser extension, pages call by ports of the extension: content scripts, one in each frame, hold the other ends. */
import { HELLO } from '../../core/tap/wire.ts';
import type { CallingPage } from './listen-for-pages.ts';
import type { TapPort } from './tapped-page.ts';

/** What is used of chrome.runtime.Port; Firefox has the same. */
interface ExtensionPort {
  readonly name: string;
  readonly sender?: {
    readonly origin?: string;
    readonly url?: string;
    readonly tab?: { readonly id?: number };
    readonly frameId?: number;
  };
  readonly onMessage: { addListener(heard: (message: unknown) => void): void };
  readonly onDisconnect: { addListener(heard: () => void): void };
  postMessage(message: unknown): void;
  disconnect(): void;
}

interface Runtime {
  readonly onConnect: { addListener(heard: (port: ExtensionPort) => void): void };
}

/** False where this page is none of an extension. */
export function listenForPorts(heard: (page: CallingPage) => void): boolean {
  if (!/^\w+-extension:$/.test(location.protocol)) return false;
  const { runtime } = (globalThis as unknown as { readonly chrome: { readonly runtime: Runtime } }).chrome;
  runtime.onConnect.addListener((port) => {
    const { origin, url, tab, frameId } = port.sender ?? {};
    // The button was pressed on this origin, and the browser asked: without that no script of ours is in the page.
    const named = origin ?? new URL(url ?? 'about:blank').origin;
    heard({ origin: named, place: `${tab?.id} ${frameId}`, isAgreed: true, answer: () => portOf(port) });
  });
  return true;
}

function portOf(port: ExtensionPort): TapPort {
  const own: TapPort = {
    onmessage: null,
    postMessage: (message) => port.postMessage(message),
    close: () => port.disconnect(),
  };
  const hear = (data: unknown) => own.onmessage?.(new MessageEvent('message', { data }));
  port.onMessage.addListener(hear);
  port.onDisconnect.addListener(() => hear('{"kind":"bye"}'));
  port.postMessage(HELLO);
  return own;
}
