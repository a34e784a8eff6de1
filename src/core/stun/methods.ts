/** STUN methods (RFC 8489 §18.2, RFC 8656 §17, RFC 6062 §6.1). */
import { cite, type Cite } from '../base/cite.ts';
import { defineRegistry } from '../base/registry.ts';

export interface Method {
  /** As the RFC names it. */
  readonly id: string;
  readonly number: number;
  readonly rfc: Cite;
  readonly meaning: string;
}

export const methods = {
  binding: {
    id: 'Binding',
    number: 0x001,
    rfc: cite('RFC 8489', '2'),
    meaning: 'Asks where a packet seems to come from. ICE uses it as the connectivity check.',
  },
  sharedSecret: {
    id: 'SharedSecret',
    number: 0x002,
    rfc: cite('RFC 8489', '18.2'),
    meaning: 'Reserved; once made a secret.',
  },
  allocate: {
    id: 'Allocate',
    number: 0x003,
    rfc: cite('RFC 8656', '7'),
    meaning: 'Leases a relayed transport address.',
  },
  refresh: {
    id: 'Refresh',
    number: 0x004,
    rfc: cite('RFC 8656', '8'),
    meaning: 'Prolongs the lease, or ends it with lifetime 0.',
  },
  send: {
    id: 'Send',
    number: 0x006,
    rfc: cite('RFC 8656', '11'),
    meaning: 'Carries data from the client to a peer.',
  },
  data: {
    id: 'Data',
    number: 0x007,
    rfc: cite('RFC 8656', '11'),
    meaning: 'Carries data from a peer to the client.',
  },
  createPermission: {
    id: 'CreatePermission',
    number: 0x008,
    rfc: cite('RFC 8656', '10'),
    meaning: 'Lets a peer address send through the relay, for five minutes.',
  },
  channelBind: {
    id: 'ChannelBind',
    number: 0x009,
    rfc: cite('RFC 8656', '12'),
    meaning: 'Gives a peer a number, so that its data needs a header of four bytes only.',
  },
  connect: {
    id: 'Connect',
    number: 0x00a,
    rfc: cite('RFC 6062', '4.3'),
    meaning: 'Asks the relay to open TCP to a peer.',
  },
  connectionBind: {
    id: 'ConnectionBind',
    number: 0x00b,
    rfc: cite('RFC 6062', '4.3'),
    meaning: 'Joins this TCP connection to one of a peer.',
  },
  connectionAttempt: {
    id: 'ConnectionAttempt',
    number: 0x00c,
    rfc: cite('RFC 6062', '4.4'),
    meaning: 'Says that a peer opened TCP to the relay.',
  },
  googPing: {
    id: 'GOOG_PING',
    number: 0x080,
    rfc: cite('libwebrtc', 'not registered'),
    meaning: 'A short form of a connectivity check that Chromium uses once a pair is known.',
  },
} as const satisfies Record<string, Method>;

export const methodRegistry = defineRegistry<Method>(Object.values(methods));

const byNumber = new Map(methodRegistry.all.map((method) => [method.number, method]));

export function methodByNumber(number: number): Method | undefined {
  return byNumber.get(number);
}
