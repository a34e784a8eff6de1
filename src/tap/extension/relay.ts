/** Beside the tap in each frame, in a world of its own: carries what the tap says to the extension's page, and back. */
import { HELLO, HERE } from '../../core/tap/wire.ts';
import type { Port } from './browser.ts';

let extension: Port | null = null;

addEventListener(
  'message',
  (event) => {
    if (event.source !== window || event.data !== HERE) return;
    event.stopImmediatePropagation();
    extension ??= connect();
  },
  true,
);

/** Where no stage is open the port closes at once, and the tap calls again. */
function connect(): Port {
  const port = chrome.runtime.connect({ name: 'icescope-tap' });
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => port.postMessage(data);
  port.onMessage.addListener((data) => {
    if (data === HELLO) window.postMessage(HELLO, '*', [port2]);
    else port1.postMessage(data);
  });
  port.onDisconnect.addListener(() => {
    // Read, so that the browser does not report that nobody was there.
    void chrome.runtime.lastError;
    port1.postMessage('{"kind":"stop"}');
    if (extension === port) extension = null;
  });
  return port;
}
