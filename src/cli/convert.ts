/** `icescope convert`: any dump that can be read as an RTCStats dump, version 3, which other tools read too. */
import { sentence } from '../core/base/result.ts';
import { DUMP_LIMIT } from '../core/importers/content.ts';
import { type Imported, importDump } from '../core/importers/index.ts';
import { writeSession } from '../core/session/codec.ts';
import { FileError, splitAtDashes, UsageError, type Command, type Io } from './command.ts';
import { readBytes } from './input.ts';

export const convert: Command = {
  id: 'convert',
  usage: 'convert DUMP|- [-o FILE]',
  summary: 'any readable dump as an RTCStats dump, version 3; what it does not hold on standard error',
  async run(args, io) {
    const { file, target } = parse(args);
    const { events, format, lost, notices } = await readDump(file, io);
    const text = writeSession(events);
    if (target === undefined) io.stdout.write(text);
    else
      await io
        .write(target, text)
        .catch(() => Promise.reject(new FileError(target, 'the file can not be written')));
    for (const line of [format.title, ...lost, ...notices]) io.stderr.write(`${line}\n`);
    return 0;
  },
};

function parse(args: readonly string[]): { readonly file: string; readonly target: string | undefined } {
  const { before, after } = splitAtDashes(args);
  const at = before.indexOf('-o');
  const target = at < 0 ? undefined : before[at + 1];
  if (at >= 0 && target === undefined) throw new UsageError('-o needs the name of a file');
  const named = at < 0 ? before : before.toSpliced(at, 2);
  const option = named.find((arg) => arg.startsWith('-') && arg !== '-');
  if (option !== undefined) throw new UsageError(`there is no option ${option}`);
  const [file, ...rest] = [...named, ...after];
  if (file === undefined || rest.length > 0) throw new UsageError('one dump at a time');
  return { file, target };
}

/** A dump by its name, or from the standard input for `-`; what it is, is found by its content. */
export async function readDump(file: string, io: Io): Promise<Imported> {
  const imported = await importDump(await readBytes(file, io, DUMP_LIMIT));
  if (!imported.ok) throw new FileError(file, sentence(imported.error));
  return imported.value;
}
