import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** Who may import whom. `node:` stands for Node's own modules, `npm:` for packages. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: ['core', 'npm:sdp-transform', 'npm:@noble/hashes'],
  live: ['core', 'live', 'npm:valibot', 'npm:socket.io-client'],
  server: ['core', 'server', 'node:', 'npm:'],
  cli: ['core', 'cli', 'server', 'node:', 'npm:'],
  app: ['core', 'live', 'app', 'npm:'],
  worker: ['worker', 'node:', 'npm:'],
  tap: ['core', 'live', 'tap', 'node:', 'npm:vite'],
  'lessons-compiler': ['core', 'lessons-compiler', 'node:', 'npm:'],
};

/**
 * Whom the folders of a world may import inside it; `.` stands for the files beside the folders. A world without a row
 * here keeps to the rules below alone: no two folders import each other, and no files in a circle.
 */
const INSIDE: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  core: {
    base: [],
    stun: ['base'],
    sdp: ['base'],
    session: ['base'],
    signalling: ['base', 'sdp'],
    ice: ['base', 'sdp', 'session', 'stun'],
    importers: ['base', 'sdp', 'session'],
    sim: ['base', 'sdp', 'session', 'stun'],
    tap: ['base', 'sdp', 'session', 'stun'],
    projections: ['base', 'sdp', 'session', 'stun'],
    diagnosis: ['base', 'ice', 'projections', 'sdp', 'session'],
    lessons: ['diagnosis', 'projections', 'session', 'signalling', 'sim'],
  },
  live: {
    '.': ['signalling'],
    signalling: [],
    remote: ['.', 'signalling'],
    'server-test': ['.'],
    tap: ['.'],
  },
  server: {
    '.': ['files', 'rooms', 'turn'],
    files: ['.'],
    rooms: ['.'],
    turn: ['.'],
  },
};

/** Imports that break the table, `file → target`, each to be paid back. The list only shrinks. */
const DEBT: readonly string[] = [];

interface Import {
  readonly file: string;
  readonly target: string;
}

const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(ts|svelte)$/.test(file) && !file.endsWith('.d.ts'))
  .map((file) => file.replaceAll('\\', '/'));

const source = (file: string): string => readFileSync(join(root, 'src', file), 'utf8');

/** `import … from 'x'`, `export … from 'x'`, `import 'x'` at the start of a line, and `import('x')`. */
const IMPORT =
  /^\s*(?:import|export)\s[^'"`;]*?from\s*'([^']+)'|^\s*import\s*'([^']+)'|\bimport\('([^']+)'\)/gm;

function importsOf(file: string): Import[] {
  const specifiers = [...source(file).matchAll(IMPORT)].map((match) => (match[1] ?? match[2] ?? match[3])!);
  return specifiers.map((specifier) => ({ file, target: targetOf(file, specifier) }));
}

function targetOf(file: string, specifier: string): string {
  if (specifier.startsWith('.')) {
    return relative(join(root, 'src'), resolve(join(root, 'src'), dirname(file), specifier)).replaceAll(
      '\\',
      '/',
    );
  }
  return specifier.startsWith('node:') ? specifier : `npm:${specifier}`;
}

const worldOf = (path: string): string => path.split('/')[0]!;
const allowed = ({ file, target }: Import): boolean =>
  (MAY_IMPORT[worldOf(file)] ?? []).some((world) =>
    world.endsWith(':')
      ? target.startsWith(world)
      : worldOf(target) === world || target === world || target.startsWith(`${world}/`),
  );

const imports = files.flatMap(importsOf);

/** `app/stage/Stage.svelte` → `app/stage`. What lies beside a world's folders, as App.svelte does, holds them together. */
function folderOf(path: string): string {
  const parts = path.split('/');
  return parts.length < 3 ? path : parts.slice(0, 2).join('/');
}

/** `core/sdp/attributes/ice.ts` → `sdp`; `live/observe.ts` → `.`. */
const folderInside = (path: string): string => {
  const parts = path.split('/');
  return parts.length < 3 ? '.' : parts[1]!;
};

/** Names that said several things or were nobody's outside: core, live and app have the field's (src/README.md). */
const RETIRED =
  /\b(?:\w*[lL]etterOf|[cC]ouples?Of|Levers?[A-Z]\w*|MeetingNews|MeetState|PostBox|LetterContent|LetterRecords|ByLetter|castOf|sceneOf|emptyBook)\b/;

describe('worlds', () => {
  it('sees the imports at all', () => {
    expect(files.length).toBeGreaterThan(30);
    expect(imports.some(({ target }) => target.startsWith('core/'))).toBe(true);
  });

  it('import only what the table allows', () => {
    const broken = imports
      .filter((entry) => !allowed(entry))
      .map(({ file, target }) => `${file} → ${target}`);
    expect(broken.sort()).toEqual([...DEBT].sort());
  });

  it('of core, two files alone import a package', () => {
    const importers = imports
      .filter(({ file, target }) => worldOf(file) === 'core' && target.startsWith('npm:'))
      .map(({ file, target }) => `${file} → ${target}`);
    expect(importers.sort()).toEqual([
      'core/sdp/parsed.ts → npm:sdp-transform',
      'core/stun/integrity.ts → npm:@noble/hashes/hmac.js',
      'core/stun/integrity.ts → npm:@noble/hashes/legacy.js',
      'core/stun/integrity.ts → npm:@noble/hashes/sha2.js',
    ]);
  });

  it('let lessons import of core alone', () => {
    const lessons = readdirSync(join(root, 'lessons'), { recursive: true, encoding: 'utf8' });
    const imported = lessons
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => importsOf(join('../lessons', file)));
    expect(imported.length).toBeGreaterThan(2);
    expect(imported.filter(({ target }) => worldOf(target) !== 'core')).toEqual([]);
  });

  it.each(Object.entries(INSIDE))('keep to the table inside %s', (world, table) => {
    const own = imports.filter(({ file, target }) => worldOf(file) === world && worldOf(target) === world);
    const broken = own.filter(({ file, target }) => {
      const [from, to] = [folderInside(file), folderInside(target)];
      return from !== to && !table[from]?.includes(to);
    });
    expect(own.length).toBeGreaterThan(10);
    expect(broken.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  it('hold folders of which no two import each other', () => {
    const edges = new Set(
      imports
        .map(({ file, target }) => [folderOf(file), folderOf(target)] as const)
        .filter(([from, to]) => from !== to && worldOf(from) === worldOf(to))
        .map((edge) => edge.join(' → ')),
    );
    const mutual = [...edges].filter((edge) => edges.has(edge.split(' → ').toReversed().join(' → ')));
    expect(edges.size).toBeGreaterThan(40);
    expect(mutual).toEqual([]);
  });

  it('have no cycles between files', () => {
    const next = new Map(
      files.map((file) => [file, imports.filter((i) => i.file === file).map((i) => i.target)]),
    );
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file))
        throw new Error(`cycle: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`);
      if (done.has(file)) return;
      for (const target of next.get(file) ?? []) if (next.has(target)) visit(target, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
  });
});

describe('habits', () => {
  it('put nothing into the page as markup', () => {
    expect(
      files.filter((file) => /\{@html|innerHTML|outerHTML|insertAdjacentHTML/.test(source(file))),
    ).toEqual([]);
  });

  it('do not come back to retired names', () => {
    const ours = files.filter((file) => /^(?:app|core|live)\//.test(file));
    const named = ours.filter((file) =>
      /\/(?:letters?|levers?|meet(?:ing)?|couples|post-box|by-letter)\b/.test(file),
    );
    expect(named).toEqual([]);
    expect(ours.filter((file) => RETIRED.test(source(file)))).toEqual([]);
  });

  it('call no other origin', () => {
    const calls = files.filter(
      (file) =>
        /^(app|live)\//.test(file) && /(fetch|WebSocket|EventSource)\(\s*['"`]https?:/.test(source(file)),
    );
    expect(calls).toEqual([]);
  });
});
