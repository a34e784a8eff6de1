/** The doctor: why a call fails, how sure that is, what shows it, who has to change what, and what can not be known from here. */
import { defineRegistry } from '../base/registry.ts';
import { type Facts, NO_FACTS, reduceAll } from '../projections/index.ts';
import type { PeerId, SessionEvent } from '../session/event.ts';
import { type Case, caseOf } from './case.ts';
import type { Cause, FoundCause } from './cause.ts';
import { addressFamilyMismatch } from './causes/address-family-mismatch.ts';
import { answerTooLate } from './causes/answer-too-late.ts';
import { blockedByBrowserPolicy } from './causes/blocked-by-browser-policy.ts';
import { candidateMalformed } from './causes/candidate-malformed.ts';
import { candidateWrongGeneration } from './causes/candidate-wrong-generation.ts';
import { candidateWrongMid } from './causes/candidate-wrong-mid.ts';
import { candidatesBeforeDescription } from './causes/candidates-before-description.ts';
import { checksUnanswered } from './causes/checks-unanswered.ts';
import { clockSkew } from './causes/clock-skew.ts';
import { closedLocally } from './causes/closed-locally.ts';
import { codecMismatch } from './causes/codec-mismatch.ts';
import { dtlsFailed } from './causes/dtls-failed.ts';
import { dtlsFingerprint } from './causes/dtls-fingerprint.ts';
import { dtlsMtu } from './causes/dtls-mtu.ts';
import { dtlsRole } from './causes/dtls-role.ts';
import { dtlsVersion } from './causes/dtls-version.ts';
import { glare } from './causes/glare.ts';
import { iceCredentials } from './causes/ice-credentials.ts';
import { iceRole } from './causes/ice-role.ts';
import { iceServerUrlBad } from './causes/ice-server-url-bad.ts';
import { knownBrowserBug } from './causes/known-browser-bug.ts';
import { localNetworkLost } from './causes/local-network-lost.ts';
import { mediaMuted } from './causes/media-muted.ts';
import { natHairpin } from './causes/nat-hairpin.ts';
import { natNoRelay } from './causes/nat-no-relay.ts';
import { natRebinding } from './causes/nat-rebinding.ts';
import { neverNegotiated } from './causes/never-negotiated.ts';
import { noAnswer } from './causes/no-answer.ts';
import { noHostCandidates } from './causes/no-host-candidates.ts';
import { noIceServers } from './causes/no-ice-servers.ts';
import { noKeyframe } from './causes/no-keyframe.ts';
import { noMedia } from './causes/no-media.ts';
import { oneWayPath } from './causes/one-way-path.ts';
import { packetLoss } from './causes/packet-loss.ts';
import { pathLost } from './causes/path-lost.ts';
import { pcLimit } from './causes/pc-limit.ts';
import { relayPolicyNoTurn } from './causes/relay-policy-no-turn.ts';
import { remoteCandidatesMissing } from './causes/remote-candidates-missing.ts';
import { remoteClosed } from './causes/remote-closed.ts';
import { remoteMdnsOnly } from './causes/remote-mdns-only.ts';
import { sctpFailed } from './causes/sctp-failed.ts';
import { sdpRejected } from './causes/sdp-rejected.ts';
import { serverAddressUnreachable } from './causes/server-address-unreachable.ts';
import { serverPortsBlocked } from './causes/server-ports-blocked.ts';
import { stunUnreachable } from './causes/stun-unreachable.ts';
import { turnAuth } from './causes/turn-auth.ts';
import { turnDns } from './causes/turn-dns.ts';
import { turnExpired } from './causes/turn-expired.ts';
import { turnFailed } from './causes/turn-failed.ts';
import { turnPeerDenied } from './causes/turn-peer-denied.ts';
import { turnQuota } from './causes/turn-quota.ts';
import { turnRelayPrivate } from './causes/turn-relay-private.ts';
import { turnTls } from './causes/turn-tls.ts';
import { turnUnreachable } from './causes/turn-unreachable.ts';
import { udpBlocked } from './causes/udp-blocked.ts';
import { vpnInterface } from './causes/vpn-interface.ts';
import { endsEarly, isOver } from './early.ts';
import { type Note, notesOf } from './notes.ts';
import { unknownOf } from './unknown.ts';
import { verdictOf } from './verdict.ts';

export type { Confidence, Evidence, FoundCause } from './cause.ts';
export type { Note } from './notes.ts';

/** Of two causes that are equally sure, the one that stands first here comes first: what explains the other. */
export const causes = defineRegistry<Cause>([
  pcLimit,
  neverNegotiated,
  sdpRejected,
  glare,
  candidatesBeforeDescription,
  noAnswer,
  iceCredentials,
  relayPolicyNoTurn,
  candidateMalformed,
  candidateWrongMid,
  candidateWrongGeneration,
  remoteCandidatesMissing,
  addressFamilyMismatch,
  noIceServers,
  iceServerUrlBad,
  blockedByBrowserPolicy,
  turnExpired,
  turnAuth,
  turnQuota,
  turnPeerDenied,
  turnDns,
  turnTls,
  udpBlocked,
  stunUnreachable,
  turnUnreachable,
  turnRelayPrivate,
  remoteMdnsOnly,
  serverAddressUnreachable,
  serverPortsBlocked,
  vpnInterface,
  oneWayPath,
  natNoRelay,
  noHostCandidates,
  natHairpin,
  iceRole,
  answerTooLate,
  dtlsFingerprint,
  dtlsRole,
  dtlsVersion,
  dtlsMtu,
  remoteClosed,
  localNetworkLost,
  natRebinding,
  sctpFailed,
  codecMismatch,
  packetLoss,
  noKeyframe,
  noMedia,
  mediaMuted,
  closedLocally,
  clockSkew,
  knownBrowserBug,
  turnFailed,
  dtlsFailed,
  pathLost,
  checksUnanswered,
]);

export interface Diagnosis {
  /** One sentence. */
  readonly verdict: string;
  /** Most important first. A healthy connection has none, or remarks that are `possible`. */
  readonly causes: readonly FoundCause[];
  /** What is worth knowing and blames nobody. */
  readonly notes: readonly Note[];
  /** What can not be known from this recording. */
  readonly unknown: readonly string[];
}

export interface DiagnosisOptions {
  /** The other end of the same call, where it is in the same session. */
  readonly other?: PeerId | undefined;
  /** The recording goes on: what has not happened may still come. */
  readonly live?: boolean;
  /** The facts at the end of the events, where somebody has them. */
  readonly facts?: Facts;
}

/** Of one connection of a session. Linear in its events. */
export function diagnose(
  events: readonly SessionEvent[],
  peer: PeerId,
  options: DiagnosisOptions = {},
): Diagnosis {
  const { other, live = false, facts = reduceAll(NO_FACTS, events) } = options;
  const ends = caseOf(events, facts, peer, other);
  const own = found(ends);
  const theirs = ends.other
    ? found({ ...ends.other, other: { ...ends, other: null } })
        .filter(isTelling)
        .map(seenThere)
    : [];
  const merged = merge(own, theirs);
  const isOpen = live ? !isOver(ends) : endsEarly(ends);
  const sorted = (
    isOpen ? merged.map((one) => ({ ...one, confidence: 'possible' as const })) : merged
  ).toSorted(bySureness);
  return {
    verdict: verdictOf(ends, sorted, { isOpen, live }),
    causes: sorted,
    notes: notesOf(ends),
    unknown: [...new Set([...sorted.slice(0, 2).flatMap(({ unknown = [] }) => unknown), ...unknownOf(ends)])],
  };
}

function found(call: Case): readonly FoundCause[] {
  const first = causes.all.filter((cause) => !cause.isResidual).flatMap((cause) => ask(cause, call));
  if (first.some(isTelling)) return first;
  const left = causes.all.filter((cause) => cause.isResidual).flatMap((cause) => ask(cause, call));
  return [...first, ...left.slice(0, 1)];
}

function ask(cause: Cause, call: Case): readonly FoundCause[] {
  const finding = cause.find(call);
  return finding ? [{ cause: cause.id, verdict: cause.verdict, ...finding }] : [];
}

const isTelling = ({ confidence }: FoundCause): boolean => confidence !== 'possible';

/** What only the other end's recording shows explains what this end could not. */
const seenThere = (one: FoundCause): FoundCause => ({
  ...one,
  message: `Seen at the other end: ${one.message}`,
});

/** One row a cause; what is left over is not told where one of the two ends shows more. */
function merge(own: readonly FoundCause[], theirs: readonly FoundCause[]): readonly FoundCause[] {
  const mine = own.filter((one) => isTelling(one) || !theirs.some(({ cause }) => cause === one.cause));
  const all = [...mine, ...theirs.filter(({ cause }) => !mine.some((one) => one.cause === cause))];
  const isResidual = ({ cause }: FoundCause): boolean => causes.get(cause)!.isResidual === true;
  return all.some((one) => isTelling(one) && !isResidual(one)) ? all.filter((one) => !isResidual(one)) : all;
}

const SURENESS = { certain: 0, likely: 1, possible: 2 } as const;
const placeOf = ({ cause }: FoundCause): number => causes.all.findIndex(({ id }) => id === cause);
const bySureness = (a: FoundCause, b: FoundCause): number =>
  SURENESS[a.confidence] - SURENESS[b.confidence] || placeOf(a) - placeOf(b);
