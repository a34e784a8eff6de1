/** Refresh (RFC 8656 §8.2): a new lifetime, or the end. */
import { familyOf } from '../../../core/base/address.ts';
import { attr } from '../../../core/stun/attribute.ts';
import {
  addressFamilyNumbers,
  lifetime,
  requestedAddressFamily,
} from '../../../core/stun/attributes/allocation.ts';
import { get } from '../../../core/stun/message.ts';
import { methods } from '../../../core/stun/methods.ts';
import { grant, refuse } from '../reply.ts';
import type { RequestHandler } from './handler.ts';
import { grantedLifetime } from './lifetime.ts';
import { withAllocation } from './with-allocation.ts';

export const refresh: RequestHandler = {
  id: 'Refresh',
  method: methods.refresh.number,
  authenticated: true,
  understands: [lifetime, requestedAddressFamily],
  handle: withAllocation((allocation, { message, allocations, limits }) => {
    const family = get(message, requestedAddressFamily);
    const own = addressFamilyNumbers[familyOf(allocation.relay.address.address)!];
    if (family !== undefined && family !== own) return refuse(443);
    const wished = get(message, lifetime);
    if (wished === 0) {
      allocations.remove(allocation);
      return grant(attr(lifetime, 0));
    }
    const seconds = grantedLifetime(wished, limits);
    allocations.extend(allocation, seconds);
    return grant(attr(lifetime, seconds));
  }),
};
