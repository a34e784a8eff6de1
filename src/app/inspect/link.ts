/** A text into a link to this page and back, with the browser's own DEFLATE. Nothing here asks the network. */
import { fail, ok, type Result } from '../../core/base/result.ts';
import {
  checksumOf,
  DAMAGED,
  readLink,
  readShared,
  SHARED_LIMIT,
  TOO_LARGE,
  writeLink,
} from '../../core/sdp/share.ts';

const MARK = '#/inspect?s=';

/** What a link to this page carries: the part of the fragment after `?s=`. */
export const carriedBy = (hash: string): string | undefined =>
  hash.startsWith(MARK) ? hash.slice(MARK.length).split('&', 1)[0] : undefined;

/** The number of the line that a link opens on. */
export function lineOf(hash: string): number | undefined {
  const number = Number(/&line=([0-9]{1,7})$/.exec(hash)?.[1]);
  return number > 0 ? number : undefined;
}

/** Once something else is shown than what the address carries, the address carries nothing. */
export function leaveLink(): void {
  if (carriedBy(location.hash) !== undefined) history.replaceState(null, '', '#/inspect');
}

/** The address of this page with the text in its fragment, which browsers never send to a server. */
export async function linkTo(text: string, page: string, line?: number): Promise<Result<string>> {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > SHARED_LIMIT)
    return fail({
      message: 'The text is too long for a link. Save it to a file and send that.',
      found: `${bytes.length} bytes`,
      expected: `at most ${SHARED_LIMIT}`,
    });
  const compressed = await inAll(through(bytes, new CompressionStream('deflate-raw')), Infinity);
  if (!compressed.ok) return compressed;
  const link = writeLink({ compressed: compressed.value, checksum: checksumOf(bytes) });
  const place = line === undefined ? '' : `&line=${line}`;
  return link.ok ? ok(`${page.split('#', 1)[0]!}${MARK}${link.value}${place}`) : link;
}

/** The text that a link carries. */
export async function textOf(carried: string): Promise<Result<string>> {
  const packed = readLink(carried.split('&', 1)[0]!);
  if (!packed.ok) return packed;
  const { compressed, checksum } = packed.value;
  const bytes = await inAll(through(compressed, new DecompressionStream('deflate-raw')), SHARED_LIMIT);
  return bytes.ok ? readShared(bytes.value, checksum) : bytes;
}

/** Bytes that go in at once: so little that what comes out is looked at long before a bomb has gone off. */
const MOUTHFUL = 512;

function through(
  bytes: Uint8Array,
  codec: CompressionStream | DecompressionStream,
): ReadableStream<Uint8Array> {
  let at = 0;
  const source = new ReadableStream<BufferSource>({
    pull: (controller) => {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, (at += MOUTHFUL)));
    },
  });
  return source.pipeThrough(codec);
}

/** All that comes out, unless it is more than `limit` bytes: then it stops at once. */
async function inAll(stream: ReadableStream<Uint8Array>, limit: number): Promise<Result<Uint8Array>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (const reader = stream.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > limit) {
        reader.cancel().catch(() => undefined);
        return fail(TOO_LARGE);
      }
      chunks.push(value);
    }
  } catch {
    return fail(DAMAGED);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return ok(whole);
}
