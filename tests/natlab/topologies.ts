/** Homes that were tried with real browsers, and what of them is asked for servers. */
import type { RouterId } from './routers.ts';

export interface Topology {
  readonly browser: 'chromium';
  readonly a: RouterId;
  readonly b: RouterId;
  readonly servers: 'stun and turn' | 'stun';
}

const chromium = (a: RouterId, b: RouterId, servers: Topology['servers'] = 'stun and turn'): Topology => ({
  browser: 'chromium',
  a,
  b,
  servers,
});

export const TOPOLOGIES: readonly Topology[] = [
  chromium('full-cone', 'full-cone'),
  chromium('port-restricted', 'port-restricted'),
  chromium('address-restricted', 'port-restricted'),
  chromium('address-restricted', 'address-restricted'),
  chromium('full-cone', 'symmetric'),
  chromium('symmetric', 'full-cone'),
  chromium('address-restricted', 'symmetric'),
  chromium('symmetric', 'address-restricted'),
  chromium('symmetric', 'symmetric'),
  chromium('port-restricted', 'symmetric'),
  chromium('symmetric', 'port-restricted'),
  chromium('udp-blocked', 'port-restricted'),
  chromium('port-restricted', 'udp-blocked'),
  chromium('udp-blocked', 'udp-blocked'),
  chromium('full-cone', 'port-restricted', 'stun'),
  chromium('symmetric', 'symmetric', 'stun'),
  chromium('symmetric', 'port-restricted', 'stun'),
];
