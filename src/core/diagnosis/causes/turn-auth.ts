import type { Cause } from '../cause.ts';
import { shown } from '../look.ts';
import { answeredWith, guessOf, said } from '../turn.ts';

/**
 * A TURN server answers the first request with 401 and a nonce, always (RFC 8489, section 9.2.4). Browsers tell of 401
 * only when the request with the password was refused too.
 */
export const turnAuth: Cause = {
  id: 'turn-auth',
  verdict: 'TURN refused the password, so there was no relay to fall back on.',
  find(call) {
    const answer = answeredWith(call, 401);
    const guess = guessOf(call, 'Authentication failed?');
    if (!answer && guess === null) return null;
    return {
      confidence: answer?.confidence ?? 'likely',
      message: answer
        ? 'The server answered 401 to the user name and password, and there was no relay.'
        : 'The server answered as a STUN server and gave no relay: it takes the user name and password for wrong, or leases none.',
      evidence: [
        ...(answer?.errors ?? [])
          .slice(0, 3)
          .flatMap((error) => shown(error.event, `${said(error)}, ${error.url}`)),
        ...shown(guess?.event, 'the page guesses: “Authentication failed?”'),
      ],
      change: {
        who: 'page',
        what: 'Give the user name and password that the server knows; with a shared secret, make both afresh for each call.',
        code: `username = \`\${Math.floor(Date.now() / 1000) + 3600}:name\`;\ncredential = base64(hmacSha1(secret, username));`,
      },
      unknown: [
        'Whether the password is wrong, its time is over, or the server has another realm or secret: a dump holds no password.',
      ],
    };
  },
};
