/** Questions that several causes ask of a case. */
import { familyOf } from '../ice/server-url.ts';
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
 * Errors that say something of a server: not those that came although the same URL gave a candidate, and not that a name
 * has no IPv6 address (Chromium looks it up for each family, `[0:0:0:x:x:x:x:x]` is that of IPv6), unless the machine has
 * nothing else.
 */
export function tellingErrors(call: Case): readonly ServerError[] {
  const given = new Set(call.local.map(({ url }) => url));
  const errors = call.gathering.errors.filter(({ url }) => !given.has(url));
  const hosts = call.local.filter(({ type, tcpType }) => type === 'host' && tcpType !== 'active');
  const isSixOnly = hosts.length > 0 && hosts.every(({ family }) => family === 'IPv6');
  return errors.filter((error) => !isLookup(error) || baseFamily(error) !== 'IPv6' || isSixOnly);
}

const baseFamily = ({ hostCandidate, address }: CandidateError): 'IPv4' | 'IPv6' | null =>
  familyOf((hostCandidate ?? address ?? '').replace(/^\[/, '').replace(/\]?(?::\d+)?$/, ''));

export const isLookup = ({ errorText }: CandidateError): boolean => /host lookup|resolv/i.test(errorText);
export const isTimeout = ({ errorText }: CandidateError): boolean => /timed out|time-?out/i.test(errorText);

export const ofTurn = ({ url }: CandidateError): boolean => /^turns?:/i.test(url);

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

/** Remote candidates that can be tried: a port, an address, not refused. */
export const usableRemote = (call: Case): readonly Candidate[] =>
  call.remote.filter((one) => one.port > 0 && !isAnyAddress(one.address) && !isRefused(call, one));

export const isAnyAddress = (address: string): boolean => address === '0.0.0.0' || address === '::';

const isRefused = ({ given }: Case, candidate: Candidate): boolean =>
  given.some(({ event, refused }) => refused !== null && event === candidate.event);
