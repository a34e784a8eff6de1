/** What a STUN/TURN server may be sent: messages of random attributes, cut, stretched and bent. */
import { attr } from '../../src/core/stun/attribute.ts';
import { attributeRegistry } from '../../src/core/stun/attributes/index.ts';
import { requestedTransport } from '../../src/core/stun/attributes/allocation.ts';
import { nonce, realm, username } from '../../src/core/stun/attributes/credentials.ts';
import { xorPeerAddress } from '../../src/core/stun/attributes/relaying.ts';
import { encodeChannelData } from '../../src/core/stun/channel-data.ts';
import type { Integrity } from '../../src/core/stun/integrity.ts';
import { encodeMessage } from '../../src/core/stun/message.ts';
import { methodRegistry } from '../../src/core/stun/methods.ts';
import { Accounts } from '../../src/server/turn/accounts.ts';
import type { Login } from '../server/support/turn-client.ts';
import type { Random } from '../support/random.ts';

/** What requests are signed with. */
export interface Signature {
  readonly username: string;
  readonly realm: string;
  readonly nonce: string;
  readonly integrity: Integrity;
}

export function signatureOf(login: Login & { readonly realm: string }, token: string): Signature {
  const accounts = new Accounts(login.realm);
  accounts.add(login);
  const integrity = accounts.integrityOf(login.username, 'sha1')!;
  return { username: login.username, realm: login.realm, nonce: token, integrity };
}

const CLASSES = ['request', 'request', 'request', 'request', 'indication', 'success', 'error'] as const;
const PEERS = [
  { address: '127.0.0.1', port: 0 },
  { address: '127.0.0.1', port: 9 },
  { address: '::1', port: 0 },
  { address: '255.255.255.255', port: 65_535 },
].map((peer) => attr(xorPeerAddress, peer));

const bytesOf = (draw: Random, length: number) => Uint8Array.from({ length }, () => draw.below(256));

/** Signed correctly one time in two, so that the storm gets past authentication. */
export function message(draw: Random, signature: Signature): Uint8Array {
  const attributes = Array.from({ length: draw.below(5) }, () => {
    if (draw.below(6) === 0) return draw.of(PEERS);
    const def = draw.of(attributeRegistry.all);
    const value =
      draw.below(10) < 7 ? def.encode(def.example, new Uint8Array(12)) : bytesOf(draw, draw.below(40));
    return attr({ ...def, encode: () => value }, undefined);
  });
  const signed = draw.below(2) === 0;
  const names = [
    attr(username, signature.username),
    attr(realm, signature.realm),
    attr(nonce, signature.nonce),
  ];
  return encodeMessage({
    class: draw.of(CLASSES),
    method: draw.of(methodRegistry.all).number,
    transactionId: bytesOf(draw, 12),
    attributes: signed ? [...attributes, ...names, attr(requestedTransport, 17)] : attributes,
    ...(signed && { integrity: [signature.integrity] }),
    fingerprint: draw.below(2) === 0,
  });
}

/** Mostly well formed; else cut or bent, ChannelData, or noise. */
export function packet(draw: Random, signature: Signature): Uint8Array {
  const shape = draw.below(20);
  if (shape < 2) return bytesOf(draw, draw.below(300));
  if (shape < 4)
    return encodeChannelData({ channel: 0x4000 + draw.below(0x1100), data: bytesOf(draw, draw.below(60)) });
  const bytes = message(draw, signature);
  if (shape < 12) return bytes;
  if (shape < 15) return bytes.subarray(0, draw.below(bytes.length));
  for (let i = 0; i < 3; i++) bytes[draw.below(bytes.length)] = draw.below(256);
  return bytes;
}
