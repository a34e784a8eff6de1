import type { Cause, Change, Finding } from '../cause.ts';
import { shown } from '../look.ts';
import { guessOf, missedRelay, said, turnErrors } from '../turn.ts';

export const turnFailed: Cause = {
  id: 'turn-failed',
  verdict: 'A TURN server was configured and gave no relay; why was not recorded.',
  isResidual: true,
  find(call) {
    const guess = guessOf(call, 'Not reachable?');
    if (guess) return fromGuess(guess.event);
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
      change: CHANGE,
      unknown: [
        'Why TURN gave nothing: the password, the name, the port or the network. Firefox writes it only into its connection log.',
      ],
    };
  },
};

const CHANGE: Change = {
  who: 'page',
  what: 'Test the server with these credentials: Debug, ICE servers.',
};

/** The table of the trickle-ice page: gathering was over at once, so somebody refused. */
const fromGuess = (event: string): Finding => ({
  confidence: 'likely',
  message:
    'The one TURN server that was asked gave no relay, and gathering was over too soon for a server that is silent.',
  evidence: shown(event, 'the page guesses: “Not reachable?”'),
  change: CHANGE,
  unknown: [
    'Why TURN gave nothing: Firefox tells this page neither a refused password nor an answer of STUN.',
  ],
});
