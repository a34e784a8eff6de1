/** What TURN causes have in common: whether a relay was missed at all, and with which errors. */
import { parseServerUrl } from '../ice/server-url.ts';
import type { Case, Server } from './case.ts';
import type { Confidence } from './cause.ts';
import {
  type ServerError,
  inForce,
  isLookup,
  isTimeout,
  neverConnected,
  ofTurn,
  ofType,
  tellingErrors,
  turnServers,
} from './look.ts';

/** TURN was configured, and gave nothing. Browsers stop gathering once they are connected: then a missing relay proves nothing. */
export function missedRelay(call: Case): readonly Server[] {
  const servers = turnServers(call);
  const isMissed = servers.length > 0 && neverConnected(call) && ofType(call.local, 'relay').length === 0;
  return isMissed && inForce(call.ownDescriptions) ? servers : [];
}

/** Errors of TURN URLs that gave no relay. */
export const turnErrors = (call: Case): readonly ServerError[] => tellingErrors(call).filter(ofTurn);

/** Errors with a code of the server's own (RFC 8656, section 19), and how sure they are to be why. */
export function answeredWith(
  call: Case,
  code: number,
): { readonly errors: readonly ServerError[]; readonly confidence: Confidence } | null {
  const errors = [...turnErrors(call), ...loggedErrors(call)].filter(({ errorCode }) => errorCode === code);
  if (errors.length === 0) return null;
  const hasRelay = ofType(call.local, 'relay').length > 0;
  return {
    errors,
    confidence: call.life.isConnected || call.life.connected || hasRelay ? 'possible' : 'certain',
  };
}

/** The connection over TLS was not made, and it was not for silence. */
export const isTls = (error: ServerError): boolean =>
  error.errorCode === 701 &&
  parseServerUrl(error.url)?.way === 'TLS' &&
  !isLookup(error) &&
  !isTimeout(error);

/** Firefox's connection log: `STUN-CLIENT(relay(IP4:…)::TURN): Error processing response: …, stun error code 401.` */
const LOGGED = /STUN-CLIENT\((relay\(\S+?)::TURN\): .*error code (\d{3})/i;

/** The first 401 of each client asks for the password, so only those that follow count. */
export function loggedErrors({ logged }: Case): readonly ServerError[] {
  const challenged = new Set<string>();
  const errors: ServerError[] = [];
  for (const event of logged) {
    for (const line of Array.isArray(event.value.value) ? (event.value.value as readonly unknown[]) : []) {
      const [, client, code] = LOGGED.exec(String(line)) ?? [];
      if (client === undefined) continue;
      const isChallenge = code === '438' || (code === '401' && !challenged.has(client));
      challenged.add(client);
      if (isChallenge) continue;
      errors.push({
        url: client,
        errorCode: Number(code),
        errorText: 'in the connection log',
        address: null,
        port: null,
        at: event.at,
        event: event.id,
      });
    }
  }
  return errors;
}

export const said = ({ errorCode, errorText }: ServerError): string =>
  `${errorCode} ${errorText}`.trim().replace(/\.$/, '');

/**
 * What the trickle-ice page guesses where it was given one TURN server over UDP and no relay came: STUN’s answer from the same
 * server tells a refusal from silence.
 */
export function guessOf(call: Case, word: 'Authentication failed?' | 'Not reachable?'): Guess | null {
  if (ofType(call.local, 'relay').length > 0) return null;
  const said = call.events.find(
    ({ type, value }) => type === ':unknown' && value.method === 'trickle-ice' && value.value === word,
  );
  return said ? { event: said.id, after: said.at - (call.gathering.startedAt ?? 0) } : null;
}

interface Guess {
  readonly event: string;
  /** Milliseconds since gathering began: silence takes longer than a refusal. */
  readonly after: number;
}
