/**
 * Binding where the server has a second address and port (RFC 5780 §6.1): the client may ask for the answer from there, to
 * learn what its NAT lets in. Over UDP only, since over TCP an answer can only come back on its connection.
 */
import { invariant } from '../../../core/base/assert.ts';
import type { TransportAddress } from '../../../core/base/address.ts';
import { attr } from '../../../core/stun/attribute.ts';
import { mappedAddress, xorMappedAddress } from '../../../core/stun/attributes/addresses.ts';
import {
  type ChangeRequest,
  changeRequest,
  otherAddress,
  padding,
  responseOrigin,
  responsePort,
} from '../../../core/stun/attributes/nat-behaviour.ts';
import { get } from '../../../core/stun/message.ts';
import { methods } from '../../../core/stun/methods.ts';
import { grant, refuse } from '../reply.ts';
import type { RequestHandler } from './handler.ts';

/** The RFC would fill every answer up to the MTU; never more than came in, nobody can use the server to amplify. */
const longestPadding = 1500;

export const discovery: RequestHandler = {
  id: 'Binding (NAT behaviour discovery)',
  method: methods.binding.number,
  authenticated: false,
  understands: [changeRequest, responsePort, padding],
  handle({ message, client, otherAddress: other }) {
    invariant(other, 'there is an address to change to');
    const [port, filling] = [get(message, responsePort), get(message, padding)];
    if (port === 0 || (port !== undefined && filling !== undefined)) return refuse(400);
    const local = origin(client.local, other, get(message, changeRequest));
    const reply = grant(
      attr(mappedAddress, client.remote),
      attr(xorMappedAddress, client.remote),
      attr(responseOrigin, local),
      attr(otherAddress, other),
      ...(filling ? [attr(padding, new Uint8Array(Math.min(filling.length, longestPadding)))] : []),
    );
    return { ...reply, way: { local, remote: { ...client.remote, port: port ?? client.remote.port } } };
  },
};

/** RFC 5780 §6.1, table 1. */
function origin(here: TransportAddress, other: TransportAddress, change?: ChangeRequest): TransportAddress {
  return {
    address: change?.address ? other.address : here.address,
    port: change?.port ? other.port : here.port,
  };
}
