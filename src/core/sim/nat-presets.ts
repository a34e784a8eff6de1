/** NATs by the names that people use (RFC 3489, section 5), and by places where one meets them. */
import { defineRegistry } from '../base/registry.ts';
import type { Dependence, NatSpec } from './nat.ts';

export interface NatPreset {
  readonly id: string;
  readonly title: string;
  /** What it is like, in a few words. */
  readonly says: string;
  readonly nat: NatSpec;
  /** Where this is from; `set by hand` where nobody measured it. */
  readonly source: string;
}

export const natPresets = defineRegistry<NatPreset>([
  {
    id: 'full-cone',
    title: 'full cone',
    says: 'one door for all, and it lets in everybody',
    nat: { mapping: 'ei', filtering: 'ei', portPreservation: true },
    source: 'RFC 3489, section 5',
  },
  {
    id: 'address-restricted',
    title: 'restricted cone',
    says: 'one door for all; in come addresses that were written to',
    nat: { mapping: 'ei', filtering: 'ad', portPreservation: true },
    source: 'RFC 3489, section 5',
  },
  {
    id: 'port-restricted',
    title: 'port-restricted cone',
    says: 'one door for all; in come addresses and ports that were written to',
    nat: { mapping: 'ei', filtering: 'apd', portPreservation: true },
    source: 'RFC 3489, section 5',
  },
  {
    id: 'symmetric',
    title: 'symmetric',
    says: 'a new door for each destination, and in comes only who it was opened for',
    nat: { mapping: 'apd', filtering: 'apd' },
    source: 'RFC 3489, section 5',
  },
  {
    id: 'home-router',
    title: 'home router',
    says: 'as Linux does it: the port is kept where it is free, and only answers come in',
    nat: {
      mapping: 'ei',
      filtering: 'apd',
      portPreservation: true,
      hairpinning: true,
      lifetime: 120_000,
      refreshInbound: true,
    },
    source:
      'nftables masquerade in the NAT laboratory; the lifetime is that of nf_conntrack_udp_timeout_stream',
  },
  {
    id: 'company',
    title: 'company',
    says: 'a new door for each destination, soon forgotten',
    nat: { mapping: 'apd', filtering: 'apd', lifetime: 60_000 },
    source: 'set by hand',
  },
  {
    id: 'hotel',
    title: 'hotel',
    says: 'a new door for each destination, forgotten after half a minute',
    nat: { mapping: 'apd', filtering: 'apd', lifetime: 30_000 },
    source: 'set by hand',
  },
  {
    id: 'mobile-carrier',
    title: 'mobile carrier',
    says: 'carrier-grade: one door for all, in come addresses and ports that were written to',
    nat: { mapping: 'ei', filtering: 'apd', hairpinning: true, lifetime: 120_000 },
    source: 'RFC 6888, section 3, asks carriers for RFC 4787; the filtering is set by hand',
  },
  {
    id: 'cloud',
    title: 'cloud server, 1:1',
    says: 'one address outside for one inside, and everybody is let in',
    nat: { mapping: 'ei', filtering: 'ei', oneToOne: true },
    source: 'pion, vnet/nat_test.go TestNAT1To1Behavior',
  },
]);

/** What RFC 4787 calls them in full. */
export const DEPENDENCE_WORDS: Readonly<Record<Dependence, string>> = {
  ei: 'endpoint-independent',
  ad: 'address-dependent',
  apd: 'address and port-dependent',
};

/** The old name of a combination; null where it never had one. */
export const oldNameOf = ({ mapping, filtering }: Pick<NatSpec, 'mapping' | 'filtering'>): string | null =>
  natPresets.all.slice(0, 4).find(({ nat }) => nat.mapping === mapping && nat.filtering === filtering)
    ?.title ?? null;
