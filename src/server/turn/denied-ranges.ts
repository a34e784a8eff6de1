/**
 * Addresses that a relay open to other machines must never send to. From the IANA special-purpose address registries
 * (RFC 6890 and its updates), the multicast ranges, and the forms that hide an IPv4 address inside an IPv6 one.
 */
export interface DeniedRange {
  readonly first: string;
  readonly last: string;
  readonly why: string;
}

const range = (first: string, last: string, why: string): DeniedRange => ({ first, last, why });

export const deniedRanges: readonly DeniedRange[] = [
  range('0.0.0.0', '0.255.255.255', 'this network (RFC 791 §3.2); many systems take 0.0.0.0 for themselves'),
  range('10.0.0.0', '10.255.255.255', 'private use (RFC 1918)'),
  range('100.64.0.0', '100.127.255.255', 'carrier-grade NAT (RFC 6598)'),
  range('127.0.0.0', '127.255.255.255', 'loopback (RFC 1122 §3.2.1.3)'),
  range('169.254.0.0', '169.254.255.255', 'link local (RFC 3927); cloud metadata services'),
  range('172.16.0.0', '172.31.255.255', 'private use (RFC 1918)'),
  range('192.0.0.0', '192.0.0.255', 'IETF protocol assignments (RFC 6890 §2.1)'),
  range('192.0.2.0', '192.0.2.255', 'documentation (RFC 5737)'),
  range('192.31.196.0', '192.31.196.255', 'AS112-v4 (RFC 7535)'),
  range('192.52.193.0', '192.52.193.255', 'AMT (RFC 7450)'),
  range('192.88.99.0', '192.88.99.255', '6to4 relay anycast, deprecated (RFC 7526)'),
  range('192.168.0.0', '192.168.255.255', 'private use (RFC 1918)'),
  range('192.175.48.0', '192.175.48.255', 'direct delegation AS112 (RFC 7534)'),
  range('198.18.0.0', '198.19.255.255', 'benchmarking (RFC 2544)'),
  range('198.51.100.0', '198.51.100.255', 'documentation (RFC 5737)'),
  range('203.0.113.0', '203.0.113.255', 'documentation (RFC 5737)'),
  range('224.0.0.0', '239.255.255.255', 'multicast (RFC 5771)'),
  range('240.0.0.0', '255.255.255.255', 'reserved (RFC 1112 §4) and limited broadcast (RFC 919)'),
  range('::', '::ffff:ffff', 'unspecified, loopback, IPv4-compatible (RFC 4291 §2.5)'),
  range('::ffff:0:0', '::ffff:ffff:ffff', 'IPv4-mapped (RFC 4291 §2.5.5.2)'),
  range('::ffff:0:0:0', '::ffff:0:ffff:ffff', 'IPv4-translated (RFC 2765 §2.1)'),
  range('64:ff9b::', '64:ff9b::ffff:ffff', 'NAT64 (RFC 6052)'),
  range('64:ff9b:1::', '64:ff9b:1:ffff:ffff:ffff:ffff:ffff', 'local NAT64 (RFC 8215)'),
  range('100::', '100::ffff:ffff:ffff:ffff', 'discard only (RFC 6666)'),
  range('100:0:0:1::', '100::1:ffff:ffff:ffff:ffff', 'dummy prefix (RFC 9780)'),
  range(
    '2001::',
    '2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff',
    'IETF protocol assignments (RFC 2928), Teredo (RFC 4380)',
  ),
  range('2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', 'documentation (RFC 3849)'),
  range('2002::', '2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '6to4: an IPv4 address follows (RFC 3056)'),
  range('2620:4f:8000::', '2620:4f:8000:ffff:ffff:ffff:ffff:ffff', 'direct delegation AS112 (RFC 7534)'),
  range('3fff::', '3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff', 'documentation (RFC 9637)'),
  range('5f00::', '5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'segment routing (RFC 9602)'),
  range('fc00::', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'unique local (RFC 4193)'),
  range('fe80::', 'febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'link local (RFC 4291 §2.5.6)'),
  range('fec0::', 'feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'site local, deprecated (RFC 3879)'),
  range('ff00::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'multicast (RFC 4291 §2.7)'),
];
