import type { Cause } from '../cause.ts';
import type { Candidate } from '../../projections/candidates.ts';
import { checkEvidence, neverConnected, ofType, reachOf, shown, turnServers, usableRemote } from '../look.ts';

/** Two mapped ports of one socket: the NAT maps by destination (RFC 4787, section 4.1), and STUN's answer helps nobody else. */
export const natNoRelay: Cause = {
  id: 'nat-no-relay',
  verdict: 'The routers let no direct way through, and there is no relay.',
  find(call) {
    if (!neverConnected(call) || turnServers(call).length > 0) return null;
    const { asked, answered, heard } = call.checks;
    if (asked.length === 0 || answered.length > 0 || heard.length > 0) return null;
    const remote = usableRemote(call);
    const outside = remote.filter(
      ({ type, address }) => type === 'srflx' || type === 'prflx' || reachOf(address) === 'public',
    );
    if (
      outside.length === 0 ||
      ofType(remote, 'relay').length > 0 ||
      ofType(call.local, 'srflx').length === 0
    )
      return null;
    const own = byDestination(ofType(call.local, 'srflx'));
    const other = byDestination(ofType(remote, 'srflx'));
    const shows = (two: readonly Candidate[]): string =>
      `${two[0]!.address}, ports ${two[0]!.port} and ${two[1]!.port}`;
    return {
      confidence: own && other ? 'certain' : own || other ? 'likely' : 'possible',
      message:
        own || other
          ? `${own && other ? 'Both NATs map' : own ? 'This side’s NAT maps' : 'The other side’s NAT maps'} each destination to a port of its own, so the port that STUN saw leads nobody in; and no TURN server is configured.`
          : 'No check was answered, and no TURN server is configured that could have carried the call round it.',
      evidence: [
        ...(own ? shown(own[1]!.event, shows(own)) : []),
        ...(other ? shown(other[1]!.event, shows(other)) : []),
        ...checkEvidence(call),
      ],
      change: {
        who: 'page',
        what: 'Add a TURN server.',
        code: `{ urls: ['turn:turn.example.net', 'turns:turn.example.net:443?transport=tcp'], username, credential }`,
      },
      ...(own && other ? {} : { unknown: ['What kind of NAT the other side is behind.'] }),
    };
  },
};

/** Two candidates of one socket with the same address and other ports: the foundation names the base (RFC 8445, section 5.1.1.3). */
function byDestination(mapped: readonly Candidate[]): readonly [Candidate, Candidate] | null {
  for (const one of mapped) {
    const twin = mapped.find(
      (other) =>
        other.port !== one.port &&
        other.address === one.address &&
        other.foundation === one.foundation &&
        other.component === one.component &&
        other.mid === one.mid &&
        other.ufrag === one.ufrag &&
        other.relatedPort === one.relatedPort,
    );
    if (twin) return [one, twin];
  }
  return null;
}
