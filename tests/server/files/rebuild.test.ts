/** A build that replaces the folder while a server, a process of its own, answers out of it. */
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ask, build } from './folder.ts';

const root = resolve(import.meta.dirname, '../../..');
/** Two that differ in each file, and in its length. */
const site = (name: string) => ({
  'index.html': `<!doctype html><script src="assets/app-${name}.js"></script>`,
  'assets/same-1.js': `${name}();\n`.repeat(60_000),
  [`assets/app-${name}.js`]: `${name}();\n`.repeat(200),
});

async function startProcess(dist: string) {
  const script = `
    import { startServer } from './src/server/main.ts';
    const server = await startServer({ port: 0, stunPort: 0, dist: ${JSON.stringify(dist)} });
    console.log(server.port);`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const complaints: string[] = [];
  child.stderr.on('data', (data: Buffer) => complaints.push(data.toString()));
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, port: Number(port), complaints };
}

test('a server survives builds under it, answers whole files, and has the new ones at once', async () => {
  const dist = await build(site('old'));
  const [ready, away] = [await build(site('newer')), `${dist}-away`];
  const { child, port, complaints } = await startProcess(dist);
  try {
    let isOver = false;
    const seen = new Set<string>();
    const reader = async (encoding: string) => {
      while (!isOver) {
        for (const path of ['/', '/assets/same-1.js', '/assets/app-old.js', '/assets/app-newer.js']) {
          const { status, raw, headers } = await ask(port, path, { 'accept-encoding': encoding });
          if (status === 200) expect(raw.length).toBe(Number(headers['content-length']));
          seen.add(`${path} ${status}`);
        }
      }
    };
    const readers = ['br', 'gzip', 'identity'].map(reader);
    const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
    for (let round = 0; round < 12; round++) {
      await pause(20);
      renameSync(dist, away);
      await pause(20);
      renameSync(round % 2 ? away : ready, dist);
      if (round % 2 === 0) renameSync(away, ready);
    }
    // As Vite does it: everything away, then file by file.
    rmSync(dist, { recursive: true });
    await pause(100);
    expect(await ask(port, '/')).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
    await build(site('newest'), dist);
    isOver = true;
    await Promise.all(readers);

    expect([...seen]).toEqual(
      expect.arrayContaining(['/ 200', '/ 503', '/assets/same-1.js 404', '/assets/app-newer.js 200']),
    );
    expect((await ask(port, '/')).body).toContain('app-newest.js');
    expect((await ask(port, '/assets/app-newest.js')).status).toBe(200);
    expect([child.exitCode, complaints]).toEqual([null, []]);
  } finally {
    child.kill();
    await once(child, 'exit');
  }
});
