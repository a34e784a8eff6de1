import { atUtc, endOfUser } from '../../ice/server-test/rest-user.ts';
import type { Cause } from '../cause.ts';
import { shown } from '../look.ts';
import { answeredWith, said } from '../turn.ts';

/** Passwords with a time in them need clocks that agree: 401 although the time is not over speaks for the server's. */
export const clockSkew: Cause = {
  id: 'clock-skew',
  verdict: 'A clock is wrong: the password’s time is not over here, and the server says it is.',
  find(call) {
    const answer = answeredWith(call, 401);
    if (!answer || call.startedAt === null) return null;
    const now = call.startedAt + answer.errors[0]!.at;
    const end = call.servers
      .map(({ username }) => endOfUser(username ?? ''))
      .find((one) => one !== null && one > now);
    if (end === undefined || end === null) return null;
    return {
      confidence: 'possible',
      message: `By this machine’s clock the password is good until ${atUtc(end)}, and the server refused it. If its secret is right, one of the clocks is not.`,
      evidence: answer.errors.slice(0, 1).flatMap((error) => shown(error.event, said(error))),
      change: {
        who: 'server',
        what: 'Set the clock of the machine that makes the passwords and that of the TURN server by NTP.',
      },
    };
  },
};
