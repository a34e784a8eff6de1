import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { inspect, type Inspection } from '../../../src/core/sdp/inspect.ts';
import { decodeBytes } from '../../../src/core/sdp/lines.ts';
import { readPaste } from '../../../src/core/sdp/read-paste.ts';
import { createRedactor } from '../../../src/core/sdp/redact.ts';
import { secretsOf } from './secrets.ts';
import { uncovered } from './uncovered.ts';

/** Third-party inputs that may lie beside the repository; they are never part of it. */
const CORPUS = fileURLToPath(new URL('../../../../shared/corpus/', import.meta.url));
const present = existsSync(CORPUS);
if (!present)
  console.warn(
    `\n!!! SKIPPED: no corpus at ${CORPUS}: the figures for foreign descriptions were NOT measured !!!\n`,
  );

interface Entry {
  readonly file: string;
  readonly verdict: string;
}

const entries: readonly Entry[] = present
  ? readFileSync(join(CORPUS, 'manifest.tsv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split('\t'))
      .map(([file = '', , , , , verdict = '']) => ({ file, verdict }))
      .filter(({ file }) => /^(?:sdp|lines|candidates)\//.test(file))
  : [];

function inspections(file: string): readonly Inspection[] | undefined {
  const paste = readPaste(decodeBytes(readFileSync(join(CORPUS, file))));
  if (!paste.ok) return undefined;
  const candidates = paste.value.kind.startsWith('candidate');
  return paste.value.descriptions.map(({ sdp, type, complete }) =>
    inspect(sdp, { type, complete, candidates }),
  );
}

/** Attributes that one product invented and that nobody described: shown as unknown, by name. */
const PRIVATE: ReadonlySet<string> = new Set<string>([]);

/** What is not SDP at all counts as refused on its first line. */
const errors = (file: string): readonly string[] =>
  inspections(file)?.flatMap(({ findings }) =>
    findings.filter(({ severity }) => severity === 'error').map(({ line, message }) => `${line}: ${message}`),
  ) ?? ['1: not SDP'];

describe.skipIf(!present)('foreign descriptions, lines and candidates', () => {
  test('at least 95 % of the invalid ones get an error', () => {
    const invalid = entries.filter(({ verdict }) => verdict === 'invalid');
    const missed = invalid.filter(({ file }) => errors(file).length === 0);
    console.log(
      `invalid: ${invalid.length - missed.length} of ${invalid.length} get an error${missed.map(({ file }) => `\n  missed ${file}`).join('')}`,
    );
    expect(missed.length / invalid.length).toBeLessThanOrEqual(0.05);
  });

  test('at most 2 % of the valid ones get an error', () => {
    const valid = entries.filter(({ verdict }) => verdict === 'valid');
    const blamed = valid.filter(({ file }) => errors(file).length > 0);
    console.log(
      `valid: ${blamed.length} of ${valid.length} get an error${blamed.map(({ file }) => `\n  ${file} ${errors(file)[0]}`).join('')}`,
    );
    expect(blamed.length / valid.length).toBeLessThanOrEqual(0.02);
  });

  test('every line of every file rejoins and has one explanation', () => {
    for (const { file } of entries) {
      for (const { lines, readings } of inspections(file) ?? []) {
        expect(readings.length, file).toBe(lines.length);
        expect(
          lines.every(({ number }, index) => number === index + 1),
          file,
        ).toBe(true);
      }
    }
  });

  test('of valid descriptions every line is explained, and no token of it is left out', () => {
    const unknown = new Set<string>();
    const left = new Set<string>();
    let all = 0;
    for (const { file } of entries.filter(({ verdict }) => verdict === 'valid')) {
      for (const { lines, readings } of inspections(file) ?? []) {
        lines.forEach((line, index) => {
          if (line.raw.trim() === '') return;
          all += 1;
          const { known, tokens } = readings[index]!;
          if (!known) unknown.add(line.name);
          if (uncovered(line.raw, tokens) !== '') left.add(`${file}: ${line.raw}`);
        });
      }
    }
    console.log(
      `valid: ${all} lines; attributes not known: ${[...unknown].join(', ') || 'none'}; lines with a token left out: ${left.size}`,
    );
    expect([...unknown].filter((name) => !PRIVATE.has(name))).toEqual([]);
    expect([...left]).toEqual([]);
  });

  test('bad inputs do no harm', () => {
    for (const file of filesUnder(join(CORPUS, 'bad-inputs'))) {
      const text = decodeBytes(readFileSync(file));
      expect(() => readPaste(text)).not.toThrow();
      const { lines } = inspect(text);
      expect(lines.map(({ raw, eol }) => raw + eol).join('')).toBe(text);
    }
  });
});

describe.skipIf(!present)('redaction of foreign descriptions', () => {
  test('no secret is left, and the lint says the same', () => {
    const problems: string[] = [];
    let count = 0;
    for (const { file } of entries.filter((entry) => entry.file.startsWith('sdp/'))) {
      const paste = readPaste(decodeBytes(readFileSync(join(CORPUS, file))));
      for (const { sdp, type, complete } of paste.ok ? paste.value.descriptions : []) {
        const redacted = createRedactor([sdp])(sdp);
        const secrets = secretsOf(sdp);
        count += secrets.length;
        for (const secret of secrets)
          if (redacted.includes(secret)) problems.push(`${file}: ${secret} is left`);
        const said = (text: string) =>
          inspect(text, { type, complete }).findings.map(
            ({ rule, severity, line }) => `${line} ${severity} ${rule}`,
          );
        if (said(redacted).join() !== said(sdp).join()) problems.push(`${file}: the findings differ`);
      }
    }
    console.log(`redaction: ${count} secrets looked for${problems.map((line) => `\n  ${line}`).join('')}`);
    expect(problems).toEqual([]);
  });
});

const filesUnder = (folder: string): readonly string[] =>
  readdirSync(folder)
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesUnder(path) : [path]));
