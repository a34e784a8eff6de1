/** The priority of a candidate, and what browsers make it of. RFC 8445 section 5.1.2. */
import { habitOf, priorityParts, typeOfPreference } from '../priority.ts';
import { describePriority } from '../candidate.ts';
import { UINT32, type Reader, type Word } from '../reader.ts';

export function readPriority(
  reader: Reader,
  word: Word | undefined,
  candidate: { readonly type: string; readonly component: string; readonly address: string },
): void {
  const value = reader.integer(word, 'priority', UINT32, (n) => {
    if (!followsFormula(n, candidate))
      return `priority ${n}: a number of its own, not made by the recommended formula; the higher one is preferred`;
    const rank = candidate.type === 'host' ? interfaceRank(n, candidate.address) : undefined;
    return `priority ${n}: ${describePriority(n)}${rank === undefined ? '' : `; ${rank}`}`;
  });
  if (value === undefined) return;
  if (value === 0 || value > 2147483647)
    reader.warn(`priority ${value} is out of range`, word, 'A priority lies between 1 and 2147483647.');
}

/**
 * Whether the parts that the recommended formula would have made it of fit the candidate that it stands in: its component, and a type
 * preference that is known for its type, or is nobody's. An agent may use another formula: RFC 8445 section 5.1.2.
 */
function followsFormula(priority: number, { type, component }: { type: string; component: string }): boolean {
  const parts = priorityParts(priority);
  const preferred = habitOf(parts.typePreference)?.type ?? typeOfPreference(parts.typePreference);
  return (
    String(parts.component) === component &&
    (preferred === undefined || preferred === type) &&
    parts.typePreference <= 126
  );
}

/** IPAddressPrecedence in rtc_base/ip_address.cc of libwebrtc. */
const PRECEDENCES: ReadonlyMap<number, RegExp> = new Map([
  [30, /^[0-9.]+$|\.local$/],
  [40, /:|\.local$/],
  [50, /^f[cd].*:|\.local$/i],
  [60, /^::1$/],
]);
const FAMILIES: ReadonlyMap<number, string> = new Map([
  [30, 'IPv4'],
  [40, 'IPv6'],
  [50, 'a unique local IPv6 address'],
  [60, 'the IPv6 loopback address'],
]);

/**
 * What browsers make the local preference of a host candidate of: both put the rank of the interface, 127 for the best and one less
 * for each further one, into its upper byte; libwebrtc puts the kind of address into the lower one.
 */
function interfaceRank(priority: number, address: string): string | undefined {
  const { localPreference } = priorityParts(priority);
  const rank = localPreference >> 8;
  const low = localPreference & 255;
  if (rank > 127) return undefined;
  const best =
    rank === 0 ? 'for no network interface in particular' : 'for the network interface (127 is the best)';
  if (PRECEDENCES.get(low)?.test(address) === true)
    return `${localPreference} is 256 × ${rank} ${best} + ${low} for ${FAMILIES.get(low)}, as libwebrtc counts`;
  return rank >= 64 && low % 64 === 0
    ? `${localPreference} is 256 × ${rank} ${best}${low === 0 ? '' : ` + ${low} for the TCP type`}, as Firefox counts`
    : undefined;
}
