import type { Case } from '../case.ts';
import type { Cause } from '../cause.ts';
import { blame, shown } from '../look.ts';
import { isWrongState } from '../wrong-state.ts';

export const sdpRejected: Cause = {
  id: 'sdp-rejected',
  verdict: 'The browser refused a description.',
  find(call) {
    const refused = refusals(call).at(-1);
    if (!refused) return null;
    const { side, held } = refused;
    // What was set afterwards made it good.
    const isMended = (side === 'set' ? call.ownDescriptions : call.otherDescriptions).some(
      (one) => one.at > held.at && one.refused === null,
    );
    const { event, message } = held.refused!;
    return {
      confidence: isMended ? 'possible' : blame(call, 'certain'),
      message: `${side === 'set' ? 'setLocalDescription' : 'setRemoteDescription'} refused the ${held.type || 'description'}: “${message.slice(0, 300)}”.`,
      evidence: [...shown(event, 'refused'), ...shown(held.event, `the ${held.type || 'description'}`)],
      change: {
        who: 'page',
        what:
          side === 'set'
            ? 'Set the description as createOffer or createAnswer gave it; change codecs and directions through transceivers.'
            : 'Find what changed the description on its way: open it in Inspect, which names the line.',
      },
      unknown:
        side === 'set' ? [] : ['Whether the other side wrote it so, or something on the way changed it.'],
    };
  },
};

const refusals = ({ ownDescriptions, otherDescriptions }: Case) =>
  [
    ...ownDescriptions.map((held) => ({ side: 'set' as const, held })),
    ...otherDescriptions.map((held) => ({ side: 'got' as const, held })),
  ]
    .filter(({ held }) => held.refused !== null && !isWrongState(held.refused))
    .sort((a, b) => a.held.at - b.held.at);
