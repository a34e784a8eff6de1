import type { Cause } from '../cause.ts';
import { shown } from '../look.ts';
import { missedRelay, said, turnErrors } from '../turn.ts';

export const turnFailed: Cause = {
  id: 'turn-failed',
  verdict: 'A TURN server was configured and gave no relay; why was not recorded.',
  isResidual: true,
  find(call) {
    const servers = missedRelay(call);
    if (servers.length === 0 || call.checks.answered.length > 0) return null;
    if (call.gathering.completedAt === null && call.checks.asked.length === 0) return null;
    const errors = turnErrors(call);
    const made = call.events.find(({ type }) => type === 'create');
    return {
      confidence: 'likely',
      message: `${servers[0]!.url} is configured, and there is no candidate of it${errors.length > 0 ? `: ${said(errors[0]!)}` : '. This recording holds no error of it'}.`,
      evidence: [
        ...shown(made?.id, `TURN configured: ${servers[0]!.url}`),
        ...errors.slice(0, 2).flatMap((error) => shown(error.event, said(error))),
      ],
      change: { who: 'page', what: 'Test the server with these credentials: Debug, ICE servers.' },
      unknown: [
        'Why TURN gave nothing: the password, the name, the port or the network. Firefox writes it only into its connection log.',
      ],
    };
  },
};
