/** Somebody's own site: pages and scripts by path, on a free port, with headers of its own. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface UserSite {
  readonly url: string;
  close(): Promise<void>;
}

export async function serveUserSite(
  files: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<UserSite> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0]!;
    const body = files[path];
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': path.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8',
      ...headers,
    });
    response.end(body ?? '');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((done) => server.close(() => done()) && server.closeAllConnections()),
  };
}
