import type { Cause, Change, Finding } from '../cause.ts';
import type { Case } from '../case.ts';
import { SILENT_AFTER, isLookup, isTimeout, ofType, shown, stillGathering } from '../look.ts';
import { silenceOf } from '../silent-servers.ts';
import { guessOf, isTls, missedRelay, said, turnErrors } from '../turn.ts';

export const turnUnreachable: Cause = {
  id: 'turn-unreachable',
  verdict: 'The TURN server did not answer, so there was no relay to fall back on.',
  find(call) {
    const guess = guessOf(call, 'Not reachable?');
    if (guess !== null) return guess.after > QUICK ? fromGuess(guess.event) : null;
    const servers = missedRelay(call);
    if (servers.length === 0) return null;
    // Those of a name and of TLS have causes of their own.
    if (turnErrors(call).some(isLookup)) return null;
    const errors = turnErrors(call).filter((one) => !isTls(one));
    if (errors.some(({ errorCode }) => errorCode !== 701)) return null;
    const silent = errors.filter(
      (one) => isTimeout(one) || one.at - (call.gathering.startedAt ?? 0) > SILENT_AFTER,
    );
    const lasted = tellsErrors(call) ? (stillGathering(call) ?? 0) : 0;
    const refused = errors.filter((one) => !silent.includes(one));
    if (silent.length === 0 && refused.length === 0 && lasted < SILENT_AFTER) return null;
    if (errors.length === 0 && turnErrors(call).length > 0) return null;
    const began = call.states?.gathering.history.findLast(({ state }) => state === 'gathering');
    const worked = ofType(call.local, 'srflx')[0];
    // Where STUN of another host is as silent, no server alone explains it.
    const isAlone = (silenceOf(call)?.hosts.size ?? 0) < 2;
    return {
      confidence: silent.length > 0 && isAlone ? 'certain' : 'likely',
      message: `${servers[0]!.url} was asked and ${silent.length > 0 || refused.length === 0 ? 'never answered, not even with a refusal' : 'could not be connected to'}${lasted >= SILENT_AFTER ? `: gathering was still waiting after ${Math.round(lasted / 1000)} s` : ''}${worked ? ', while STUN did' : ''}.`,
      evidence: [
        ...errors.slice(0, 3).flatMap((error) => shown(error.event, `${said(error)}, ${error.url}`)),
        ...(errors.length === 0 ? shown(began?.event, 'gathering began, and did not end') : []),
        ...shown(worked?.event, 'STUN answered'),
      ],
      change: CHANGE,
      unknown: ['Whether the server is down, its firewall is shut, or this network lets nothing out to it.'],
    };
  },
};

/** A server that answers, with a refusal too, has done so by then; the page's word is the same for both. */
const QUICK = 5000;

const CHANGE: Change = {
  who: 'server',
  what: 'Open the port of the TURN server in its firewall, for UDP and TCP, and offer turns: at 443 for networks that let nothing else out.',
  code: `iceServers: [{ urls: [\n  'turn:turn.example.net:3478?transport=udp',\n  'turns:turn.example.net:443?transport=tcp',\n], username, credential }]`,
};

const fromGuess = (event: string): Finding => ({
  confidence: 'likely',
  message: 'The one TURN server that was asked gave nothing, not even an address as STUN gives it.',
  evidence: shown(event, 'the page guesses: “Not reachable?”'),
  change: CHANGE,
  unknown: ['Whether the server is down, its firewall is shut, or this network lets nothing out to it.'],
});

/** Firefox and Safari record no errors of servers: gathering that goes on may be one that was refused. */
const tellsErrors = ({ browser, gathering }: Case): boolean =>
  gathering.errors.length > 0 || !/^(?:Firefox|Safari)/.test(browser);
