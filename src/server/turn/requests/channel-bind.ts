/** ChannelBind (RFC 8656 §12.2). */
import { channelNumber, xorPeerAddress } from '../../../core/stun/attributes/relaying.ts';
import { isChannelNumber } from '../../../core/stun/channel-data.ts';
import { get } from '../../../core/stun/message.ts';
import { methods } from '../../../core/stun/methods.ts';
import { isReachable } from '../datagram.ts';
import { grant, refuse } from '../reply.ts';
import type { RequestHandler } from './handler.ts';
import { peerRefusal, withAllocation } from './with-allocation.ts';

export const channelBind: RequestHandler = {
  id: 'ChannelBind',
  method: methods.channelBind.number,
  authenticated: true,
  understands: [channelNumber, xorPeerAddress],
  handle: withAllocation((allocation, request) => {
    const [number, peer] = [get(request.message, channelNumber), get(request.message, xorPeerAddress)];
    if (number === undefined || peer === undefined || !isChannelNumber(number, request.limits.lastChannel))
      return refuse(400);
    if (!isReachable(peer)) return refuse(400);
    const refusal = peerRefusal(peer, allocation, request);
    if (refusal) return refusal;
    const outcome = allocation.bindChannel(number, peer, request.now);
    if (outcome === 'bound') return grant();
    return refuse(outcome === 'taken' ? 400 : 508);
  }),
};
