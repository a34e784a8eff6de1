import type { Cause } from '../cause.ts';
import { isAnyAddress, neverConnected, ofType, shown } from '../look.ts';

export const noHostCandidates: Cause = {
  id: 'no-host-candidates',
  verdict: 'The browser offers no address of this machine itself.',
  find(call) {
    const { gathering, local, configuration } = call;
    if (gathering.completedAt === null || configuration?.iceTransportPolicy === 'relay') return null;
    // Chromium’s statistics tell of sockets too that it gives no candidate of: their address is any.
    const hosts = ofType(local, 'host').filter(({ address }) => !isAnyAddress(address));
    if (hosts.length > 0 || local.length === 0 || !neverConnected(call)) return null;
    const mapped = new Set(ofType(local, 'srflx').map(({ address }) => address));
    const shared = call.remote.find(({ type, address }) => type === 'srflx' && mapped.has(address));
    return {
      confidence: shared ? 'likely' : 'possible',
      message: `There is no host candidate${shared ? `, and both sides are behind ${shared.address}: inside one network they would need one` : ''}. Some browsers give them only after the camera or the microphone was allowed.`,
      evidence: [
        ...shown(
          local[0]?.event,
          `only ${[...new Set(local.filter((one) => one.type !== 'host').map(({ type }) => type))].join(', ')}`,
        ),
        ...shown(shared?.event, 'the same public address'),
      ],
      change: {
        who: 'user',
        what: 'Allow the camera or the microphone, or the local network, for this page.',
      },
    };
  },
};
