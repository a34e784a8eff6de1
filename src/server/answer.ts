/** What every answer over HTTP carries: the headers that keep the page to its own origin. */
import type { ServerResponse } from 'node:http';

/**
 * What the page may do: its own files, its own connections, nothing inline but style attributes (Svelte writes
 * them). `ownSocket` is the page's own WebSocket origin, since not every browser lets `'self'` cover `ws:`.
 */
function contentSecurityPolicy(ownSocket: string | undefined): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${ownSocket === undefined ? '' : ` ${ownSocket}`}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The camera reads a QR code; nothing else that asks the reader for leave is used, by us or by anybody in our name. */
const PERMISSIONS = [
  'camera=(self)',
  ...['microphone', 'geolocation', 'display-capture', 'midi', 'usb', 'serial', 'hid', 'payment'].map(
    (feature) => `${feature}=()`,
  ),
].join(', ');

/** The script that other pages load to be looked at: nothing secret is in it. */
const SHARED = '/tap.js';
/** The page as a tapped page opens it: it may know who opened it, and be asked by it. */
const LISTENING = '/?listen';

/**
 * Sets the headers that every answer carries. `trusted`: the browser takes the address for trustworthy (https, or this
 * machine). Elsewhere it ignores Cross-Origin-Opener-Policy and says so in the console, so it is not sent. The page knows
 * the windows that it opens, since a tapped page speaks to it by them; who opens the page does not know it, but
 * for `LISTENING` (HTML, cross-origin opener policies).
 */
export function setSecurityHeaders(
  response: ServerResponse,
  { ownSocket, trusted, url }: { ownSocket: string | undefined; trusted: boolean; url: string | undefined },
): void {
  response.setHeader('content-security-policy', contentSecurityPolicy(ownSocket));
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('permissions-policy', PERMISSIONS);
  if (trusted && url !== LISTENING)
    response.setHeader('cross-origin-opener-policy', 'same-origin-allow-popups');
  response.setHeader('cross-origin-resource-policy', url === SHARED ? 'cross-origin' : 'same-origin');
}

export function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  response.end(`${text}\n`);
}

/** A method that the address does not know (RFC 9110, section 15.5.6). */
export function sendNotAllowed(response: ServerResponse, ...allowed: readonly string[]): void {
  response.setHeader('allow', allowed.join(', '));
  sendText(response, 405, `${allowed.join(' or ')} only.`);
}
