import type { Case } from '../case.ts';
import type { Cause, Evidence } from '../cause.ts';
import type { Candidate } from '../../projections/candidates.ts';
import type { NatEntry } from '../../projections/mappings.ts';
import {
  checkEvidence,
  neverConnected,
  ofTurn,
  ofType,
  reachOf,
  shown,
  turnServers,
  usableRemote,
  wasAsked,
} from '../look.ts';

/** Two mapped ports of one socket: the NAT maps by destination (RFC 4787, section 4.1), and STUN's answer helps nobody else. */
export const natNoRelay: Cause = {
  id: 'nat-no-relay',
  verdict: 'The routers let no direct way through, and there is no relay.',
  find(call) {
    if (!neverConnected(call) || knowsTurn(call)) return null;
    const { answered, heard } = call.checks;
    const [seen, seenThere] = [call.natEntry, call.other?.natEntry ?? null];
    // Where NATs map by destination checks may come in, and their answers come from another port than was asked.
    const isSeen = seen !== null || seenThere !== null;
    if (!wasAsked(call) || (!isSeen && (answered.length > 0 || heard.length > 0))) return null;
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
    const ownTwo = byDestination(call.local);
    const otherTwo = byDestination(remote);
    const [own, other] = [ownTwo ?? seen, otherTwo ?? seenThere];
    const without =
      call.configuration === null
        ? 'there is no relay (which servers were configured is not recorded)'
        : 'no TURN server is configured';
    const shows = (two: readonly Candidate[]): string =>
      `${two[0]!.address}, ports ${two[0]!.port} and ${two[1]!.port}`;
    return {
      confidence:
        call.configuration === null
          ? 'possible'
          : own && other
            ? 'certain'
            : own || other
              ? 'likely'
              : 'possible',
      message:
        own || other
          ? `${own && other ? 'Both NATs map' : own ? 'This side’s NAT maps' : 'The other side’s NAT maps'} each destination to a port of its own, so the port that STUN saw leads nobody in; and ${without}.`
          : `No check was answered, and ${without} that could have carried the call round it.`,
      evidence: [
        ...(ownTwo ? shown(ownTwo[1]!.event, shows(ownTwo)) : doorOf(seen)),
        ...(otherTwo ? shown(otherTwo[1]!.event, shows(otherTwo)) : doorOf(seenThere)),
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

const doorOf = (entry: NatEntry | null): readonly Evidence[] =>
  shown(entry?.id, `${entry?.nat}: ${entry?.outside} for ${entry?.remotes[0]?.remote}`);

/** Configured, or named by an error. */
const knowsTurn = (call: Case): boolean =>
  turnServers(call).length > 0 ||
  call.gathering.errors.some(ofTurn) ||
  ofType(call.local, 'relay').length > 0;

/**
 * Two candidates of one socket with the same address and other ports. The foundation names the base, and may name the
 * server too (RFC 8445, section 5.1.1.3: Chromium's does not, Firefox's does); without it, more ports than sockets say it.
 */
function byDestination(all: readonly Candidate[]): readonly [Candidate, Candidate] | null {
  const mapped = ofType(all, 'srflx');
  for (const one of mapped) {
    const alike = mapped.filter((other) => isAlike(one, other));
    const ports = new Map(alike.map((other) => [other.port, other]));
    const twin = alike.find(
      (other) =>
        other.port !== one.port &&
        other.foundation === one.foundation &&
        other.relatedPort === one.relatedPort,
    );
    if (twin) return [one, twin];
    const sockets = ofType(all, 'host').filter((host) => isOfSection(host, one) && host.tcpType === null);
    const second = [...ports.values()].find(({ port }) => port !== one.port);
    if (second && sockets.length > 0 && ports.size > sockets.length) return [one, second];
  }
  return null;
}

const isOfSection = (one: Candidate, other: Candidate): boolean =>
  other.component === one.component && other.mid === one.mid && other.ufrag === one.ufrag;
const isAlike = (one: Candidate, other: Candidate): boolean =>
  isOfSection(one, other) && other.address === one.address && other.protocol === one.protocol;
