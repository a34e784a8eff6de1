/** The command line's input and output in Node. */
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { Io } from './command.ts';

export const nodeIo: Io = {
  stdout: { write: (text) => process.stdout.write(text) },
  stderr: { write: (text) => process.stderr.write(text) },
  read: readUpTo,
  write: async (path, text) => writeFile(path, text),
};

/** Stops reading once more than `limit` bytes came: what has no end is not read to its end. */
async function readUpTo(path: string, limit: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of (path === '-'
    ? process.stdin
    : createReadStream(path)) as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limit) break;
  }
  return Buffer.concat(chunks, length);
}

/**
 * Output that can not be written ends the process: without a word where nobody reads any more (EPIPE, as with `| head`),
 * else with one line and the exit code 2. What can not be said on standard error is not said.
 */
export function endOnLostOutput(): void {
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') process.exit(0);
    const reason = code === 'ENOSPC' ? 'no space is left' : (code ?? 'unknown reason');
    process.stderr.write(`icescope: the output can not be written: ${reason}\n`);
    process.exit(2);
  });
}
