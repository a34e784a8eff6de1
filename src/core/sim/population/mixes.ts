/** Who calls: kinds of networks, and how many of a hundred ends are in each. */
import { defineRegistry } from '../../base/registry.ts';
import type { FirewallId } from '../call-between.ts';
import { natPresets } from '../nat-presets.ts';
import type { NatSpec } from '../nat.ts';

export interface NetworkKind {
  readonly id: string;
  /** `ei · apd`: mapping and filtering. */
  readonly code: string;
  readonly title: string;
  readonly nat: NatSpec | null;
  readonly firewall: FirewallId;
}

const behind = (id: string, title: string): NetworkKind => {
  const { nat } = natPresets.get(id)!;
  return { id, code: `${nat.mapping} · ${nat.filtering}`, title, nat, firewall: 'none' };
};

export const NETWORK_KINDS: readonly NetworkKind[] = [
  { id: 'none', code: 'no NAT', title: 'no NAT, or IPv6', nat: null, firewall: 'none' },
  behind('full-cone', 'full cone'),
  behind('address-restricted', 'address-restricted'),
  behind('port-restricted', 'port-restricted'),
  behind('symmetric', 'symmetric'),
  {
    id: 'no-udp',
    code: 'no UDP',
    title: 'only TCP gets out',
    nat: natPresets.get('port-restricted')!.nat,
    firewall: 'no-udp',
  },
];

/** Whole parts of a hundred, one for each kind of network, in their order. */
export type Shares = readonly number[];

export interface Mix {
  readonly id: string;
  readonly title: string;
  readonly shares: Shares;
  /** What was measured, and by whom; and what nobody measured: that is set by hand. */
  readonly source: string;
}

export const mixes = defineRegistry<Mix>([
  {
    id: 'ford-2005',
    title: 'Ford 2005, the rest by hand',
    shares: [8, 6, 10, 56, 16, 4],
    source:
      'Measured: 82 % of the routers tested in 2005 let UDP holes be punched (Ford, Srisuresh and Kegel, arXiv cs/0603074), read here as one door for all. Set by hand: how they filter, who has no NAT, and who gets out with TCP only.',
  },
  {
    id: 'ipfs-2025',
    title: 'IPFS 2025, turned into routers by hand',
    shares: [4, 4, 8, 69, 13, 2],
    source:
      'Measured: 70 % ± 7.1 of the holes that two NATs tried to punch in 4.4 million attempts (Trautwein and others, arXiv 2510.27500). Set by hand: 86 of 100 routers keep one door for all, because then about as many succeed.',
  },
  {
    id: 'tailscale-2025',
    title: 'Tailscale 2025, turned into routers by hand',
    shares: [12, 8, 12, 61, 5, 2],
    source:
      'Told by its maker, not verified: more than 90 % of connections are direct (Tailscale, NAT traversal improvements, 2025). Set by hand: all shares, so that about as many are.',
  },
  {
    id: 'offices',
    title: 'Offices and hotels',
    shares: [4, 2, 4, 38, 40, 12],
    source: 'Set by hand: many networks that open a new door for each destination, or let only TCP out.',
  },
]);

/** Of the ends behind a NAT that lets UDP out: which part, from 0 to 1, keeps one door for all; null where nobody is. */
export function oneDoorShare(shares: Shares): number | null {
  let [oneDoor, all] = [0, 0];
  NETWORK_KINDS.forEach(({ nat, firewall }, index) => {
    if (nat === null || firewall !== 'none') return;
    all += shares[index]!;
    if (nat.mapping === 'ei') oneDoor += shares[index]!;
  });
  return all === 0 ? null : oneDoor / all;
}

/** One share is set; the others keep their proportions, and all together stay a hundred. */
export function withShare(shares: Shares, index: number, value: number): Shares {
  const wanted = Math.round(Math.min(100, Math.max(0, value)));
  const others = shares.reduce((sum, share, at) => (at === index ? sum : sum + share), 0);
  const rest = 100 - wanted;
  const exact = shares.map((share, at) =>
    at === index ? wanted : others === 0 ? rest / (shares.length - 1) : (share * rest) / others,
  );
  return wholeParts(exact);
}

/** Largest remainders, so that the sum stays as it is. */
function wholeParts(exact: readonly number[]): Shares {
  const whole = exact.map((one) => Math.floor(one));
  let missing =
    Math.round(exact.reduce((sum, one) => sum + one, 0)) - whole.reduce((sum, one) => sum + one, 0);
  const byRemainder = exact
    .map((one, index) => ({ index, remainder: one - whole[index]! }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder) if (missing-- > 0) whole[index]!++;
  return whole;
}
