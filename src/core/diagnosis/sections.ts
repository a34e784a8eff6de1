/** Which section of a description a candidate names, by its mid or by its place (RFC 8839, section 5.1; W3C WebRTC, addIceCandidate). */
import { valuesOf } from './look.ts';
import type { GivenCandidate, HeldDescription } from './page.ts';

/** The section is not in the description that stood when the candidate was given. */
export function isOfNoSection(
  { init: { sdpMid, sdpMLineIndex }, at }: GivenCandidate,
  description: HeldDescription | null,
): boolean {
  if (!description || at < description.at) return false;
  const mids = valuesOf(description.sdp, 'mid');
  if (typeof sdpMid === 'string' && sdpMid !== '') return mids.length > 0 && !mids.includes(sdpMid);
  const sections = description.sdp.match(/^m=/gm)?.length ?? 0;
  return typeof sdpMLineIndex === 'number' && sdpMLineIndex >= sections;
}
