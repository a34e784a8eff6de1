/** The service worker in the build: `worker.js` beside index.html, with the list of what it keeps. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin, Rolldown } from 'vite';
import type { Build } from './rules.ts';

const WORKER = 'worker.js';
/** What the worker never answers with a copy, or keeps under another name. */
const NOT_LISTED = [WORKER, 'index.html', 'config.json'];

export function worker(): Plugin {
  let publicDir = '';
  return {
    name: 'icescope-worker',
    apply: 'build',
    configResolved: (config) => void (publicDir = config.publicDir),
    buildStart() {
      const id = fileURLToPath(new URL('worker.ts', import.meta.url));
      this.emitFile({ type: 'chunk', id, fileName: WORKER });
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const chunk = bundle[WORKER];
        // Not every browser takes a service worker that is a module.
        if (chunk?.type !== 'chunk' || chunk.imports.length + chunk.exports.length > 0)
          return this.error(`${WORKER} has to be one script without imports and exports`);
        const build = describe({ ...textsOf(bundle), ...filesIn(publicDir) }, entryOf(bundle));
        chunk.code = `{const BUILD=${JSON.stringify(build)};${chunk.code}}`;
        return undefined;
      },
    },
  };
}

type Texts = Readonly<Record<string, string | Uint8Array>>;

function describe(texts: Texts, entry: string): Build {
  const hash = createHash('sha256');
  const names = Object.keys(texts).sort();
  for (const name of names) hash.update(`${name}\0`).update(texts[name]!).update('\0');
  return {
    version: hash.digest('hex').slice(0, 12),
    files: names.filter((name) => !NOT_LISTED.includes(name)),
    entry,
  };
}

const textsOf = (bundle: Rolldown.OutputBundle): Texts =>
  Object.fromEntries(
    Object.entries(bundle).map(([name, file]) => [name, file.type === 'chunk' ? file.code : file.source]),
  );

function entryOf(bundle: Rolldown.OutputBundle): string {
  const entry = Object.values(bundle).find(
    (file) => file.type === 'chunk' && file.facadeModuleId?.endsWith('index.html'),
  );
  if (!entry) throw new Error('index.html starts no script');
  return entry.fileName;
}

const filesIn = (folder: string): Texts =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((file) => [relative(folder, file).split(sep).join('/'), readFileSync(file)]),
  );
