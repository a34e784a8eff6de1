/**
 * coturn's own client asks our server, from behind each router, how that router maps and filters (RFC 5780): its verdict
 * is what the router's rules are.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Lab, OWN_STUN_PORT, SERVER } from './lab.ts';
import { ROUTERS, type RouterId } from './routers.ts';

const lab = new Lab();
if (!lab.possible)
  console.warn('SKIPPED: no NAT laboratory (needs root, network namespaces, nftables, coturn, chromium)');

beforeAll(() => (lab.possible ? lab.startServers() : undefined), 60_000);
afterAll(() => lab.close());

/** With the router as it is after a start: what was asked before would have opened doors. */
function discover(router: RouterId, flag: '-m' | '-f'): string {
  lab.setRouter('a', router);
  return lab.run('a', 'turnutils_natdiscovery', flag, '-p', String(OWN_STUN_PORT), SERVER);
}

const verdicts = {
  'endpoint-independent': 'Endpoint Independent',
  'address-dependent': 'Address Dependent',
  'address-and-port-dependent': 'Address and Port Dependent',
} as const;

const letThrough = ROUTERS.all.filter(({ id }) => id !== 'udp-blocked');

describe.runIf(lab.possible)('NAT behaviour discovery', () => {
  test.each(letThrough.map((router) => [router.title, router] as const))(
    'behind a %s router',
    (_title, { id, mapping, filtering }) => {
      const [mapped, filtered] = [discover(id as RouterId, '-m'), discover(id as RouterId, '-f')];
      expect(mapped).toContain(`NAT with ${verdicts[mapping]} Mapping!`);
      expect(filtered).toContain(`NAT with ${verdicts[filtering]} Filtering!`);
      for (const said of [mapped, filtered]) expect(said).not.toContain('No NAT');
    },
  );

  test('where no UDP gets out, there is no verdict', () => {
    const said = discover('udp-blocked', '-m');
    expect(said).toContain('timeout');
    expect(said).not.toContain('Mapping!');
  });
});
