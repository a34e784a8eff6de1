/** Reading descriptions for the commands. */
import { decodeBytes } from '../core/sdp/lines.ts';
import { PASTE_LIMIT, readPaste, type Paste, type PastedDescription } from '../core/sdp/read-paste.ts';
import { UsageError, type Io } from './command.ts';

/** The text of a file, or of the standard input for `-`. */
export async function readText(path: string, io: Io): Promise<string> {
  const bytes = await io.read(path).catch((error: unknown) => {
    throw new UsageError(`${path}: can not be read: ${(error as Error).message}`);
  });
  if (bytes.length > PASTE_LIMIT)
    throw new UsageError(`${path}: the file has ${bytes.length} bytes; the limit is 10 MB`);
  return decodeBytes(bytes);
}

export async function readInput(path: string, io: Io): Promise<Paste> {
  const result = readPaste(await readText(path, io));
  if (!result.ok) throw new UsageError(`${path}: ${result.error.message}`);
  return result.value;
}

/** A file that must hold one whole description; of several, the one of the wanted type. */
export async function readOne(path: string, io: Io, wanted: 'offer' | 'answer'): Promise<PastedDescription> {
  const { descriptions } = await readInput(path, io);
  const description = descriptions.find(({ type }) => type === wanted) ?? descriptions[0];
  if (description === undefined || !description.complete)
    throw new UsageError(`${path}: a whole description is needed`);
  return description;
}
