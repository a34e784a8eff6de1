/** Builds what a scenario says: realms, NATs, machines and servers. */
import { type Host, Host as Machine, type PacketObserver } from './host.ts';
import type { IceServer } from './ice/servers.ts';
import { Nat, type NatObserver } from './nat.ts';
import { LAN, type LinkQuality, Network, Realm } from './network.ts';
import type { Side } from './packet.ts';
import type { Random } from './random.ts';
import type { Recorder } from './recorder.ts';
import type { InterfaceChoice, Scenario } from './scenario.ts';
import type { Schedule } from './schedule.ts';
import { startStunServer } from './stun-server.ts';
import { TurnServer } from './turn-server.ts';
import type { Reader } from './wire.ts';

export interface World {
  readonly network: Network;
  readonly hosts: Readonly<Record<Side, Host>>;
  readonly nats: ReadonlyMap<string, Nat>;
  readonly servers: readonly IceServer[];
  plug(side: Side, choice: InterfaceChoice): void;
}

/** Addresses for documentation (RFC 5737, section 3; RFC 3849, section 2). */
const STUN = ['198.51.100.10', '198.51.100.11'] as const;
export const TURN = '198.51.100.20';
const PORT = 3478;
/** TURN over TCP and TLS stands where the web does, so that firewalls let it pass. */
const WEB = 443;
const SERVER_PORTS: ReadonlySet<number> = new Set([PORT, WEB]);
const USER = 'icescope';
/** When every simulation begins: 1 January 2026, 00:00 UTC. */
export const STARTED_AT = 1_767_225_600_000;

/** How the way from A to B is shared out: so that STUN and TURN are nearer to A. */
const SHARE = { A: 0.4, B: 0.6 } as const;

export function buildWorld(
  scenario: Scenario,
  schedule: Schedule,
  random: Random,
  recorder: Recorder,
  reader: Reader,
): World {
  const network = new Network(schedule, random.fork('network'), (drop) => recorder.drop(drop));
  const realms = new Map([['', new Realm('the internet')]]);
  for (const { id } of scenario.networks) realms.set(id, new Realm(id));
  const nats = new Map(
    scenario.networks.map((spec) => {
      const place = {
        inside: realms.get(spec.id)!,
        outside: realms.get(spec.outside ?? '')!,
        address: spec.address,
        link: spec.outside === undefined ? uplink(scenario, spec.side) : { ...LAN, delay: 2 },
      };
      const observer = {
        used: (...[mapping, remote, until]: Parameters<NatObserver['used']>) =>
          recorder.mapping(spec.side, spec.natName, mapping, remote, until),
      };
      return [
        spec.id,
        new Nat(spec.natName, spec.nat, place, network, random.fork(spec.id), observer),
      ] as const;
    }),
  );
  const observer: PacketObserver = {
    sent: (host, packet) => recorder.packet(host, packet, 'sent', SERVER_PORTS),
    received: (host, packet) => recorder.packet(host, packet, 'received', SERVER_PORTS),
  };
  const machine = (name: string, side: Side | null): Host =>
    new Machine(name, side, network, random.fork(name), observer);
  const hosts = { A: machine('A', 'A'), B: machine('B', 'B') };
  const plug = (side: Side, choice: InterfaceChoice): void => {
    const { firewall } = scenario.ends[side];
    const isPublic = choice.network === undefined;
    const link = isPublic ? uplink(scenario, side) : LAN;
    hosts[side].plug({
      address: choice.address,
      realm: realms.get(choice.network ?? '')!,
      link: choice.isDead === true ? { ...link, loss: 1 } : link,
      networkType: choice.type ?? 'ethernet',
      ...(firewall ? { firewall } : {}),
      ...(choice.nat64 === undefined ? {} : { nat64: choice.nat64 }),
    });
  };
  for (const side of ['A', 'B'] as const)
    for (const choice of scenario.ends[side].interfaces) plug(side, choice);
  startServers(scenario, realms.get('')!, machine, random, reader);
  return { network, hosts, nats, servers: serversOf(scenario), plug };
}

/** Half of the chance of loss and of the jitter lies on each side of the internet. */
function uplink({ link }: Scenario, side: Side): LinkQuality {
  return {
    delay: link.delay * SHARE[side],
    jitter: link.jitter / 2,
    loss: 1 - Math.sqrt(1 - link.loss),
    mtu: link.mtu,
  };
}

const near = (delay: number): LinkQuality => ({ delay, jitter: 0, loss: 0, mtu: 1500 });
const ipv6Of = (address: string): string => `2001:db8:5::${address.split('.').at(-1)!}`;

function startServers(
  { servers }: Scenario,
  internet: Realm,
  machine: (name: string, side: null) => Host,
  random: Random,
  reader: Reader,
): void {
  const plug = (host: Host, address: string, delay: number): void => {
    for (const each of servers.ipv6 === true ? [address, ipv6Of(address)] : [address])
      host.plug({ address: each, realm: internet, link: near(delay), networkType: 'ethernet' });
  };
  if (servers.stun === 'on') {
    const host = machine('STUN', null);
    for (const address of STUN.slice(0, servers.stunCount ?? 1)) {
      plug(host, address, 1.5);
      startStunServer(host, { address, port: PORT }, reader);
      if (servers.ipv6 === true) startStunServer(host, { address: ipv6Of(address), port: PORT }, reader);
    }
  }
  if (servers.turn.length === 0 || servers.turnState === 'dead') return;
  const host = machine('TURN', null);
  plug(host, TURN, 2);
  const turn = new TurnServer(host, turnSpec(servers.turnState), TURN, random.hex(16), reader);
  for (const address of servers.ipv6 === true ? [TURN, ipv6Of(TURN)] : [TURN]) {
    turn.listenUdp({ address, port: PORT });
    turn.listenTcp({ address, port: WEB });
  }
}

function turnSpec(state: Scenario['servers']['turnState']) {
  const spec = { username: nameOf(state), password: 'password of the relay', realm: 'icescope.example' };
  if (state === 'expired') return { ...spec, expiresAt: 0 };
  if (state === 'private') return { ...spec, announces: '10.0.5.20' };
  return state === 'full' ? { ...spec, quota: 0 } : spec;
}

/** Accounts that end carry their end in the name (draft-uberti-behave-turn-rest-00, section 2.2). */
const nameOf = (state: Scenario['servers']['turnState']): string =>
  state === 'expired' ? `${STARTED_AT / 1000 - 3600}:${USER}` : USER;

function serversOf({ servers }: Scenario): readonly IceServer[] {
  const at = (address: string, port: number) => ({
    at: { address, port },
    at6: servers.ipv6 === true ? { address: ipv6Of(address), port } : null,
  });
  const stun = STUN.slice(0, servers.stunCount ?? 1).map((address): IceServer => ({
    url: `stun:${address}:${PORT}`,
    kind: 'stun',
    transport: 'udp',
    ...at(address, PORT),
    account: null,
  }));
  const turn = servers.turn.map((transport): IceServer => {
    const port = transport === 'udp' ? PORT : WEB;
    const password = servers.turnState === 'wrong password' ? 'another' : 'password of the relay';
    return {
      url: `${transport === 'tls' ? 'turns' : 'turn'}:${TURN}:${port}?transport=${transport === 'udp' ? 'udp' : 'tcp'}`,
      kind: 'turn',
      transport,
      ...at(TURN, port),
      account: { username: nameOf(servers.turnState), password },
    };
  });
  return servers.stun === 'off' ? turn : [...stun, ...turn];
}
