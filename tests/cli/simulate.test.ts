import { describe, expect, test } from 'vitest';
import { run } from '../../src/cli/main.ts';
import { scenarios } from '../../src/core/sim/scenarios/index.ts';

async function icescope(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  let out = '';
  let err = '';
  const code = await run(['simulate', ...args], {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    read: (path) =>
      path in files
        ? Promise.resolve(new TextEncoder().encode(files[path]))
        : Promise.reject(Object.assign(new Error(path), { code: 'ENOENT' })),
    write: () => Promise.resolve(),
  });
  return { code, out, err };
}

describe('icescope simulate', () => {
  test.each([
    ['ei/apd', 'ei/apd', true],
    ['apd/apd', 'apd/apd', false],
    ['apd/apd', 'ei/ad', true],
    ['apd/apd', 'ei/apd', false],
  ])('%s and %s: connected %s', async (a, b, connected) => {
    const { code, out } = await icescope({}, '--nat-a', a, '--nat-b', b, '--seed', '11', '--json');
    const json = JSON.parse(out) as { icescope: number; outcome: { connected: boolean }; events: unknown[] };
    expect(json.icescope).toBe(1);
    expect(json.outcome.connected).toBe(connected);
    expect(json.events.length).toBeGreaterThan(50);
    expect(code).toBe(connected ? 0 : 1);
  });

  test('TURN carries what finds no direct way, over TCP too', async () => {
    for (const turn of ['udp', 'tcp', 'udp,tcp']) {
      const { out } = await icescope({}, '--nat-a=apd/apd', '--nat-b=apd/apd', `--turn=${turn}`, '--json');
      const { outcome, timeToConnected } = JSON.parse(out) as {
        outcome: { connected: boolean; local: string; remote: string };
        timeToConnected: number;
      };
      expect([outcome.local, outcome.remote]).toContain('relay');
      expect(timeToConnected).toBeGreaterThan(100);
    }
  });

  test('plays scenarios by name, and says what comes of them', async () => {
    const { code, out } = await icescope({}, 'turn-expired');
    expect(code).toBe(1);
    expect(out).toMatch(/no way, given up after 39\.\d s\n {2}The TURN password had run out\./);
    expect((await icescope({}, 'same-network')).out).toMatch(/connected in \d+ ms, host to host/);
  });

  test('reads a file', async () => {
    const files = { 'call.json': '{"natA":"symmetric","natB":"hotel","servers":"stun,turn","loss":2}' };
    const { code, out } = await icescope(files, 'call.json', '--seed', '3');
    expect(code).toBe(0);
    expect(out).toContain('seed 3');
  });

  test('lists the scenarios', async () => {
    const { out, code } = await icescope({});
    expect(code).toBe(0);
    for (const { id } of scenarios.all) expect(out).toContain(`${id}\n`);
  });

  test.each([
    [['nobody'], 'there is no scenario and no file "nobody"'],
    [['--nat-a', 'cone'], 'natA can not be “cone”'],
    [['--turn', 'tls'], '--turn takes udp, tcp or both'],
    [['--seed', '-1'], 'seed can not be “-1”'],
    [['--seed'], '--seed needs a value'],
    [['--fast'], 'there is no option --fast'],
    [['two-symmetric', '--turn', 'udp'], 'only --seed goes with it'],
    [['bad.json'], 'bad.json: this is no JSON'],
    [['odd.json'], 'odd.json: there is no setting “natC”'],
  ])('%s is refused in one line', async (args, says) => {
    const files = { 'bad.json': '{', 'odd.json': '{"natC":"ei/ei"}' };
    const { code, out, err } = await icescope(files, ...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(says);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});
