/**
 * The files of the built app, over HTTP, with the headers that keep the page to its own origin.
 */
import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import sirv from 'sirv';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * What the page may do: its own files, its own connections, nothing inline but style attributes (Svelte writes
 * them). `ownSocket` is the page's own WebSocket origin, since not every browser lets `'self'` cover `ws:`.
 */
export function contentSecurityPolicy(ownSocket: string | undefined): string {
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

/**
 * Sets the headers that every answer carries. `trusted`: the browser takes the address for trustworthy (https, or this
 * machine). Elsewhere it ignores Cross-Origin-Opener-Policy and says so in the console, so it is not sent.
 */
export function setSecurityHeaders(
  response: ServerResponse,
  { ownSocket, trusted }: { ownSocket: string | undefined; trusted: boolean },
): void {
  response.setHeader('content-security-policy', contentSecurityPolicy(ownSocket));
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  if (trusted) response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('cross-origin-resource-policy', 'same-origin');
}

export function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  response.end(`${text}\n`);
}

/**
 * Serves the folder `dist`, compressed where the build left a compressed form (`precompress.ts`) that the browser
 * takes. Files below `assets/` carry a hash in their name and may be kept for ever.
 */
export function serveFolder(dist: string): Handler {
  if (!existsSync(dist)) {
    return (_request, response) => sendText(response, 404, 'The app is not built: run "npm run build".');
  }
  const files = sirv(dist, {
    etag: true,
    brotli: true,
    gzip: true,
    setHeaders: (response, pathname) => {
      const hashed = pathname.startsWith('/assets/');
      response.setHeader('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  return (request, response) => files(request, response, () => sendText(response, 404, 'Not found.'));
}
