/** CreatePermission (RFC 8656 §10.2): all of the peers, or none. */
import { xorPeerAddress } from '../../../core/stun/attributes/relaying.ts';
import { getAll } from '../../../core/stun/message.ts';
import { methods } from '../../../core/stun/methods.ts';
import { grant, refuse } from '../reply.ts';
import type { RequestHandler } from './handler.ts';
import { peerRefusal, withAllocation } from './with-allocation.ts';

export const createPermission: RequestHandler = {
  id: 'CreatePermission',
  method: methods.createPermission.number,
  authenticated: true,
  understands: [xorPeerAddress],
  handle: withAllocation((allocation, request) => {
    const peers = getAll(request.message, xorPeerAddress);
    if (peers.length === 0) return refuse(400);
    for (const peer of peers) {
      const refusal = peerRefusal(peer, allocation, request);
      if (refusal) return refusal;
    }
    allocation.forgetExpired(request.now);
    const addresses = peers.map((peer) => peer.address);
    if (!allocation.hasRoomFor(addresses)) return refuse(508);
    for (const address of addresses) allocation.permit(address, request.now);
    return grant();
  }),
};
