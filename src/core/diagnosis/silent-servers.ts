/** Whether STUN and TURN over UDP got any answer. */
import type { Case, Server } from './case.ts';
import {
  type ServerError,
  SILENT_AFTER,
  hostOf,
  isLookup,
  neverConnected,
  ofType,
  reachOf,
  stillGathering,
  tellingErrors,
} from './look.ts';

export interface Silence {
  /** Servers asked over UDP, none of which answered. */
  readonly servers: readonly Server[];
  readonly hosts: ReadonlySet<string>;
  readonly errors: readonly ServerError[];
  /** Milliseconds that gathering was still waiting; null when it ended. */
  readonly waited: number | null;
}

/**
 * Null where one answered, where none was asked, or where it can not be seen: a public host address makes STUN's answer
 * needless (RFC 8445, section 5.1.3), and gathering stops once connected.
 */
export function silenceOf(call: Case): Silence | null {
  const servers = call.servers.filter(({ read }) => read?.way === 'UDP' && !read.scheme.endsWith('s'));
  if (servers.length === 0 || !neverConnected(call) || !isUnderway(call)) return null;
  if (call.configuration?.iceTransportPolicy === 'relay') return null;
  if (
    ofType(call.local, 'srflx').length > 0 ||
    call.checks.answered.length > 0 ||
    call.checks.heard.length > 0
  )
    return null;
  if (
    call.local.some(
      ({ type, relayProtocol }) => type === 'relay' && relayProtocol !== 'tcp' && relayProtocol !== 'tls',
    )
  )
    return null;
  if (ofType(call.local, 'host').some(({ address }) => reachOf(address) === 'public')) return null;
  const errors = tellingErrors(call).filter(({ url }) => servers.some((one) => sameHost(one.url, url)));
  // A server that refused did answer.
  if (errors.some(({ errorCode }) => errorCode !== 701) || errors.some(isLookup)) return null;
  const waited = stillGathering(call);
  // Where there is not even a host candidate and no word of an error, nothing was asked.
  if (waited === null && errors.length === 0 && ofType(call.local, 'host').length === 0) return null;
  if (errors.length === 0 && waited !== null && waited < SILENT_AFTER) return null;
  return { servers, hosts: new Set(servers.map(({ read }) => read!.host)), errors, waited };
}

/** Gathering began; a report of one moment does not say, and then a call that failed has gathered. */
const isUnderway = ({ gathering, life }: Case): boolean =>
  gathering.startedAt !== null || life.failed !== null;

const sameHost = (a: string, b: string): boolean => hostOf(a) === hostOf(b);
