/** What a first visit downloads as JavaScript, gzipped, against its budget: the entry and everything it imports at once. */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUDGET = 90_000;
const dist = resolve(import.meta.dirname, '../../dist');

const html = readFileSync(join(dist, 'index.html'), 'utf8');
const entries = [...html.matchAll(/<(?:script|link)[^>]+(?:src|href)="\.\/([^"]+\.js)"/g)].map(
  ([, file]) => file!,
);
if (entries.length === 0) throw new Error('dist/index.html names no script: was the app built?');

const files = new Set<string>();
for (const entry of entries) collect(entry);

/** The first page and its first picture are loaded by `import()`, and are a part of the first visit all the same. */
function collect(file: string): void {
  if (files.has(file)) return;
  files.add(file);
  const source = readFileSync(join(dist, file), 'utf8');
  const imports =
    /(?:\bimport\s*(?:[^'"()]*?\bfrom\s*)?|\bexport\b[^'"()]*?\bfrom\s*)["'](\.{1,2}\/[^"']+\.js)["']/g;
  for (const [, target] of source.matchAll(imports)) collect(join(dirname(file), target!));
  for (const [, target] of source.matchAll(
    /import\(["'`](\.{1,2}\/(?:Connect|front|timeline)-[^"'`]+\.js)["'`]\)/g,
  ))
    collect(join(dirname(file), target!));
}

const sizes = [...files].map((file) => ({ file, bytes: gzipSync(readFileSync(join(dist, file))).length }));
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
for (const { file, bytes } of sizes) console.log(`  ${(bytes / 1000).toFixed(1).padStart(6)} kB  ${file}`);
console.log(
  `  ${(total / 1000).toFixed(1)} kB gzip of JavaScript for the first page; the budget is ${BUDGET / 1000} kB`,
);
process.exit(total > BUDGET ? 1 : 0);
