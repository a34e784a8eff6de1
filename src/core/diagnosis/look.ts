/** Questions that several causes ask of a case. */
import { type AddressFamily, familyOf } from '../base/address.ts';
import { parseServerUrl, serverKind } from '../ice/server-url.ts';
import type { Candidate } from '../projections/candidates.ts';
import type { CandidateError } from '../session/event.ts';
import type { Case, Server } from './case.ts';
import type { Confidence, Evidence } from './cause.ts';
import type { HeldDescription } from './page.ts';

/** It never came to a connection: neither stands nor stood. */
export const neverConnected = ({ life }: Case): boolean => life.connected === null && !life.isConnected;

/** What blames somebody where the call does not stand, and is a remark where it does. */
export const blame = (call: Case, confidence: Confidence): Confidence =>
  call.life.isConnected ? 'possible' : confidence;

export const inForce = (list: readonly HeldDescription[]): HeldDescription | null =>
  list.findLast(({ refused, sdp }) => refused === null && sdp !== '') ?? null;

/** An offer and its answer are in force. */
export const isNegotiated = ({ ownDescriptions, otherDescriptions, states }: Case): boolean =>
  inForce(ownDescriptions) !== null &&
  inForce(otherDescriptions) !== null &&
  !/^have-/.test(states?.signaling.history.findLast(({ state }) => state !== 'closed')?.state ?? '');

export const shown = (event: string | null | undefined, shows: string, line?: number): readonly Evidence[] =>
  event ? [{ event, shows, ...(line === undefined ? {} : { line }) }] : [];

/** The number of the first line that fits, counted from 1. */
export function lineOf(sdp: string, fits: RegExp): number | undefined {
  const index = sdp.split('\n').findIndex((line) => fits.test(line));
  return index < 0 ? undefined : index + 1;
}

export const valuesOf = (sdp: string, attribute: string): readonly string[] =>
  [...sdp.matchAll(new RegExp(`^a=${attribute}:(\\S+)`, 'gm'))].map(([, value]) => value!);

/** What the last reading of the statistics showed of the checks. */
export const checkEvidence = (call: Case): readonly Evidence[] => {
  const { requests, responses, requestsReceived } = call.checks;
  const counts =
    requests > 0
      ? `${requests} requests sent, ${responses} answers, ${requestsReceived} requests from the other side`
      : `${call.checks.asked.length} pairs tried, ${call.checks.answered.length} answered`;
  return shown(call.readings.last?.id, counts);
};

/** A table of what one browser gathered: no call was made of it. */
export const isGatheringOnly = ({
  ownDescriptions,
  otherDescriptions,
  remote,
  gathering,
  pairs,
}: Case): boolean =>
  ownDescriptions.length + otherDescriptions.length + remote.length + pairs.length === 0 &&
  gathering.completedAt !== null;

/** Checks went out: the statistics say so, or, where none were recorded, that ICE was checking. */
export const wasAsked = (call: Case): boolean =>
  call.checks.asked.length > 0 ||
  (call.readings.all.length === 0 &&
    usableRemote(call).length > 0 &&
    (call.states?.ice.history.some(({ state, event }) => state === 'checking' && event !== null) ?? false));

export const isTurn = ({ read }: Server): boolean => read?.scheme.startsWith('turn') ?? false;
export const turnServers = (call: Case): readonly Server[] => call.servers.filter(isTurn);
export const stunServers = (call: Case): readonly Server[] =>
  call.servers.filter((one) => one.read && !isTurn(one));

export const ofType = (candidates: readonly Candidate[], type: Candidate['type']): readonly Candidate[] =>
  candidates.filter((one) => one.type === type);

export interface ServerError extends CandidateError {
  readonly at: number;
  readonly event: string;
}

/**
 * Errors that say something of a server: not those that came although the same URL gave a candidate, not that a name
 * could not be looked up that was reached otherwise, and not that it has no IPv6 address (Chromium looks it up for each
 * family, `[0:0:0:x:x:x:x:x]` is that of IPv6), unless the machine has nothing else.
 */
export function tellingErrors(call: Case): readonly ServerError[] {
  const given = new Set(call.local.map(({ url }) => url));
  const errors = call.gathering.errors.filter(({ url }) => !given.has(url));
  const families = new Set(
    call.local.filter(({ tcpType }) => tcpType !== 'active').map(({ family }) => family),
  );
  const isSixOnly = families.has('IPv6') && !families.has('IPv4');
  const reached = new Set([...given, ...errors.filter(isAnswer).map(({ url }) => url)].map(hostOf));
  return errors.filter(
    (error) =>
      !isLookup(error) || (!reached.has(hostOf(error.url)) && (baseFamily(error) !== 'IPv6' || isSixOnly)),
  );
}

/** Any code of the server’s own. */
const isAnswer = ({ errorCode }: CandidateError): boolean => errorCode !== 701;
/** The name or address in a URL; a text that is no URL is its own. */
export const hostOf = (url: string | null): string =>
  url === null ? '' : (parseServerUrl(url)?.host ?? url);

const baseFamily = ({ hostCandidate, address }: CandidateError): AddressFamily | null =>
  familyOf((hostCandidate ?? address ?? '').replace(/^\[/, '').replace(/\]?(?::\d+)?$/, ''));

export const isLookup = ({ errorText }: CandidateError): boolean => /host lookup|resolv/i.test(errorText);
export const isTimeout = ({ errorText }: CandidateError): boolean => /timed out|time-?out/i.test(errorText);

export const ofTurn = ({ url }: CandidateError): boolean => serverKind(url) === 'TURN';

/** How long gathering has been going on without an end; null when it ended or never began. */
export const stillGathering = ({ gathering, endsAt }: Case): number | null =>
  gathering.startedAt !== null && gathering.completedAt === null ? endsAt - gathering.startedAt : null;

/**
 * Longer than any answer takes: a STUN client waits 39.5 s for the last (RFC 8489, section 6.2.1), Chromium 9.5 s, and an
 * answer, a refusal too, is there after a round trip.
 */
export const SILENT_AFTER = 9000;

const PRIVATE =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|127\.|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:|::1$)/i;
const SHARED = /^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;

/** RFC 1918, 3927, 4193, 4291; 100.64/10 is what carriers share (RFC 6598). Null for a name or nothing. */
export function reachOf(address: string): 'private' | 'shared' | 'public' | null {
  if (address === '' || /\.local$/i.test(address) || !familyOf(address)) return null;
  if (PRIVATE.test(address)) return 'private';
  return SHARED.test(address) ? 'shared' : 'public';
}

export const isName = ({ address }: Candidate): boolean => /\.local$/i.test(address);

/** Remote candidates that can be tried: a port, an address, neither it nor its description refused. */
export function usableRemote({ remote, given, otherDescriptions }: Case): readonly Candidate[] {
  const isRefused = ({ refused }: { readonly refused: unknown }): boolean => refused !== null;
  const refused = new Set([...given, ...otherDescriptions].filter(isRefused).map(({ event }) => event));
  return remote.filter(
    ({ port, address, event }) => port > 0 && !isAnyAddress(address) && !refused.has(event),
  );
}

export const isAnyAddress = (address: string): boolean => address === '0.0.0.0' || address === '::';
