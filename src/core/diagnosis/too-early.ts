import type { GivenCandidate } from './page.ts';

/**
 * There was no remote description to add it to, which is looked at before the candidate is (W3C WebRTC, section 4.4.2,
 * addIceCandidate). Where the recording begins late, Chromium's words and Firefox's say it.
 */
export const isTooEarly = ({ refused, isEarly }: GivenCandidate): boolean =>
  refused !== null && (isEarly ? refused.name !== 'TypeError' : WORDS.test(refused.message));

const WORDS =
  /remote description (?:was|is) null|no remoteDescription|without remote description|setRemoteDescription/i;
