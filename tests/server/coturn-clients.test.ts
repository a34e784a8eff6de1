/**
 * coturn's own clients against our server. `turnutils_uclient` draws channel numbers from the range of RFC 5766, up to
 * 0x7FFF: with channels it needs `lastChannel`, with Send indications (-s) it works as we are by default.
 */
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { channelNumbers } from '../../src/core/stun/channel-data.ts';
import { startStunTurn, type StunTurnServer } from '../../src/server/stun-turn.ts';

const run = promisify(execFile);
const installed = spawnSync('turnutils_stunclient', ['-h']).error === undefined;
if (!installed)
  console.warn('SKIPPED: coturn is not installed, its clients are not tried against our server');

describe.runIf(installed)('coturn clients', () => {
  let server: StunTurnServer;
  let old: StunTurnServer;
  beforeAll(async () => {
    server = await startStunTurn({ port: 0 });
    old = await startStunTurn({ port: 0, limits: { lastChannel: channelNumbers.lastOfRfc5766 } });
  });
  afterAll(async () => {
    await server.close();
    await old.close();
  });

  test.each([
    ['127.0.0.1', /IPv4\. UDP reflexive addr: 127\.0\.0\.1:\d+/],
    ['::1', /IPv6\. UDP reflexive addr: ::1:\d+/],
  ])('turnutils_stunclient, %s', async (host, found) => {
    const { stdout } = await run('turnutils_stunclient', ['-p', String(server.port), host]);
    expect(stdout).toMatch(found);
  });

  const uclient = async (target: StunTurnServer, ...flags: string[]) => {
    const login = ['-u', target.username, '-w', target.credential, '-p', String(target.port)];
    const { stdout } = await run('turnutils_uclient', [
      ...flags,
      '-y',
      '-n',
      '20',
      '-m',
      '2',
      '-l',
      '200',
      ...login,
      '127.0.0.1',
    ]);
    return stdout;
  };

  test.concurrent.each([
    ['UDP, indications', ['-s']],
    ['UDP, indications, without RTCP ports', ['-s', '-c']],
    ['TCP, indications', ['-t', '-s']],
    ['UDP, relayed over IPv6', ['-s', '-x']],
  ])('turnutils_uclient: %s', async (_name, flags) => {
    expect(await uclient(server, ...flags)).toContain('Total lost packets 0 (0.000000%)');
  });

  test.concurrent.each([
    ['UDP, channels', []],
    ['TCP, channels', ['-t']],
    ['UDP, many requests', ['-G']],
  ])('turnutils_uclient: %s', async (_name, flags) => {
    expect(await uclient(old, ...flags)).toContain('Total lost packets 0 (0.000000%)');
    expect(old.counters.dropped['no channel']).toBeUndefined();
  });
});
