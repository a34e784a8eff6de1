import type { Cause } from '../cause.ts';
import { isAnyAddress, neverConnected, shown, usableRemote } from '../look.ts';

export const addressFamilyMismatch: Cause = {
  id: 'address-family-mismatch',
  verdict: 'One side has only IPv4, the other only IPv6.',
  find(call) {
    if (!neverConnected(call) || call.checks.answered.length > 0) return null;
    const [own, other] = [families(call.local), families(usableRemote(call))];
    if (own.size !== 1 || other.size !== 1) return null;
    const [[mine], [theirs]] = [own, other];
    if (mine === theirs || mine === null || theirs === null) return null;
    return {
      confidence: 'likely',
      message: `All candidates here are ${mine}, all of the other side ${theirs}: no pair can be made of them.`,
      evidence: [
        ...shown(call.local[0]?.event, `here: ${mine}`),
        ...shown(usableRemote(call)[0]?.event, `there: ${theirs}`),
      ],
      change: {
        who: 'server',
        what: 'Give a TURN server addresses of both families: it joins them (RFC 8656, section 7).',
      },
    };
  },
};

const families = (list: Parameters<typeof usableRemote>[0]['local']) =>
  new Set(
    list
      // Chromium’s statistics tell of sockets of families that the machine has no address of.
      .filter(({ tcpType, address }) => tcpType !== 'active' && address !== '' && !isAnyAddress(address))
      .map(({ family }) => family),
  );
