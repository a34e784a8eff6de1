/** The text in the bytes of a file: gzip or not, in UTF-8, UTF-16 or, where it is neither, Latin-1. */
import { type Result, fail, ok } from '../base/result.ts';

/** Bytes, inflated. A larger file is refused with the limit named. */
export const DUMP_LIMIT = 200_000_000;

export interface Content {
  readonly text: string;
  /** A gzip file that ends early holds what came before. */
  readonly isCut: boolean;
}

export async function contentOf(bytes: Uint8Array, limit = DUMP_LIMIT): Promise<Result<Content>> {
  if (bytes.length > limit) return fail(tooLarge(limit));
  if (!isGzip(bytes)) return ok({ text: decode(bytes), isCut: false });
  const { parts, size, isCut } = await inflate(bytes, limit);
  if (size > limit) return fail(tooLarge(limit));
  if (size === 0 && isCut)
    return fail({
      message: 'This gzip file is damaged: nothing of it could be inflated.',
      where: `within its ${bytes.length.toLocaleString('en')} bytes`,
      expected: 'a whole gzip file',
    });
  return ok({ text: decode(joined(parts, size)), isCut });
}

const isGzip = ([first, second]: Uint8Array): boolean => first === 0x1f && second === 0x8b;

/** By its first two bytes: neither gzip nor UTF-16. */
export const isPlainText = (head: Uint8Array): boolean => !isGzip(head) && wideEncodings(head).length === 0;

const tooLarge = (limit: number) => ({
  message: 'This file is too large to open.',
  expected: `at most ${limit / 1e6} MB, inflated`,
});

interface Inflated {
  readonly parts: readonly Uint8Array[];
  readonly size: number;
  readonly isCut: boolean;
}

/** Stops just beyond the limit, so that a small file that inflates to a huge one takes no more memory than that. */
async function inflate(bytes: Uint8Array, limit: number): Promise<Inflated> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = new Blob([new Uint8Array(bytes)])
    .stream()
    .pipeThrough(new DecompressionStream('gzip'))
    .getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.length;
      if (size > limit) {
        await reader.cancel();
        break;
      }
      parts.push(part.value);
    }
    return { parts, size, isCut: false };
  } catch {
    return { parts, size, isCut: true };
  }
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

function decode(bytes: Uint8Array): string {
  for (const encoding of [...wideEncodings(bytes), 'utf-8']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one.
    }
  }
  // A file that was cut within a character, or Firefox's saved page: it writes the low byte of each code unit.
  const asUtf8 = new TextDecoder('utf-8').decode(bytes);
  const isCutOnly = asUtf8.indexOf('\uFFFD') >= asUtf8.length - 1;
  return isCutOnly ? asUtf8.slice(0, -1) : latin1(bytes);
}

/** The label `latin1` of a TextDecoder means windows-1252, which has other characters at 0x80 to 0x9f. */
function latin1(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += CHUNK)
    parts.push(String.fromCharCode(...bytes.subarray(start, start + CHUNK)));
  return parts.join('');
}
const CHUNK = 8192;

/** By their byte order mark, or by the zero in each second byte of what is mostly ASCII. */
function wideEncodings(bytes: Uint8Array): readonly string[] {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return ['utf-16le'];
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && bytes.length > 1))
    return ['utf-16be'];
  return [];
}
