/** The command line as a process: pipes that close, disks that are full, input without an end, names like options. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, closeSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const ICESCOPE = ['--import', TSX, join(ROOT, 'src/cli/main.ts')];
const SDP = join(ROOT, 'tests/fixtures/sdp/browsers/chromium-all-offer.sdp');
const folder = mkdtempSync(join(tmpdir(), 'icescope-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

const icescope = (...args: readonly string[]) =>
  spawn(process.execPath, [...ICESCOPE, ...args], { cwd: ROOT, stdio: 'pipe' });

/** Exit code, and all of standard error. */
async function ended(child: ReturnType<typeof icescope>): Promise<{ code: unknown; err: string }> {
  let err = '';
  child.stderr.on('data', (text) => (err += text));
  const [code] = await once(child, 'close');
  return { code, err };
}

describe.each([
  ['inspect', ['inspect', ...Array<string>(20).fill(SDP)]],
  ['inspect --json', ['inspect', '--json', ...Array<string>(20).fill(SDP)]],
  ['redact', ['redact', SDP]],
  ['help', ['--help']],
])('%s', (_name, args) => {
  test('whose reader has gone ends without a word', async () => {
    const child = icescope(...args);
    child.stdout.destroy();
    expect(await ended(child)).toEqual({ code: 0, err: '' });
  });

  test.runIf(existsSync('/dev/full'))('on a full disk ends with one line', () => {
    const full = openSync('/dev/full', 'w');
    const options = { cwd: ROOT, stdio: ['ignore', full, 'pipe'] as ('ignore' | 'pipe' | number)[] };
    const { status, stderr } = spawnSync(process.execPath, [...ICESCOPE, ...args], options);
    closeSync(full);
    expect([status, stderr!.toString()]).toEqual([
      2,
      'icescope: the output can not be written: no space is left\n',
    ]);
  });
});

test.each(['inspect', 'redact'])('%s reads input without an end up to its limit', async (command) => {
  const child = icescope(command, '-');
  const block = 'a=x\n'.repeat(250_000);
  let written = 0;
  const write = () => {
    while (child.stdin.writable && child.stdin.write(block)) written += block.length;
    written += block.length;
  };
  child.stdin.on('drain', write).on('error', () => undefined);
  child.stdout.resume();
  write();
  const { code, err } = await ended(child);
  expect(code).toBe(2);
  expect(err).toContain('this is longer than the limit of 10 MB (10485760 bytes)');
  expect(err.trim().split('\n')).toHaveLength(1);
  expect(written).toBeLessThan(20_000_000);
});

test.each([
  ['inspect', '--', '--json'],
  ['inspect', '--json', '--', '--odd.sdp', '-x'],
  ['redact', '--', '-x'],
  ['diff', '--', '-x', '--odd.sdp'],
  ['--', 'inspect', '--', '--odd.sdp'],
])('after -- all are files: %s %s %s', (...args) => {
  for (const name of ['--json', '--odd.sdp', '-x'])
    writeFileSync(join(folder, name), 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n');
  const { status, stderr } = spawnSync(process.execPath, [...ICESCOPE, ...args], { cwd: folder });
  expect([status, stderr.toString()]).toEqual([0, '']);
});

test.each([
  [['convert', '-o'], '-o needs the name of a file'],
  [['convert', '--odd'], 'there is no option --odd'],
  [['inspect', '--odd'], 'there is no option --odd'],
])('%j is one line: %s', (args, message) => {
  const { status, stderr } = spawnSync(process.execPath, [...ICESCOPE, ...args], { cwd: folder });
  expect([status, stderr.toString()]).toEqual([2, `icescope ${args[0]}: ${message}\n`]);
});
