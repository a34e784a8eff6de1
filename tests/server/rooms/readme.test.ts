/** What src/server/README.md says of limits and of coturn is what the code and coturn do. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { serveUsage } from '../../../src/cli/serve-usage.ts';
import { roomLimits } from '../../../src/core/signalling/room-messages.ts';
import { defaultRoomLimits, readRoomLimits } from '../../../src/server/rooms/limits.ts';
import { freePort } from './processes.ts';

const readme = readFileSync(resolve(import.meta.dirname, '../../../src/server/README.md'), 'utf8');

test('names every limit, its default, and every option', () => {
  for (const name of Object.keys(defaultRoomLimits)) expect(readme).toContain(`\`${name}\``);
  const { rooms, connections, idle, grace, silence } = defaultRoomLimits;
  for (const value of [rooms, connections, idle, grace, silence, roomLimits.frameBytes])
    expect(readme).toContain(value.toLocaleString('en'));
  for (const [option] of serveUsage.usage.matchAll(/--[\w-]+/g)) expect(readme).toContain(`\`${option}\``);
});

test('limits are read from JSON, and what is none is named', () => {
  expect(readRoomLimits('{"connectionsPerAddress": 2000}')).toEqual({ connectionsPerAddress: 2000 });
  for (const text of ['x', 'null', '{"conections":1}', '{"rooms":-1}', '{"rooms":"many"}'])
    expect(() => readRoomLimits(text)).toThrow(/^ICESCOPE_ROOM_LIMITS is not usable: /);
});

const hasCoturn = spawnSync('turnserver', ['--help']).error === undefined;
test.runIf(hasCoturn)(
  'the coturn configuration starts, without a complaint about any line, and relays',
  async () => {
    const block = /\n((?: {4}[\w-]+(?:=.*)?\n)+)/g;
    const lines = [...readme.matchAll(block)]
      .map(([, text]) => text!)
      .find((text) => text.includes('use-auth-secret'))!;
    const port = await freePort();
    // Here the peer is this machine, which the configuration rightly denies.
    const here = lines
      .replace('=3478', `=${port}`)
      .replace(/.*denied-peer-ip=127.*\n/, '')
      .replace(/^ {4}/gm, '');
    const config = join(mkdtempSync(join(tmpdir(), 'coturn-')), 'turnserver.conf');
    writeFileSync(
      config,
      `${here}listening-ip=127.0.0.1\nrelay-ip=127.0.0.1\nallow-loopback-peers\npidfile=\n`,
    );
    const coturn = spawn('turnserver', ['-c', config, '--no-tls', '--no-dtls', '--log-file', 'stdout']);
    onTestFinished(() => void coturn.kill());
    let log = '';
    coturn.stdout.on('data', (data) => (log += data));
    await new Promise((done) => setTimeout(done, 1500));
    const options = [
      '-p',
      String(port),
      '-W',
      'CHANGE-ME',
      '-u',
      'icescope',
      '-y',
      '-n',
      '2',
      '-m',
      '1',
      '127.0.0.1',
    ];
    const client = spawn('turnutils_uclient', options);
    let said = '';
    client.stdout.on('data', (data) => (said += data));
    await new Promise((done) => client.on('exit', done));
    expect(said).toMatch(/Total lost packets 0 /);
    expect(log).not.toMatch(/bad configuration|unknown|ERROR/i);
  },
);
