/** At the end of a build: beside each file of text its gzip and brotli forms, made once, so that a server need not. */
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const TEXT = /\.(?:js|css|html|svg|json|txt)$/;
/** Below this many bytes the answer fits one packet anyway. */
const LEAST = 1024;

const asGzip = (text: Buffer): Promise<Buffer> => promisify(gzip)(text, { level: 9 });
const asBrotli = (text: Buffer): Promise<Buffer> =>
  promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length } });

/** `app-1234.js` gets `app-1234.js.gz` and `app-1234.js.br` (see `files/`). */
export async function compressFolder(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && TEXT.test(entry.name));
  await Promise.all(files.map(({ parentPath, name }) => compressFile(join(parentPath, name))));
}

async function compressFile(file: string): Promise<void> {
  const text = await readFile(file);
  if (text.length < LEAST) return;
  await Promise.all([
    writeFile(`${file}.gz`, await asGzip(text)),
    writeFile(`${file}.br`, await asBrotli(text)),
  ]);
}

export function precompress(): Plugin {
  let folder = '';
  return {
    name: 'icescope-precompress',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    closeBundle: { order: 'post', sequential: true, handler: () => compressFolder(folder) },
  };
}
