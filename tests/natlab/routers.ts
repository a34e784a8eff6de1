/**
 * The home routers of the laboratory, as nftables rules. Mapping and filtering are RFC 4787's words (sections 4.1 and 5).
 * `out` is the interface to the internet, `in` the one to the home network.
 */
import { defineRegistry } from '../../src/core/base/registry.ts';

export interface Router {
  readonly id: string;
  /** The old name by RFC 3489, which people still use. */
  readonly title: string;
  readonly mapping: 'endpoint-independent' | 'address-and-port-dependent';
  readonly filtering: 'endpoint-independent' | 'address-dependent' | 'address-and-port-dependent';
  /** The chains of the router's one table; `host` is the only device behind it. */
  rules(host: string): string;
}

/** The source port stays as it is where it is free: one mapping for all destinations. */
const KEEP_PORT = 'masquerade';
/** Another port for each destination. */
const NEW_PORT = 'masquerade fully-random';

const translate = (how: string): string =>
  `chain postrouting { type nat hook postrouting priority srcnat; oifname "out" ${how}; }`;

/** What nobody asked for ends at the router, without an ICMP error, as home routers do it. */
const DROP_UNASKED =
  'chain input { type filter hook input priority 0; iifname "out" meta l4proto udp drop; }';

const letIn = (condition: string, host: string): string =>
  `chain prerouting { type nat hook prerouting priority dstnat; iifname "out" ${condition} meta l4proto udp dnat to ${host}; }`;

export const ROUTERS = defineRegistry<Router>([
  {
    id: 'full-cone',
    title: 'full cone',
    mapping: 'endpoint-independent',
    filtering: 'endpoint-independent',
    rules: (host) => [translate(KEEP_PORT), letIn('', host)].join('\n'),
  },
  {
    id: 'address-restricted',
    title: 'address-restricted cone',
    mapping: 'endpoint-independent',
    filtering: 'address-dependent',
    rules: (host) =>
      [
        'set asked { type ipv4_addr; flags dynamic,timeout; timeout 60s; }',
        'chain forward { type filter hook forward priority 0; oifname "out" meta l4proto udp update @asked { ip daddr }; }',
        translate(KEEP_PORT),
        letIn('ip saddr @asked', host),
        DROP_UNASKED,
      ].join('\n'),
  },
  {
    id: 'port-restricted',
    title: 'port-restricted cone',
    mapping: 'endpoint-independent',
    filtering: 'address-and-port-dependent',
    rules: () => [translate(KEEP_PORT), DROP_UNASKED].join('\n'),
  },
  {
    id: 'symmetric',
    title: 'symmetric',
    mapping: 'address-and-port-dependent',
    filtering: 'address-and-port-dependent',
    rules: () => [translate(NEW_PORT), DROP_UNASKED].join('\n'),
  },
  {
    id: 'udp-blocked',
    title: 'a firewall that lets no UDP out',
    mapping: 'endpoint-independent',
    filtering: 'address-and-port-dependent',
    rules: () =>
      [
        'chain forward { type filter hook forward priority 0; meta l4proto udp drop; }',
        translate(KEEP_PORT),
        DROP_UNASKED,
      ].join('\n'),
  },
]);

export type RouterId = 'full-cone' | 'address-restricted' | 'port-restricted' | 'symmetric' | 'udp-blocked';
