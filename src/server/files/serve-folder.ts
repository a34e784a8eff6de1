/**
 * The files of a folder over HTTP, as they are at the moment of each request: a build may replace the folder while the
 * server runs. A file is opened once, and what is told of it and sent of it is that opened file.
 */
import { type FileHandle, open } from 'node:fs/promises';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { sendText } from '../answer.ts';
import { isSameForRange, isUnchanged, type Validators, validatorsOf } from './conditions.ts';
import { acceptedEncodings, type Encoding, isCompressed } from './encoding.ts';
import { mediaType } from './media-type.ts';
import { filePath } from './path.ts';
import { type Part, partOf } from './range.ts';

/** Milliseconds after which a client that reads nothing more is let go. */
const STALLED = 30_000;

interface Found {
  readonly handle: FileHandle;
  readonly size: number;
  readonly validators: Validators;
  readonly headers: OutgoingHttpHeaders;
}

/**
 * Answers GET and HEAD with the files below `folder`, compressed where the build left a compressed form
 * (`precompress.ts`) that the client takes. What lies in `assets/` carries a hash in its name and may be kept for ever.
 */
export const serveFolder =
  (folder: string, { stalledAfter = STALLED } = {}) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    response.setTimeout(stalledAfter, () => response.destroy());
    answer(folder, request, response).catch((error: unknown) => fail(response, error));
  };

async function answer(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = filePath(request.url ?? '/');
  const accepted = acceptedEncodings(request.headers['accept-encoding']?.toString());
  const found = path && (await find(folder, path, accepted));
  if (!found)
    return path?.join('/') === 'index.html' ? sendNotBuilt(response) : sendText(response, 404, 'Not found.');
  try {
    await send(found, request, response);
  } finally {
    await found.handle.close();
  }
}

/** The smallest form that the client takes; undefined where there is no such file. */
async function find(
  folder: string,
  path: readonly string[],
  accepted: readonly Encoding[],
): Promise<Found | undefined> {
  const file = join(folder, ...path);
  if (isCompressed(file)) return undefined;
  for (const encoding of [...accepted, undefined]) {
    const handle = await openFile(`${file}${encoding?.suffix ?? ''}`);
    if (handle) return describe(handle, path, encoding?.name);
  }
  return undefined;
}

async function describe(handle: FileHandle, path: readonly string[], encoding?: string): Promise<Found> {
  const stats = await handle.stat();
  const validators = validatorsOf(stats, encoding);
  return {
    handle,
    size: stats.size,
    validators,
    headers: {
      'content-type': mediaType(path.at(-1)!),
      ...(encoding && { 'content-encoding': encoding }),
      'cache-control': path[0] === 'assets' ? 'public, max-age=31536000, immutable' : 'no-cache',
      vary: 'Accept-Encoding',
      etag: validators.etag,
      'last-modified': validators.lastModified,
      'accept-ranges': 'bytes',
    },
  };
}

async function send(
  { handle, size, validators, headers }: Found,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (isUnchanged(request.headers, validators)) {
    const { etag, vary, 'cache-control': keep } = headers;
    response.writeHead(304, { etag, vary, 'cache-control': keep }).end();
    return;
  }
  const isAsked = request.method === 'GET' && isSameForRange(request.headers, validators);
  const part = partOf(isAsked ? request.headers.range : undefined, size);
  if (part === 'none') {
    response.writeHead(416, { 'content-range': `bytes */${size}`, 'content-length': 0 }).end();
    return;
  }
  const { start, end }: Part = part === 'whole' ? { start: 0, end: size - 1 } : part;
  response.writeHead(part === 'whole' ? 200 : 206, {
    ...headers,
    ...(part !== 'whole' && { 'content-range': `bytes ${start}-${end}/${size}` }),
    'content-length': end - start + 1,
  });
  if (request.method === 'HEAD' || size === 0) {
    response.end();
    return;
  }
  await pipeline(handle.createReadStream({ start, end, autoClose: false }), response);
}

/** What a build is in the middle of leaves no file behind; what is no file is none. */
async function openFile(file: string): Promise<FileHandle | undefined> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(error.code ?? '')) return undefined;
    throw error;
  });
  if (!handle || (await handle.stat()).isFile()) return handle;
  await handle.close();
  return undefined;
}

function sendNotBuilt(response: ServerResponse): void {
  response.setHeader('retry-after', '5');
  sendText(
    response,
    503,
    'The app is not built, or is being built right now: run "npm run build", or reload in a moment.',
  );
}

/** The client went away, or the disk fails: this request ends, and the server goes on. */
function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) response.destroy();
  else
    sendText(
      response,
      500,
      `This file could not be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`,
    );
}
