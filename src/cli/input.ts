/** Reading descriptions for the commands. */
import { decodeBytes } from '../core/sdp/lines.ts';
import type { Paste, PastedDescription } from '../core/sdp/paste/paste.ts';
import { PASTE_LIMIT, readPaste } from '../core/sdp/read-paste.ts';
import { FileError, type Io } from './command.ts';

/** The text of a file, or of the standard input for `-`. */
export async function readText(path: string, io: Io): Promise<string> {
  const bytes = await readBytes(path, io, PASTE_LIMIT);
  if (bytes.length > PASTE_LIMIT)
    throw new FileError(path, `this is longer than the limit of 10 MB (${PASTE_LIMIT} bytes)`);
  return decodeBytes(bytes);
}

/** The bytes of a file, or of the standard input for `-`; more than `limit` where there are more. */
export const readBytes = (path: string, io: Io, limit: number): Promise<Uint8Array> =>
  io.read(path, limit).catch((error: unknown) => {
    throw new FileError(path, problemOf(error));
  });

const PROBLEMS: ReadonlyMap<unknown, string> = new Map([
  ['ENOENT', 'there is no such file'],
  ['ENOTDIR', 'there is no such file'],
  ['EISDIR', 'this is a folder, not a file'],
  ['EACCES', 'this file may not be read (permission denied)'],
  ['EPERM', 'this file may not be read (permission denied)'],
]);

/** What the system said, in words. */
const problemOf = (error: unknown): string =>
  PROBLEMS.get((error as NodeJS.ErrnoException).code) ?? 'the file can not be read';

export async function readInput(path: string, io: Io): Promise<Paste> {
  const result = readPaste(await readText(path, io));
  if (!result.ok) throw new FileError(path, result.error.message);
  return result.value;
}

/** A file that must hold one whole description; of several, the one of the wanted type. */
export async function readOne(path: string, io: Io, wanted: 'offer' | 'answer'): Promise<PastedDescription> {
  const { descriptions } = await readInput(path, io);
  const description = descriptions.find(({ type }) => type === wanted) ?? descriptions[0];
  if (description === undefined || !description.complete)
    throw new FileError(path, 'a whole description is needed, with v= and o= lines');
  return description;
}
