import { atUtc, endOfUser } from '../../ice/server-test/rest-user.ts';
import type { Cause } from '../cause.ts';
import { shown } from '../look.ts';
import { answeredWith, said } from '../turn.ts';

export const turnExpired: Cause = {
  id: 'turn-expired',
  verdict: 'The TURN password had run out.',
  find(call) {
    const answer = answeredWith(call, 401);
    if (!answer || call.startedAt === null) return null;
    const now = call.startedAt + answer.errors[0]!.at;
    const ends = call.servers
      .flatMap(({ username }) => (username === null ? [] : [endOfUser(username)]))
      .filter((end) => end !== null);
    const ended = ends.find((end) => end < now);
    if (ended === undefined) return null;
    return {
      confidence: answer.confidence,
      message: `The user name says until when its password is good: ${atUtc(ended)}. When this call asked, that was over, and the server answered 401.`,
      evidence: answer.errors.slice(0, 2).flatMap((error) => shown(error.event, said(error))),
      change: {
        who: 'page',
        what: 'Fetch a fresh user name and password for each call, just before it.',
        code: `const { iceServers } = await (await fetch('/turn-credentials')).json();\nconst pc = new RTCPeerConnection({ iceServers });`,
      },
    };
  },
};
