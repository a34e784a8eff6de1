/** ICE fragments: candidates and credentials that travel after the offer (RFC 8840, section 9; in HTTP RFC 9725, section 4.3). */
import type { SdpLine } from '../lines.ts';

export const FRAGMENT_TYPE = 'application/trickle-ice-sdpfrag';

/** What may stand in a fragment (RFC 8840, section 9); `rtcp-mux` is seen in its own examples. */
const ATTRIBUTES: ReadonlySet<string> = new Set([
  'ice-ufrag',
  'ice-pwd',
  'ice-options',
  'ice-lite',
  'ice-pacing',
  'group',
  'mid',
  'rtcp-mux',
  'candidate',
  'end-of-candidates',
]);

/** Lines of ICE alone, with credentials, and candidates or the sections that they are for. */
export function isFragment(lines: readonly SdpLine[]): boolean {
  const names = new Set(lines.map(({ type, name }) => (type === 'a' ? name : `${type}=`)));
  const onlyIce = lines.every(({ type, name }) => type === 'm' || (type === 'a' && ATTRIBUTES.has(name)));
  const carries = names.has('candidate') || names.has('end-of-candidates') || names.has('m=');
  return onlyIce && carries && (names.has('ice-ufrag') || names.has('ice-pwd'));
}
