/** Which requests the service worker answers, and how. */

/** What a build says of itself. Paths are relative to the folder of the app: `assets/Learn-1234.js`. */
export interface Build {
  /** Another for each build that differs in anything. */
  readonly version: string;
  /** All its files but index.html, which names them, and config.json, which is the server's word. */
  readonly files: readonly string[];
  /** The script that its index.html starts: by it one build's page is told from another's. */
  readonly entry: string;
}

/**
 * - `page`: from the network, so that a new build is seen at once; kept where that is gone or slow.
 * - `hashed`: kept, since a name with a hash is always the same file.
 * - `named`: a file of the build that may change under its name: as the page.
 * - `leave`: not ours. Rooms, event streams, X-ray, config.json, whatever is posted, and other origins.
 */
export type Rule = 'page' | 'hashed' | 'named' | 'leave';

/** What a rule needs to know of a Request. */
export interface Asked {
  readonly url: string;
  readonly method: string;
  readonly mode: string;
  readonly isPart: boolean;
}

/** `scope`: the address of the folder that the worker lies in, with `/` at its end. */
export function ruleFor(
  { url, method, mode, isPart }: Asked,
  scope: string,
  files: ReadonlySet<string>,
): Rule {
  const path = pathIn(url, scope);
  if (path === undefined || method !== 'GET' || isPart) return 'leave';
  if (mode === 'navigate') return path === '' || path === 'index.html' ? 'page' : 'leave';
  if (path.startsWith('assets/')) return 'hashed';
  return files.has(path) ? 'named' : 'leave';
}

/** `https://example.org/ice/assets/a.js?x` in `https://example.org/ice/` → `assets/a.js`; undefined elsewhere. */
function pathIn(url: string, scope: string): string | undefined {
  return url.startsWith(scope) ? url.slice(scope.length).split(/[?#]/, 1)[0]! : undefined;
}

/** Where a build is kept. Several apps may share an origin (github.io), each in a folder of its own. */
export const cacheName = (scope: string, version: string): string => `icescope ${scope} ${version}`;

/** Whether a cache is of the app in this folder, of whichever build. */
export const isOwnCache = (name: string, scope: string): boolean => name.startsWith(cacheName(scope, ''));
