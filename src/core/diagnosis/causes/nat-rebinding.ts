import type { Candidate } from '../../projections/candidates.ts';
import type { Case } from '../case.ts';
import type { Cause } from '../cause.ts';
import { shown, valuesOf } from '../look.ts';

/** The other side's packets came from a new port all at once: a NAT forgot its mapping and made another (RFC 4787, section 4.3). */
export const natRebinding: Cause = {
  id: 'nat-rebinding',
  verdict: 'A router forgot the way and opened another.',
  find(call) {
    const { life, remote } = call;
    if (!life.connected) return null;
    const until = firstRestart(call, life.connected.at);
    const late = newPort(remote, life.connected.at, until) ?? newPort(call.local, life.connected.at, until);
    if (!late) return null;
    return {
      confidence: life.lost ? 'likely' : 'possible',
      message: `In the middle of the call packets of ${late.address} began to come from port ${late.port}: its NAT made a new mapping.`,
      evidence: [
        ...shown(late.event, `peer reflexive ${late.address}:${late.port}`),
        ...(life.lost ? shown(life.lost.event, `ICE ${life.lost.state}`) : []),
      ],
      change: {
        who: 'page',
        what: 'Restart ICE when the connection is disconnected.',
        code: `if (pc.connectionState === 'disconnected') pc.restartIce();`,
      },
    };
  },
};

/** A peer reflexive candidate of a known address, with another port, that came when the call had stood for a while. */
function newPort(list: readonly Candidate[], connectedAt: number, until: number): Candidate | undefined {
  const known = list.filter(({ type, at }) => type !== 'relay' && at <= connectedAt + 1000);
  return list.find(
    (one) =>
      one.type === 'prflx' &&
      one.at > connectedAt + 3000 &&
      one.at < until &&
      known.some(({ address, port }) => address === one.address && port !== one.port),
  );
}

/** A restart opens ports of its own (RFC 8445, section 9). */
function firstRestart({ ownDescriptions }: Case, connectedAt: number): number {
  const before = ownDescriptions.findLast(({ at }) => at <= connectedAt)?.sdp ?? '';
  const known = new Set(valuesOf(before, 'ice-ufrag'));
  const restart = ownDescriptions.find(
    ({ at, sdp, refused }) =>
      at > connectedAt && refused === null && valuesOf(sdp, 'ice-ufrag').some((one) => !known.has(one)),
  );
  return restart?.at ?? Infinity;
}
