/**
 * A text in a link, so that it can be shown to somebody without a server: `1.2k8.1xq3f9z.7VpLb9s…`
 * is the version, the length of the last field, the CRC-32 of the text's bytes (both in base 36), and the text as UTF-8 in
 * raw DEFLATE (RFC 1951), in base64url (RFC 4648 section 5). Whoever compresses and inflates does it outside; here is what
 * the fields mean and what is refused.
 */
import { fail, ok, type Result } from '../base/result.ts';
import { crc32 } from '../base/crc32.ts';
import { decodeBase64, encodeBase64Url } from '../base/base64.ts';

const VERSION = 1;

/** Characters of all fields together: links that are longer do not survive chats and mail. */
export const LINK_LIMIT = 100_000;

/** Bytes of the text. Inflating stops there, however small the link is. */
export const SHARED_LIMIT = 1024 * 1024;

export interface Packed {
  readonly compressed: Uint8Array;
  readonly checksum: number;
}

export const checksumOf = (bytes: Uint8Array): number => crc32(bytes);

export function writeLink({ compressed, checksum }: Packed): Result<string> {
  const data = encodeBase64Url(compressed);
  const link = [VERSION, data.length.toString(36), checksum.toString(36), data].join('.');
  if (link.length <= LINK_LIMIT) return ok(link);
  return fail({
    message: 'The text is too long for a link. Save it to a file and send that.',
    found: `${link.length} characters`,
    expected: `at most ${LINK_LIMIT}`,
  });
}

export function readLink(link: string): Result<Packed> {
  const [version, length, checksum, data, more] = link.split('.');
  if (isNewer(version))
    return fail({
      message:
        'The link was made by a newer Icescope. Reload this page to get it, or ask for the text itself.',
      found: `version ${version}`,
      expected: `version ${VERSION}`,
    });
  if (link.length > LINK_LIMIT)
    return fail({
      message: 'The link is longer than any that Icescope makes; it was not read.',
      found: `${link.length} characters`,
      expected: `at most ${LINK_LIMIT}`,
    });
  const declared = numberOf(length);
  const sum = numberOf(checksum);
  if (version === `${VERSION}` && (data === undefined || data.length < (declared ?? 0)))
    return fail({
      message:
        'The link was cut off on its way: its end is missing. Ask for it again, or for the text itself.',
      found: `${data?.length ?? 0} characters of data`,
      ...(declared === undefined ? {} : { expected: `${declared}` }),
    });
  const compressed = decodeBase64(data ?? '');
  if (
    version !== `${VERSION}` ||
    more !== undefined ||
    declared !== data?.length ||
    sum === undefined ||
    compressed === undefined
  )
    return fail(DAMAGED);
  return ok({ compressed, checksum: sum });
}

const isNewer = (version: string | undefined): boolean =>
  /^[0-9]{1,4}$/.test(version ?? '') && Number(version) > VERSION;

const numberOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^[0-9a-z]{1,8}$/.test(text) ? parseInt(text, 36) : undefined;

export const DAMAGED = {
  message:
    'The link is damaged: what it holds is not what was put in. Ask for it again, or for the text itself.',
  expected: 'a link made by “Share link”, whole and unchanged',
} as const;

export const TOO_LARGE = {
  message: 'What the link holds is larger than any text that Icescope shares; unpacking was stopped.',
  expected: `at most ${SHARED_LIMIT} bytes`,
} as const;

/** The text, when it is the one that was put in. */
export function readShared(bytes: Uint8Array, checksum: number): Result<string> {
  if (crc32(bytes) !== checksum) return fail(DAMAGED);
  return ok(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
}
