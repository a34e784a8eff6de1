/**
 * `tap.js` beside index.html: the tap as one classic script that needs nothing else; and `extension/`, a browser extension
 * made of the tap, two small scripts and the app itself.
 */
import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Plugin, build } from 'vite';
import { manifest } from './extension/manifest.ts';

const TAP = 'tap.js';
const EXTENSION = 'extension';

export function tap(): Plugin {
  let folder = '';
  return {
    name: 'icescope-tap',
    configResolved: ({ root, build: { outDir } }) => void (folder = join(root, outDir)),
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: TAP, source: await bundle('tap.ts') });
    },
    closeBundle: { order: 'post', sequential: true, handler: () => writeExtension(folder) },
    configureServer({ middlewares }) {
      middlewares.use(`/${TAP}`, (_request, response, next) => {
        bundle('tap.ts').then((code) => {
          response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' });
          response.end(code);
        }, next);
      });
    },
  };
}

/** Not for a server to hand out, but to be loaded from this folder. */
async function writeExtension(folder: string): Promise<void> {
  const to = join(folder, EXTENSION);
  const app = join(to, 'app');
  await mkdir(app, { recursive: true });
  const parts = (await readdir(folder)).filter(
    (name) => !/^(?:extension|worker\.js)$|\.(?:br|gz)$/.test(name),
  );
  for (const name of parts)
    await cp(join(folder, name), join(app, name), {
      recursive: true,
      filter: (file) => !/\.(?:br|gz)$/.test(file),
    });
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const text = await readFile(join(folder, TAP), 'utf8');
  await cp(fileURLToPath(new URL('extension/icon.png', import.meta.url)), join(to, 'icon.png'));
  await writeFile(join(to, 'manifest.json'), JSON.stringify(manifest(version), null, 2));
  await writeFile(join(to, TAP), `((ICESCOPE) => {${text}})('extension');\n`);
  for (const name of ['background', 'relay'])
    await writeFile(join(to, `${name}.js`), await bundle(`extension/${name}.ts`));
}

/** A build of its own: in the app's, what both use would become a file that both ask for. */
async function bundle(file: string): Promise<string> {
  const entry = fileURLToPath(new URL(file, import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      write: false,
      target: 'es2022',
      lib: { entry, formats: ['iife'], name: 'icescopeTap', fileName: 'tap' },
    },
  });
  const [output] = [built].flat();
  if (!output || !('output' in output)) throw new Error(`${file} was not bundled`);
  return output.output[0].code;
}
