import type { GivenCandidate } from './page.ts';

/** There was no remote description to add it to (W3C WebRTC, section 4.4.2): Chromium's words, and Firefox's. */
export const isTooEarly = ({ refused }: GivenCandidate): boolean =>
  refused !== null &&
  /remote description (?:was|is) null|no remoteDescription|without remote description|setRemoteDescription/i.test(
    refused.message,
  );
