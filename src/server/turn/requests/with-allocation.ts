import type { TransportAddress } from '../../../core/base/address.ts';
import { familyOf } from '../../../core/base/address.ts';
import type { Allocation } from '../allocation.ts';
import { refuse, type Reply } from '../reply.ts';
import type { TurnRequest } from './handler.ts';

/** For methods that need an allocation, and its own user (RFC 8656 §5: 437, 441). */
export function withAllocation(
  handle: (allocation: Allocation, request: TurnRequest) => Reply,
): (request: TurnRequest) => Reply {
  return (request) => {
    const allocation = request.allocations.get(request.client);
    if (allocation === undefined) return refuse(437);
    return allocation.username === request.username ? handle(allocation, request) : refuse(441);
  };
}

/** Why this peer can not be talked to from this allocation (RFC 8656 §10.2: 403, 443). */
export function peerRefusal(
  peer: TransportAddress,
  allocation: Allocation,
  { policy }: TurnRequest,
): Reply | undefined {
  if (allocation.isOwnRelay(peer) || policy.refusal(peer) !== undefined) return refuse(403);
  const fits = familyOf(peer.address) === familyOf(allocation.relay.address.address);
  return fits ? undefined : refuse(443);
}
