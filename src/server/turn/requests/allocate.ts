/** Allocate (RFC 8656 §7.2). */
import { familyOf } from '../../../core/base/address.ts';
import { attr } from '../../../core/stun/attribute.ts';
import { xorMappedAddress } from '../../../core/stun/attributes/addresses.ts';
import {
  additionalAddressFamily,
  addressErrorCode,
  addressFamilyNumbers,
  evenPort,
  lifetime,
  requestedAddressFamily,
  requestedTransport,
  reservationToken,
  xorRelayedAddress,
} from '../../../core/stun/attributes/allocation.ts';
import { errorCodes } from '../../../core/stun/error-codes.ts';
import { get, has, type StunMessage } from '../../../core/stun/message.ts';
import { methods } from '../../../core/stun/methods.ts';
import type { Allocation } from '../allocation.ts';
import { grant, refuse, type Reply } from '../reply.ts';
import type { RequestHandler, TurnRequest } from './handler.ts';
import { grantedLifetime } from './lifetime.ts';

const udp = 17;

export const allocate: RequestHandler = {
  id: 'Allocate',
  method: methods.allocate.number,
  authenticated: true,
  understands: [requestedTransport, lifetime, evenPort, reservationToken, requestedAddressFamily],
  async handle(request) {
    const { message, client, allocations } = request;
    if (allocations.isOpening(client)) return undefined;
    const existing = allocations.get(client);
    if (existing) return existing.wasMadeBy(message.transactionId) ? granted(existing, request) : refuse(437);
    const refusal = firstRefusal(request);
    return refusal ?? open(request);
  },
};

/** Steps 3, 5, 6 and 8 to 10 of RFC 8656 §7.2; 4 is that of unknown attributes, 7 follows below. */
function firstRefusal({ message, client, allocations, username }: TurnRequest): Reply | undefined {
  const transport = get(message, requestedTransport);
  if (transport === undefined) return refuse(400);
  if (transport !== udp) return refuse(442);
  if (isContradictory(message)) return refuse(400);
  const quota = allocations.brokenQuota(username, client);
  if (quota !== undefined) return refuse(quota === 'user' ? 486 : 508);
  return undefined;
}

function isContradictory(message: StunMessage): boolean {
  const additional = get(message, additionalAddressFamily);
  const choosesPort =
    has(message, evenPort) || has(message, requestedAddressFamily) || additional !== undefined;
  if (has(message, reservationToken) && choosesPort) return true;
  if (additional === undefined) return false;
  const wantsNext = get(message, evenPort)?.reserveNext === true;
  return additional !== addressFamilyNumbers.IPv6 || has(message, requestedAddressFamily) || wantsNext;
}

async function open(request: TurnRequest): Promise<Reply> {
  const { message, client, username, allocations, limits } = request;
  const address = relayAddressFor(request);
  if (address === undefined) return refuse(440);
  const [even, token] = [get(message, evenPort), get(message, reservationToken)];
  try {
    const allocation = await allocations.create({
      client,
      username,
      transactionId: message.transactionId,
      address,
      lifetime: grantedLifetime(get(message, lifetime), limits),
      ...(even && { evenPort: even }),
      ...(token !== undefined && { reservationToken: token }),
    });
    return granted(allocation, request);
  } catch {
    return refuse(508);
  }
}

/** Where to relay from; without a wish the family is IPv4 (RFC 8656 §7.2, step 7). */
function relayAddressFor({ message, client, relayAddress }: TurnRequest): string | undefined {
  const family = get(message, requestedAddressFamily) ?? addressFamilyNumbers.IPv4;
  if (family === addressFamilyNumbers.IPv4) return relayAddress('IPv4');
  if (family !== addressFamilyNumbers.IPv6) return undefined;
  return familyOf(client.local.address) === 'IPv6' ? client.local.address : relayAddress('IPv6');
}

function granted(allocation: Allocation, { message, client, now }: TurnRequest): Reply {
  const token = allocation.reservationToken;
  const dual = has(message, additionalAddressFamily);
  const onlyOne = { family: addressFamilyNumbers.IPv6, code: 440, reason: errorCodes[440].reason };
  return grant(
    attr(xorRelayedAddress, allocation.relay.address),
    attr(lifetime, Math.round((allocation.expiresAt - now) / 1000)),
    ...(token === undefined ? [] : [attr(reservationToken, token)]),
    attr(xorMappedAddress, client.remote),
    ...(dual ? [attr(addressErrorCode, onlyOne)] : []),
  );
}
