import type { Cause } from '../cause.ts';
import { shown } from '../look.ts';
import { answeredWith, said } from '../turn.ts';

export const turnQuota: Cause = {
  id: 'turn-quota',
  verdict: 'The TURN server leases no more relays to this user.',
  find(call) {
    const answer = answeredWith(call, 486) ?? answeredWith(call, 508);
    if (!answer) return null;
    return {
      confidence: answer.confidence,
      message: `The server answered ${said(answer.errors[0]!)}: ${answer.errors[0]!.errorCode === 486 ? 'the user has as many allocations as it may' : 'it has no port left'} (RFC 8656, section 7.2).`,
      evidence: answer.errors
        .slice(0, 3)
        .flatMap((error) => shown(error.event, `${said(error)}, ${error.url}`)),
      change: {
        who: 'server',
        what: 'Raise the quota, or give each user a name of its own.',
        code: `# coturn\nuser-quota=0\ntotal-quota=0\nmin-port=49152\nmax-port=65535`,
      },
    };
  },
};
