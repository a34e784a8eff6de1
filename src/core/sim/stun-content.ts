/** What a STUN or TURN message says, as the simulator's parts read it; and the same as the bytes of core/stun (RFC 8489, section 5). */
import { invariant } from '../base/assert.ts';
import type { TransportAddress } from '../base/address.ts';
import { type AttributeDef, type AttributeValue, attr } from '../stun/attribute.ts';
import { xorMappedAddress } from '../stun/attributes/addresses.ts';
import { lifetime, requestedTransport, xorRelayedAddress } from '../stun/attributes/allocation.ts';
import { nonce, realm, username } from '../stun/attributes/credentials.ts';
import { iceControlled, iceControlling, priority, useCandidate } from '../stun/attributes/ice.ts';
import { errorCode } from '../stun/attributes/message.ts';
import { channelNumber, data, xorPeerAddress } from '../stun/attributes/relaying.ts';
import { fromHex, toHex } from '../base/bytes.ts';
import type { StunClass } from '../stun/header.ts';
import { checkFingerprint, checkIntegrity, longTermKey, shortTermKey } from '../stun/integrity.ts';
import { type StunMessage, decodeMessage, encodeMessage, get, has } from '../stun/message.ts';
import { methods } from '../stun/methods.ts';

/** How a message is protected: with ICE's password, or with an account of TURN (RFC 8489, sections 9.1 and 9.2). */
export type Credential =
  | { readonly password: string }
  | { readonly username: string; readonly realm: string; readonly password: string };

export interface StunContent {
  readonly class: StunClass;
  readonly method: number;
  /** Of the transaction, 24 hexadecimal digits. */
  readonly id: string;
  readonly username?: string;
  readonly priority?: number;
  readonly useCandidate?: boolean;
  /** The tie-breaker of who believes to be in this role, 16 hexadecimal digits. */
  readonly controlling?: string;
  readonly controlled?: string;
  readonly mapped?: TransportAddress;
  readonly relayed?: TransportAddress;
  readonly peer?: TransportAddress;
  readonly data?: Uint8Array;
  readonly lifetime?: number;
  readonly channel?: number;
  /** IANA's number: 17 is UDP. */
  readonly transport?: number;
  readonly realm?: string;
  readonly nonce?: string;
  readonly error?: { readonly code: number; readonly reason: string };
  readonly credential?: Credential;
}

export const BINDING = methods.binding.number;
export const ALLOCATE = methods.allocate.number;
export const REFRESH = methods.refresh.number;
export const SEND = methods.send.number;
export const DATA = methods.data.number;
export const CREATE_PERMISSION = methods.createPermission.number;
export const CHANNEL_BIND = methods.channelBind.number;

const KEPT_BY: readonly {
  readonly member: keyof StunContent;
  readonly def: AttributeDef<unknown>;
}[] = [
  { member: 'username', def: username },
  { member: 'priority', def: priority },
  { member: 'controlling', def: iceControlling },
  { member: 'controlled', def: iceControlled },
  { member: 'mapped', def: xorMappedAddress },
  { member: 'relayed', def: xorRelayedAddress },
  { member: 'peer', def: xorPeerAddress },
  { member: 'channel', def: channelNumber },
  { member: 'lifetime', def: lifetime },
  { member: 'transport', def: requestedTransport },
  { member: 'error', def: errorCode },
  { member: 'realm', def: realm },
  { member: 'nonce', def: nonce },
  { member: 'data', def: data },
];

export function encodeContent(content: StunContent): Uint8Array {
  const attributes: AttributeValue[] = KEPT_BY.flatMap(({ member, def }) =>
    content[member] === undefined ? [] : [attr(def, content[member])],
  );
  if (content.useCandidate === true) attributes.push(attr(useCandidate, true));
  const { credential } = content;
  return encodeMessage({
    class: content.class,
    method: content.method,
    transactionId: fromHex(content.id),
    attributes,
    ...(credential ? { integrity: [{ algorithm: 'sha1', key: keyOf(credential) }] } : {}),
    fingerprint: content.class !== 'indication',
  });
}

const keys = new Map<string, Uint8Array>();

/** Keys are asked for with each packet, and MD5 takes its time. */
function keyOf(credential: Credential): Uint8Array {
  if (!('username' in credential)) return shortTermKey(credential.password);
  const { username: name, realm: where, password } = credential;
  const kept = `${name}\n${where}\n${password}`;
  const key = keys.get(kept) ?? longTermKey(name, where, password);
  if (keys.size < 64) keys.set(kept, key);
  return key;
}

/** Who reads bytes can not see by what they are protected, but can test a credential: `isProtectedBy`. */
export function decodeContent(bytes: Uint8Array): StunContent {
  const message = decoded(bytes);
  const found = KEPT_BY.flatMap(({ member, def }) => {
    const value: unknown = get(message, def);
    return value === undefined ? [] : [[member, value] as const];
  });
  return {
    class: message.class,
    method: message.method,
    id: toHex(message.transactionId),
    ...Object.fromEntries(found),
    ...(has(message, useCandidate) ? { useCandidate: true } : {}),
  };
}

export function isProtectedBy(bytes: Uint8Array, credential: Credential): boolean {
  const message = decoded(bytes);
  const isWhole = message.class === 'indication' || checkFingerprint(message) === 'good';
  return isWhole && checkIntegrity(message, { algorithm: 'sha1', key: keyOf(credential) }) === 'good';
}

function decoded(bytes: Uint8Array): StunMessage {
  const result = decodeMessage(bytes);
  invariant(result.ok, 'the simulator reads what it wrote');
  return result.value;
}

export const isSameCredential = (a: Credential | undefined, b: Credential): boolean =>
  a !== undefined &&
  a.password === b.password &&
  ('username' in a ? a.username : '') === ('username' in b ? b.username : '');
