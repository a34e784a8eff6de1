/** Binding (RFC 8489 §6.3.1): tells the client where its packet came from. */
import { attr } from '../../../core/stun/attribute.ts';
import { xorMappedAddress } from '../../../core/stun/attributes/addresses.ts';
import { methods } from '../../../core/stun/methods.ts';
import { grant } from '../reply.ts';
import type { RequestHandler } from './handler.ts';

export const binding: RequestHandler = {
  id: 'Binding',
  method: methods.binding.number,
  authenticated: false,
  understands: [],
  handle: ({ client }) => grant(attr(xorMappedAddress, client.remote)),
};
