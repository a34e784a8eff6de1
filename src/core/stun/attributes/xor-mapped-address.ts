/** XOR-MAPPED-ADDRESS (RFC 8489 §14.2). */
import { xorAddress } from '../address-kinds.ts';

export const xorMappedAddress = xorAddress({
  id: 'XOR-MAPPED-ADDRESS',
  type: 0x0020,
  rfc: 'RFC 8489 §14.2',
  meaning:
    'Where the request came from, as the server saw it: behind a NAT, the outside address. It becomes the server reflexive candidate.',
  example: { address: '192.0.2.1', port: 32853 },
});
