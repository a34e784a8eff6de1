/** The error codes of STUN and TURN in words for the owner of a server: what it did, and what to do about it. */
import { cite, type Cite } from '../../base/cite.ts';
import { errorCodeDoc, type KnownErrorCode } from '../../stun/error-codes.ts';

interface CodeWords {
  /** What the server did: it follows its name. */
  readonly title: string;
  /** In the table, two or three words. */
  readonly short: string;
  /** What it means here and what to do. */
  readonly advice: string;
}

const CODES: Readonly<Record<KnownErrorCode, CodeWords>> = {
  300: {
    title: 'sends you to another server',
    short: 'asks elsewhere',
    advice:
      'It names another server in its answer. For TURN browsers go there by themselves, for STUN they do not: name that server in the list to test it.',
  },
  400: {
    title: 'does not understand the request',
    short: 'bad request',
    advice:
      'Browsers send well-formed requests: look for something between that changes them, or an old server.',
  },
  401: {
    title: 'refuses the user name or the password',
    short: 'password refused',
    advice:
      'Both must be as the server knows them, and so must its realm: a password stored as a hash is made for one realm alone.',
  },
  403: {
    title: 'forbids it',
    short: 'forbidden',
    advice:
      'Its rules exclude this client or this peer: look at the allowed and denied peers in its settings.',
  },
  420: {
    title: 'does not know an attribute that it must',
    short: 'unknown attribute',
    advice: 'The server is older than the browser: update it.',
  },
  437: {
    title: 'says that there is a lease already',
    short: 'lease mismatch',
    advice:
      'The same socket still holds an allocation there, as after a lost connection. It ends by itself within ten minutes.',
  },
  438: {
    title: 'finds the nonce too old',
    short: 'stale nonce',
    advice:
      'Browsers ask again with a new one by themselves. Seen as an error, the server refuses new ones too: look at its clock, or at several servers behind one name.',
  },
  440: {
    title: 'can not relay by this address family',
    short: 'wrong address family',
    advice: 'It has no address of the family that was asked for. Harmless where the other family works.',
  },
  441: {
    title: 'was asked with another user name before',
    short: 'wrong credentials',
    advice: 'A lease belongs to the user name that made it. Test again: a new connection makes a new lease.',
  },
  442: {
    title: 'does not relay over this protocol',
    short: 'unsupported protocol',
    advice:
      'Browsers ask for UDP between relay and peer. The server allows only TCP there: look for no-udp-relay.',
  },
  443: {
    title: 'can not reach a peer of the other address family',
    short: 'peer’s address family',
    advice: 'Harmless: browsers try every pair, and pairs of the same family work.',
  },
  446: {
    title: 'has a connection to this peer already',
    short: 'connected already',
    advice: 'Only TCP relays say so, which browsers do not use: look at what stands between.',
  },
  447: {
    title: 'could not connect to the peer over TCP',
    short: 'peer not reached',
    advice: 'Only TCP relays say so, which browsers do not use: look at what stands between.',
  },
  486: {
    title: 'has no lease left for this user',
    short: 'quota reached',
    advice:
      'As many allocations as one user may have are in use. Each tab and each network takes one: raise user-quota, or let old ones end, which takes up to ten minutes.',
  },
  487: {
    title: 'sees a conflict of roles',
    short: 'role conflict',
    advice: 'Harmless: one of the two ends changes its role by itself.',
  },
  500: {
    title: 'failed for the moment',
    short: 'server error',
    advice: 'Test again. When it stays, its own log says why.',
  },
  508: {
    title: 'has no room left',
    short: 'no capacity',
    advice: 'Every port for relays is in use: widen min-port to max-port, or add a server.',
  },
};

const HARMLESS: ReadonlySet<number> = new Set([443, 487]);

export interface CodeDoc extends CodeWords {
  /** As the RFC says it: `Unauthenticated`. */
  readonly reason: string;
  readonly rfc: Cite;
  readonly isHarmless: boolean;
}

/** Words for any code, known or not. */
export function codeWords(code: number): CodeDoc {
  const words = (CODES as Readonly<Record<number, CodeWords>>)[code];
  const doc = errorCodeDoc(code);
  return {
    title: words?.title ?? `answers with the error ${code}`,
    short: words?.short ?? 'an error',
    advice: words?.advice ?? 'No RFC that we know defines this code: look at the server’s own log.',
    reason: doc?.reason ?? '',
    rfc: doc?.rfc ?? cite('RFC 8489', '14.8'),
    isHarmless: HARMLESS.has(code),
  };
}
