/** Every attribute the codec knows, by number. To add one: beside its family, and a line here. */
import { defineRegistry } from '../../base/registry.ts';
import type { AttributeDef } from '../attribute.ts';
import { alternateDomain, alternateServer, mappedAddress, xorMappedAddress } from './addresses.ts';
import {
  additionalAddressFamily,
  addressErrorCode,
  dontFragment,
  evenPort,
  lifetime,
  mobilityTicket,
  requestedAddressFamily,
  requestedTransport,
  reservationToken,
  xorRelayedAddress,
} from './allocation.ts';
import {
  messageIntegrity,
  messageIntegritySha256,
  nonce,
  passwordAlgorithm,
  passwordAlgorithms,
  realm,
  userhash,
  username,
} from './credentials.ts';
import { iceControlled, iceControlling, priority, useCandidate } from './ice.ts';
import {
  googLastIceCheckReceived,
  googMessageIntegrity32,
  googMiscInfo,
  googNetworkInfo,
  metaDtlsInStun,
  metaDtlsInStunAck,
} from './libwebrtc.ts';
import {
  errorCode,
  fingerprint,
  software,
  transactionTransmitCounter,
  unknownAttributes,
} from './message.ts';
import {
  cacheTimeout,
  changeRequest,
  otherAddress,
  padding,
  responseOrigin,
  responsePort,
} from './nat-behaviour.ts';
import { channelNumber, connectionId, data, icmp, xorPeerAddress } from './relaying.ts';

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
