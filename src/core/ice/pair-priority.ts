/**
 * Pair priority (RFC 8445, section 6.1.2.3): 2³²·MIN(G, D) + 2·MAX(G, D) + (G > D ? 1 : 0), where G is the priority of
 * the controlling agent's candidate and D that of the controlled one's. Up to 64 bits, so a bigint: getStats gives a
 * double, which loses the last digits.
 */
export function pairPriority(controlling: number, controlled: number): bigint {
  const g = BigInt(controlling);
  const d = BigInt(controlled);
  const [min, max] = g < d ? [g, d] : [d, g];
  return (min << 32n) + 2n * max + (g > d ? 1n : 0n);
}
