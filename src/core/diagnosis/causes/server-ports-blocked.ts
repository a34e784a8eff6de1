import type { Case } from '../case.ts';
import type { Cause } from '../cause.ts';
import { checkEvidence, inForce, neverConnected, reachOf, shown, usableRemote, wasAsked } from '../look.ts';

/** A server names its own public address as host; the address is right where another port or TCP of it answered. */
export const serverPortsBlocked: Cause = {
  id: 'server-ports-blocked',
  verdict: 'The server’s media ports do not answer.',
  find(call) {
    const remote = usableRemote(call);
    const publics = remote.filter(
      ({ type, address, protocol }) => type === 'host' && protocol === 'udp' && reachOf(address) === 'public',
    );
    if (publics.length === 0 || !wasAsked(call)) return null;
    const alive = aliveElsewhere(
      call,
      publics.map(({ address }) => address),
    );
    const isLite = /^a=ice-lite/m.test(inForce(call.otherDescriptions)?.sdp ?? '');
    const failed =
      neverConnected(call) && call.checks.answered.length === 0 && call.checks.heard.length === 0;
    if (!failed && !(alive && unanswered(call, publics))) return null;
    const first = publics[0]!;
    return {
      confidence: alive ? (failed ? 'certain' : 'possible') : isLite ? 'likely' : 'possible',
      message: `${first.address} is public and was asked at UDP port ${publics
        .map(({ port }) => port)
        .slice(0, 3)
        .join(
          ', ',
        )} without an answer${alive ? `, while ${alive} of it did answer: the address is right, the ports are shut` : ''}.`,
      evidence: [...shown(first.event, `${first.address}:${first.port}/udp`), ...checkEvidence(call)],
      change: {
        who: 'server',
        what: 'Open the media ports for UDP in the cloud’s firewall (security group) and map them into the container.',
        code: `docker run -p 40000-40100:40000-40100/udp …`,
      },
      unknown: alive ? [] : ['A shut port and a wrong public address look alike from here.'],
    };
  },
};

/** What else of the same host answered. */
function aliveElsewhere(call: Case, addresses: readonly string[]): string | null {
  const answered = new Set(call.checks.answered.map(({ remoteId }) => remoteId));
  const found = call.remote.find(
    ({ statsId, address, protocol }) =>
      statsId !== null && answered.has(statsId) && addresses.includes(address) && protocol === 'tcp',
  );
  if (found) return `TCP port ${found.port}`;
  const asked = call.local.find(
    ({ url, type }) => type !== 'host' && addresses.some((address) => url?.includes(address)),
  );
  return asked ? asked.url : null;
}

const unanswered = (call: Case, candidates: Case['remote']): boolean => {
  const ids = new Set(candidates.map(({ statsId }) => statsId));
  const pairs = call.pairs.filter(({ remoteId }) => ids.has(remoteId));
  return (
    pairs.length > 0 &&
    pairs.every(({ responsesReceived, requestsSent }) => responsesReceived === 0 && requestsSent > 4)
  );
};
