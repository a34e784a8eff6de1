/** One NAT, packet by packet, against what others measured and what RFC 4787 asks for (fixtures/nat-behaviour.tsv). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Nat, type NatSpec } from '../../../src/core/sim/nat.ts';
import { LAN, Network, Realm } from '../../../src/core/sim/network.ts';
import type { Drop, Packet } from '../../../src/core/sim/packet.ts';
import { Random } from '../../../src/core/sim/random.ts';
import { Schedule } from '../../../src/core/sim/schedule.ts';
import type { TransportAddress } from '../../../src/core/base/address.ts';

const OUTSIDE = '203.0.113.9';
const INSIDE: TransportAddress = { address: '192.168.1.2', port: 5000 };
const WIRE = { kind: 'tcp', bytes: new Uint8Array(8) } as const;

/** `5.6.7.8:5678` */
const at = (text: string): TransportAddress => {
  const [address, port] = text.split(':');
  return { address: address!, port: Number(port) };
};

/** A device behind a NAT, and an internet on which everybody takes note of what comes. */
class Bench {
  readonly schedule = new Schedule();
  readonly drops: Drop[] = [];
  readonly #got: Packet[] = [];
  readonly #internet = new Realm('the internet');
  readonly #home = new Realm('home');
  readonly #network: Network;
  readonly #seed: number;

  constructor(spec: Partial<NatSpec>, seed = 1) {
    this.#seed = seed;
    this.#network = new Network(this.schedule, new Random(seed), (drop) => this.drops.push(drop));
    new Nat(
      'the NAT',
      { mapping: 'ei', filtering: 'ei', ...spec },
      { inside: this.#home, outside: this.#internet, address: OUTSIDE, link: LAN },
      this.#network,
      new Random(this.#seed),
      { used: () => undefined },
    );
    for (const address of ['5.6.7.8', '5.6.7.100', '9.9.9.9'])
      this.#internet.attach(address, LAN, (packet) => this.#got.push(packet));
    for (const address of ['192.168.1.2', '192.168.1.3'])
      this.#home.attach(address, LAN, (packet) => this.#got.push(packet));
  }

  /** What the receiver saw, if the packet arrived. */
  send(from: TransportAddress, to: TransportAddress): Packet | undefined {
    const before = this.#got.length;
    const realm = this.#home.at(from.address) ? this.#home : this.#internet;
    const packet = { id: 0, transport: 'udp', source: from, destination: to, wire: WIRE, side: 'A' } as const;
    this.#network.carry(realm.at(from.address)!, packet);
    this.schedule.runUntil(this.schedule.now + 50);
    return this.#got[before];
  }

  /** The port outside by which this destination sees it. */
  portFor(to: string, from = INSIDE): number {
    const seen = this.send(from, at(to));
    expect(seen?.source.address).toBe(OUTSIDE);
    return seen!.source.port;
  }

  wait(ms: number): void {
    this.schedule.at(this.schedule.now + ms, () => undefined);
    this.schedule.runUntil(this.schedule.now + ms);
  }

  lets(from: string, port: number): boolean {
    return this.send(at(from), { address: OUTSIDE, port }) !== undefined;
  }
}

const THREE = ['5.6.7.8:5678', '5.6.7.100:5678', '5.6.7.8:6000'] as const;
const portsFor = (mapping: NatSpec['mapping'], seed: number): readonly number[] => {
  const bench = new Bench({ mapping }, seed);
  return THREE.map((to) => bench.portFor(to));
};
const SEEDS = [1, 2, 3, 4, 5];

/** By the name that the row has in the table. */
const ROWS: Readonly<Record<string, () => void>> = {
  'mapping EIM': () => {
    for (const seed of SEEDS) expect(new Set(portsFor('ei', seed)).size).toBe(1);
  },
  'mapping ADM': () => {
    for (const seed of SEEDS) {
      const [first, second, third] = portsFor('ad', seed);
      expect(third).toBe(first);
      expect(second).not.toBe(first);
    }
  },
  'mapping APDM': () => {
    for (const seed of SEEDS) expect(new Set(portsFor('apd', seed)).size).toBe(3);
  },
  'filtering EIF': () => {
    const bench = new Bench({ filtering: 'ei' });
    const port = bench.portFor('5.6.7.8:5678');
    expect(bench.lets('5.6.7.8:7777', port)).toBe(true);
    expect(bench.lets('9.9.9.9:1', port)).toBe(true);
  },
  'filtering ADF': () => {
    const bench = new Bench({ filtering: 'ad' });
    const port = bench.portFor('5.6.7.8:5678');
    expect(bench.lets('5.6.7.8:7777', port)).toBe(true);
    expect(bench.lets('5.6.7.100:5678', port)).toBe(false);
    expect(bench.drops.map(({ reason }) => reason)).toEqual(['filtered']);
  },
  'filtering APDF': () => {
    const bench = new Bench({ filtering: 'apd' });
    const port = bench.portFor('5.6.7.8:5678');
    expect(bench.lets('5.6.7.8:5678', port)).toBe(true);
    expect(bench.lets('5.6.7.8:7777', port)).toBe(false);
    expect(bench.lets('5.6.7.100:5678', port)).toBe(false);
  },
  'unmapped port': () => {
    for (const filtering of ['ei', 'ad', 'apd'] as const) {
      const bench = new Bench({ filtering });
      const port = bench.portFor('5.6.7.8:5678');
      expect(bench.lets('5.6.7.8:5678', port + 1)).toBe(false);
      expect(bench.drops.at(-1)?.reason).toBe('no mapping');
    }
  },
  'mapping lifetime': () => {
    const bench = new Bench({ filtering: 'ei', lifetime: 30_000 });
    const port = bench.portFor('5.6.7.8:5678');
    bench.wait(29_000);
    expect(bench.portFor('5.6.7.8:5678')).toBe(port);
    bench.wait(29_000);
    expect(bench.lets('9.9.9.9:1', port)).toBe(true);
    // What came in did not keep it alive.
    bench.wait(2000);
    expect(bench.lets('9.9.9.9:1', port)).toBe(false);
    expect(bench.portFor('5.6.7.8:5678')).not.toBe(port);
  },
  defaults: () => {
    const bench = new Bench({});
    expect(bench.portFor('5.6.7.8:5678')).not.toBe(INSIDE.port);
    const other = { address: '192.168.1.3', port: 6000 };
    expect(bench.send(other, { address: OUTSIDE, port: bench.portFor('5.6.7.8:5678') })).toBeUndefined();
    expect(bench.drops.at(-1)?.reason).toBe('no hairpinning');
  },
  '1:1 NAT': () => {
    const bench = new Bench({ filtering: 'apd', oneToOne: true });
    expect(bench.portFor('5.6.7.8:5678')).toBe(INSIDE.port);
    expect(bench.lets('9.9.9.9:1', INSIDE.port)).toBe(true);
  },
  'RFC 4787 REQ-1': () => {
    const bench = new Bench({ mapping: 'ei', filtering: 'apd' });
    const ports = Array.from({ length: 40 }, (_, index) => bench.portFor(`5.6.7.8:${1000 + index}`));
    expect(new Set(ports).size).toBe(1);
  },
  'RFC 4787 REQ-5': () => {
    const bench = new Bench({ lifetime: 120_000 });
    const port = bench.portFor('5.6.7.8:5678');
    bench.wait(119_000);
    expect(bench.portFor('5.6.7.8:5678')).toBe(port);
  },
  'RFC 4787 REQ-8': () => ROWS['filtering EIF']!(),
  'RFC 4787 REQ-9': () => {
    const bench = new Bench({ hairpinning: true, filtering: 'ei' });
    const port = bench.portFor('5.6.7.8:5678');
    const other = { address: '192.168.1.3', port: 6000 };
    const seen = bench.send(other, { address: OUTSIDE, port });
    // REQ-9a: it shows the address outside, not the one inside.
    expect(seen?.source.address).toBe(OUTSIDE);
    expect(seen?.destination).toEqual(INSIDE);
  },
};

const rows = readFileSync(new URL('../../fixtures/nat-behaviour.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t')[0]!);
/** Figures of the field: nothing that one NAT does. */
const FIGURES = /^(?:field success|hard NAT probing)$/;

describe('a NAT', () => {
  it('is held against every row of the table that says what one does', () => {
    expect(Object.keys(ROWS).sort()).toEqual(rows.filter((row) => !FIGURES.test(row)).sort());
  });

  it.each(Object.entries(ROWS))('%s', (_, holds) => holds());

  it('refreshes from outside where it is set to (RFC 4787, section 4.3, REQ-6)', () => {
    const bench = new Bench({ lifetime: 30_000, refreshInbound: true });
    const port = bench.portFor('5.6.7.8:5678');
    bench.wait(25_000);
    expect(bench.lets('5.6.7.8:5678', port)).toBe(true);
    bench.wait(25_000);
    expect(bench.lets('5.6.7.8:5678', port)).toBe(true);
  });

  it('keeps the port where it is free, and gives another where it is not', () => {
    const bench = new Bench({ portPreservation: true });
    expect(bench.portFor('5.6.7.8:5678')).toBe(INSIDE.port);
    expect(bench.portFor('5.6.7.8:5678', { address: '192.168.1.3', port: INSIDE.port })).not.toBe(
      INSIDE.port,
    );
  });

  it('gives an even port for an even one (RFC 4787, section 4.2.2)', () => {
    for (const seed of SEEDS)
      for (const port of [5000, 5001]) {
        const bench = new Bench({ portParity: true, mapping: 'apd' }, seed);
        for (const to of THREE)
          expect(bench.portFor(to, { address: '192.168.1.2', port }) % 2).toBe(port % 2);
      }
  });

  it('makes no mapping for a private address of a network that it does not know', () => {
    const bench = new Bench({ mapping: 'ei' });
    expect(bench.send(INSIDE, at('10.0.0.8:4000'))).toBeUndefined();
    expect(bench.drops.map(({ reason }) => reason)).toEqual(['private address']);
  });
});
