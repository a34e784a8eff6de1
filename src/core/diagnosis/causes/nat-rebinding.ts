import type { Cause } from '../cause.ts';
import { shown } from '../look.ts';

/** The other side's packets came from a new port all at once: a NAT forgot its mapping and made another (RFC 4787, section 4.3). */
export const natRebinding: Cause = {
  id: 'nat-rebinding',
  verdict: 'A router forgot the way and opened another.',
  find(call) {
    const { life, remote } = call;
    if (!life.connected) return null;
    const known = remote.filter(({ type, at }) => type !== 'relay' && at <= life.connected!.at + 1000);
    const late = remote.find(
      (one) =>
        one.type === 'prflx' &&
        one.at > life.connected!.at + 3000 &&
        known.some(({ address, port }) => address === one.address && port !== one.port),
    );
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
