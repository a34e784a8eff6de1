/**
 * The service worker: with it, the app works without a network once it has been opened.
 *
 * A build is kept whole or not at all (`keep.ts`). A new build waits until no page of the old one is open, and then
 * drops what the old one kept; until then pages of both find their files, because all that is kept is looked through. A
 * visit with a network always shows the newest build, since the page itself comes from there (`rules.ts`).
 */
import { precacheBuild, LOOSELY, PAGE } from './precache.ts';
import { type Build, cacheName, isOwnCache, ruleFor } from './rules.ts';

declare const self: ServiceWorkerGlobalScope;
/** The build puts it here (`worker/vite-plugin.ts`). */
declare const BUILD: Build;

/** Milliseconds to wait for the network while a kept copy is there. */
const PATIENCE = 2000;

const scope = self.registration.scope;
const files = new Set(BUILD.files);
const own = cacheName(scope, BUILD.version);

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { url, method, mode, headers } = request;
  const rule = ruleFor({ url, method, mode, isPart: headers.has('range') }, scope, files);
  if (rule === 'leave') return;
  event.respondWith(rule === 'hashed' ? kept(request) : fresh(rule === 'page' ? PAGE : request, request));
});

async function install(): Promise<void> {
  const older = (await ownCaches()).filter((name) => name !== own);
  await precacheBuild(
    await caches.open(own),
    await Promise.all(older.map((name) => caches.open(name))),
    BUILD,
  );
}

async function activate(): Promise<void> {
  const gone = (await ownCaches()).filter((name) => name !== own);
  await Promise.all(gone.map((name) => caches.delete(name)));
  // The page that brought this worker needs it too: it is offline from now on, not from its next visit.
  await self.clients.claim();
}

async function kept(request: Request): Promise<Response> {
  return (await caches.match(request, LOOSELY)) ?? fetch(request);
}

/** From the network while it answers in time and knows the file; else the newest copy. */
async function fresh(name: RequestInfo, request: Request): Promise<Response> {
  const asked = fetch(request);
  const copy = await newestCopy(name);
  if (!copy) return asked;
  const answer = await Promise.race([asked.catch(() => undefined), afterPatience()]);
  return answer && (answer.ok || answer.type === 'opaqueredirect') ? answer : copy;
}

const afterPatience = (): Promise<undefined> =>
  new Promise((resolve) => setTimeout(() => resolve(undefined), PATIENCE));

async function newestCopy(name: RequestInfo): Promise<Response | undefined> {
  for (const cacheName of (await ownCaches()).reverse()) {
    const copy = await caches.match(name, { ...LOOSELY, cacheName });
    if (copy) return copy;
  }
  return undefined;
}

/** Of this app, in the order in which they were made. */
const ownCaches = async (): Promise<string[]> =>
  (await caches.keys()).filter((name) => isOwnCache(name, scope));
