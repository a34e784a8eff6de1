/** Faults of browsers that were reported in public, by browser and version. An entry without `fixed` is open, as far as is known. */
import type { Case } from './case.ts';
import { neverConnected, ofType, turnServers } from './look.ts';
import { stuckHandshake } from './dtls.ts';
import { sctpEcho } from './sctp-echo.ts';

export interface KnownBug {
  readonly browser: 'Safari' | 'Firefox' | 'Chromium';
  /** First and last major version that has it. */
  readonly from: number;
  readonly to: number;
  readonly what: string;
  readonly source: string;
  /** Whether this call looks like it. */
  readonly fits: (call: Case) => boolean;
}

const noRelay = (call: Case): boolean =>
  turnServers(call).some(({ read }) => read?.family === null) &&
  ofType(call.local, 'relay').length === 0 &&
  neverConnected(call);

export const KNOWN_BUGS: readonly KnownBug[] = [
  {
    browser: 'Safari',
    from: 26,
    to: 26,
    what: 'gathers no relay candidate when the TURN server is given by a name (26.4)',
    source: 'https://bugs.webkit.org/show_bug.cgi?id=312332',
    fits: noRelay,
  },
  {
    browser: 'Firefox',
    from: 150,
    to: 150,
    what: 'offers DTLS 1.3 in a way that some relays and servers drop (fixed in 150.0.1)',
    source: 'https://bugzilla.mozilla.org/show_bug.cgi?id=2033783',
    fits: (call) => stuckHandshake(call) !== null,
  },
  {
    browser: 'Chromium',
    from: 141,
    to: 156,
    what: 'offers DTLS 1.3, which old servers (Jitsi Videobridge and BouncyCastle of that time) refuse',
    source: 'https://github.com/jitsi/docker-jitsi-meet/issues/2161',
    fits: (call) => stuckHandshake(call)?.state === 'failed' && looksLikeServer(call),
  },
  {
    browser: 'Chromium',
    from: 151,
    to: 156,
    what: 'writes a=sctp-init (SNAP, a trial), which must not be echoed by the other side',
    source: 'https://github.com/paullouisageneau/libdatachannel/issues/1620',
    fits: sctpEcho,
  },
  {
    browser: 'Chromium',
    from: 124,
    to: 124,
    what: 'changed its cipher suites, and older servers found none in common',
    source: 'https://github.com/sipsorcery-org/sipsorcery/issues/1104',
    fits: (call) => stuckHandshake(call)?.state === 'failed' && looksLikeServer(call),
  },
  {
    browser: 'Chromium',
    from: 76,
    to: 92,
    what: 'does not report that ICE failed',
    source: 'https://github.com/jitsi/lib-jitsi-meet/pull/1685',
    fits: (call) =>
      neverConnected(call) &&
      call.checks.requests >= 20 &&
      call.checks.answered.length === 0 &&
      call.life.failed === null,
  },
];

/** ICE-lite is what servers are (RFC 8445, section 2.5). */
const looksLikeServer = (call: Case): boolean =>
  call.otherDescriptions.some(({ sdp }) => /^a=ice-lite/m.test(sdp));
