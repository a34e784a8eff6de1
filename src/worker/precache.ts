/** Keeping a build whole: a cache that holds index.html holds everything that it needs. */
import type { Build } from './rules.ts';

/** How many files are asked for at a time: a browser has six connections to a host, and the page's own wishes go first. */
const AT_ONCE = 2;

/** Neither what follows `?` nor what a client says it takes makes one of our files another. */
export const LOOSELY = { ignoreSearch: true, ignoreVary: true } as const;

/** The page itself; its address ends in `/`. */
export const PAGE = './';

/**
 * Fetches what the cache does not hold yet, index.html last. Throws where a file is missing or of another build: then the
 * browser drops this worker and tries again at the next visit, and what has come so far is not asked for again.
 */
export async function precacheBuild(cache: Cache, older: readonly Cache[], build: Build): Promise<void> {
  const waiting = [...build.files];
  const work = async (): Promise<void> => {
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop())
      await precacheFile(cache, older, file);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const page = await fetchFresh(PAGE);
  if (!(await page.clone().text()).includes(build.entry)) throw new Error('index.html is of another build');
  await cache.put(PAGE, page);
}

/** A name with a hash that an older build has too is the same file. */
async function precacheFile(cache: Cache, older: readonly Cache[], file: string): Promise<void> {
  if (await cache.match(file)) return;
  const isHashed = file.startsWith('assets/');
  const known = isHashed ? await firstMatch(older, file) : undefined;
  await cache.put(file, known ?? (await (isHashed ? fetchScript(file) : fetchFresh(file))));
}

/** What the page has fetched already comes out of the browser's own cache. */
async function fetchScript(file: string): Promise<Response> {
  const response = whole(await fetch(file, { priority: 'low' }));
  // Some hosts answer with their page where a file is gone.
  if (response.headers.get('content-type')?.startsWith('text/html')) throw new Error(`${file} is gone`);
  return response;
}

const fetchFresh = async (file: string): Promise<Response> => whole(await fetch(file, { cache: 'no-cache' }));

function whole(response: Response): Response {
  if (response.status !== 200) throw new Error(`${response.url}: ${response.status}`);
  if (response.redirected) throw new Error(`${response.url} is somewhere else`);
  return response;
}

async function firstMatch(caches: readonly Cache[], file: string): Promise<Response | undefined> {
  for (const cache of caches) {
    const kept = await cache.match(file, LOOSELY);
    if (kept) return kept;
  }
  return undefined;
}
