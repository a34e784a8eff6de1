/**
 * Two homes, each behind a router of its own, and the internet between them, all of it in network namespaces:
 *
 *     home A 10.1.0.2 ── router A 198.51.100.2 ── internet 192.0.2.1 ── router B 203.0.113.2 ── home B 10.2.0.2
 *                                                 coturn, and our server
 *
 * The addresses on the internet are those for documentation (RFC 5737).
 */
import { type ChildProcess, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright';
import { launchBrowser } from '../support/browsers.ts';
import { Namespace } from '../support/namespace.ts';
import { ROUTERS, type RouterId } from './routers.ts';

export type Home = 'a' | 'b';

export const SERVER = '192.0.2.1';
/** coturn answers here too: who asks both sees what a router does for another destination. */
export const SECOND_SERVER = '192.0.2.9';
export const TURN = { port: 3478, username: 'lab', credential: 'password-of-the-lab' } as const;
/** Of our own STUN server, which knows both addresses. */
export const OWN_STUN_PORT = 3500;
export const APP = `http://${SERVER}:4173/`;

const HOMES = {
  a: { host: '10.1.0.2', gateway: '10.1.0.1', outside: '198.51.100.2', uplink: '198.51.100.1' },
  b: { host: '10.2.0.2', gateway: '10.2.0.1', outside: '203.0.113.2', uplink: '203.0.113.1' },
} as const;

/**
 * Opens the app until `sign` stands there. A browser that notices its network being set up anew may drop what it was
 * loading: then once more.
 */
export async function arrive(page: Page, address: string, sign: Locator): Promise<void> {
  await page.goto(address);
  await sign.waitFor({ timeout: 8000 }).catch(() => page.reload());
  await sign.waitFor();
}

export class Lab {
  readonly #internet = new Namespace('internet');
  readonly #homes = { a: new Namespace('home-a'), b: new Namespace('home-b') };
  readonly #routers = { a: new Namespace('router-a'), b: new Namespace('router-b') };
  readonly #started: ChildProcess[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'icescope-lab-'));
  /** False where namespaces, nftables, coturn or Chromium are missing. */
  readonly possible: boolean;

  constructor() {
    this.possible =
      ['nft', 'turnserver', 'chromium'].every((name) => spawnSync('which', [name]).status === 0) &&
      this.#internet.shell(
        'ip link set lo up',
        `ip addr add ${SERVER}/32 dev lo`,
        `ip addr add ${SECOND_SERVER}/32 dev lo`,
      ) &&
      this.#wire('a') &&
      this.#wire('b');
  }

  /** Puts another router between a home and the internet. What was connected through the old one is forgotten. */
  setRouter(home: Home, id: RouterId): void {
    const { rules } = ROUTERS.get(id)!;
    const file = join(this.#folder, `${home}.nft`);
    writeFileSync(file, `flush ruleset\ntable ip router {\n${rules(HOMES[home].host)}\n}\n`);
    const { status, stderr } = this.#routers[home].run('nft', '-f', file);
    if (status !== 0) throw new Error(`nft refuses the rules of "${id}": ${stderr}`);
  }

  /** coturn, and our app with its rooms, on the internet. */
  async startServers(): Promise<void> {
    this.startTurn(TURN.port, SERVER);
    const cli = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
    const options = [
      '--host',
      SERVER,
      '--stun-port',
      String(OWN_STUN_PORT),
      '--stun-other-host',
      SECOND_SERVER,
    ];
    const app = this.#internet.start(process.execPath, '--import', 'tsx', cli, 'serve', ...options);
    this.#started.push(app);
    await once(app.stdout!, 'data');
  }

  /** coturn, which leases relays of an address of its own. */
  startTurn(port: number, relayAddress: string): void {
    const { username, credential } = TURN;
    const turn = ['turnserver', '-n', '--no-cli', '--no-tls', '--no-dtls', '--lt-cred-mech']
      .concat('--log-file', 'stdout', '-L', SERVER, '-L', SECOND_SERVER, '-E', relayAddress)
      .concat('-p', String(port), '-r', 'lab', '-u', `${username}:${credential}`)
      .concat('--pidfile', join(this.#folder, `turn-${port}.pid`))
      .concat('--userdb', join(this.#folder, `turn-${port}.db`));
    this.#started.push(this.#internet.start(...turn));
  }

  /**
   * A real Chromium in a home. It reaches the internet through the home's router only. With `showAddresses` it tells the
   * page its own address, in place of a random name that ends in .local.
   */
  launchBrowser(
    home: Home,
    { showAddresses = false, flags: more = '' }: { showAddresses?: boolean; flags?: string } = {},
  ): Promise<Browser> {
    const wrapper = join(this.#folder, `chromium-${home}`);
    const flags = `${showAddresses ? '--disable-features=WebRtcHideLocalIpsWithMdns' : ''} ${more}`;
    const command = `exec ip netns exec ${this.#homes[home].name} /usr/bin/chromium "$@" ${flags}`;
    writeFileSync(wrapper, `#!/bin/sh\n${command}\n`, { mode: 0o755 });
    return launchBrowser('chromium', { executablePath: wrapper });
  }

  /** What a program in a home prints. */
  run(home: Home, ...command: string[]): string {
    return this.#homes[home].run(...command).stdout;
  }

  /** Sets something up: true when every line worked. */
  shell(place: Home | 'router-a' | 'router-b' | 'internet', ...lines: readonly string[]): boolean {
    const places = { ...this.#homes, 'router-a': this.#routers.a, 'router-b': this.#routers.b };
    return (place === 'internet' ? this.#internet : places[place]).shell(...lines);
  }

  async close(): Promise<void> {
    for (const process of this.#started) {
      process.kill('SIGTERM');
      if (process.exitCode === null) await once(process, 'exit');
    }
    for (const each of [this.#internet, ...Object.values(this.#homes), ...Object.values(this.#routers)])
      each.remove();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #wire(home: Home): boolean {
    const { host, gateway, outside, uplink } = HOMES[home];
    const [device, router] = [this.#homes[home], this.#routers[home]];
    return (
      // An address that is found to be free seconds later is a change of the network, at which Chromium drops what it loads.
      device.shell('sysctl -qw net.ipv6.conf.default.accept_dad=0') &&
      router.shell(
        'ip link set lo up',
        `ip link add in type veth peer name eth0 netns ${device.name}`,
        `ip link add out type veth peer name to-${home} netns ${this.#internet.name}`,
        `ip addr add ${gateway}/24 dev in`,
        `ip addr add ${outside}/24 dev out`,
        'ip link set in up',
        'ip link set out up',
        `ip route add default via ${uplink}`,
        'sysctl -qw net.ipv4.ip_forward=1',
      ) &&
      device.shell(
        'ip link set lo up',
        `ip addr add ${host}/24 dev eth0`,
        'ip link set eth0 up',
        `ip route add default via ${gateway}`,
      ) &&
      this.#internet.shell(
        `ip addr add ${uplink}/24 dev to-${home}`,
        `ip link set to-${home} up`,
        'sysctl -qw net.ipv4.ip_forward=1',
      )
    );
  }
}
