/** Every attribute the codec knows, by number. To add one: a file beside its neighbours, and a line here. */
import { defineRegistry } from '../../base/registry.ts';
import type { AttributeDef } from '../attribute.ts';
import { additionalAddressFamily } from './additional-address-family.ts';
import { addressErrorCode } from './address-error-code.ts';
import { alternateDomain } from './alternate-domain.ts';
import { alternateServer } from './alternate-server.ts';
import { cacheTimeout } from './cache-timeout.ts';
import { changeRequest } from './change-request.ts';
import { channelNumber } from './channel-number.ts';
import { connectionId } from './connection-id.ts';
import { data } from './data.ts';
import { dontFragment } from './dont-fragment.ts';
import { errorCode } from './error-code.ts';
import { evenPort } from './even-port.ts';
import { fingerprint } from './fingerprint.ts';
import { googLastIceCheckReceived } from './goog-last-ice-check-received.ts';
import { googMessageIntegrity32 } from './goog-message-integrity-32.ts';
import { googMiscInfo } from './goog-misc-info.ts';
import { googNetworkInfo } from './goog-network-info.ts';
import { iceControlled } from './ice-controlled.ts';
import { iceControlling } from './ice-controlling.ts';
import { icmp } from './icmp.ts';
import { lifetime } from './lifetime.ts';
import { mappedAddress } from './mapped-address.ts';
import { messageIntegrity } from './message-integrity.ts';
import { messageIntegritySha256 } from './message-integrity-sha256.ts';
import { metaDtlsInStun } from './meta-dtls-in-stun.ts';
import { metaDtlsInStunAck } from './meta-dtls-in-stun-ack.ts';
import { mobilityTicket } from './mobility-ticket.ts';
import { nonce } from './nonce.ts';
import { otherAddress } from './other-address.ts';
import { padding } from './padding.ts';
import { passwordAlgorithm } from './password-algorithm.ts';
import { passwordAlgorithms } from './password-algorithms.ts';
import { priority } from './priority.ts';
import { realm } from './realm.ts';
import { requestedAddressFamily } from './requested-address-family.ts';
import { requestedTransport } from './requested-transport.ts';
import { reservationToken } from './reservation-token.ts';
import { responseOrigin } from './response-origin.ts';
import { responsePort } from './response-port.ts';
import { software } from './software.ts';
import { transactionTransmitCounter } from './transaction-transmit-counter.ts';
import { unknownAttributes } from './unknown-attributes.ts';
import { useCandidate } from './use-candidate.ts';
import { userhash } from './userhash.ts';
import { username } from './username.ts';
import { xorMappedAddress } from './xor-mapped-address.ts';
import { xorPeerAddress } from './xor-peer-address.ts';
import { xorRelayedAddress } from './xor-relayed-address.ts';

export const attributeRegistry = defineRegistry<AttributeDef<unknown>>([
  mappedAddress,
  changeRequest,
  username,
  messageIntegrity,
  errorCode,
  unknownAttributes,
  channelNumber,
  lifetime,
  xorPeerAddress,
  data,
  realm,
  nonce,
  xorRelayedAddress,
  requestedAddressFamily,
  evenPort,
  requestedTransport,
  dontFragment,
  messageIntegritySha256,
  passwordAlgorithm,
  userhash,
  xorMappedAddress,
  reservationToken,
  priority,
  useCandidate,
  padding,
  responsePort,
  connectionId,
  additionalAddressFamily,
  addressErrorCode,
  passwordAlgorithms,
  alternateDomain,
  icmp,
  software,
  alternateServer,
  transactionTransmitCounter,
  cacheTimeout,
  fingerprint,
  iceControlled,
  iceControlling,
  responseOrigin,
  otherAddress,
  mobilityTicket,
  googNetworkInfo,
  googLastIceCheckReceived,
  googMiscInfo,
  googMessageIntegrity32,
  metaDtlsInStun,
  metaDtlsInStunAck,
]);

const byType = new Map(attributeRegistry.all.map((def) => [def.type, def]));

export function attributeByType(type: number): AttributeDef<unknown> | undefined {
  return byType.get(type);
}
