import type { Cause } from '../cause.ts';
import { checkEvidence, shown, neverConnected, turnServers, wasAsked } from '../look.ts';

export const checksUnanswered: Cause = {
  id: 'checks-unanswered',
  verdict: 'This side asked and asked, and nobody ever answered.',
  isResidual: true,
  find(call) {
    const { asked, answered, heard, requests } = call.checks;
    const iceFailed =
      call.life.failed !== null ||
      call.life.lost !== null ||
      requests >= 5 ||
      asked.some(({ spans }) => spans.at(-1)?.state === 'failed');
    if (!neverConnected(call) || call.life.iceWorked || !wasAsked(call) || !iceFailed) return null;
    if (answered.length > 0 || heard.length > 0) return null;
    return {
      confidence: 'likely',
      message:
        asked.length === 0
          ? 'ICE was checking until it gave up, and no pair ever worked; how many requests went out was not recorded.'
          : `${requests > 0 ? `${requests} requests went out over ${asked.length === 1 ? 'one pair' : `${asked.length} pairs`}` : `${asked.length} pairs were tried`}, no answer came, and no request of the other side either.`,
      evidence: asked.length === 0 ? shown(call.life.failed?.event, 'ICE gave up') : checkEvidence(call),
      change:
        turnServers(call).length > 0
          ? null
          : {
              who: 'page',
              what: 'Look at the other end’s recording first. A TURN server carries calls whose direct way is shut.',
            },
      unknown: [
        'Where the requests were lost: a wrong address, a firewall and a router that opens no door look alike from one side.',
        ...(call.other
          ? []
          : ['Whether the other side ever got this side’s description and candidates, and asked itself.']),
      ],
    };
  },
};
