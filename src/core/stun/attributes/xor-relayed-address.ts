/** XOR-RELAYED-ADDRESS (RFC 8656 §18.5). */
import { xorAddress } from '../address-kinds.ts';

export const xorRelayedAddress = xorAddress({
  id: 'XOR-RELAYED-ADDRESS',
  type: 0x0016,
  rfc: 'RFC 8656 §18.5',
  meaning:
    'The address that the server leased: what peers send to reaches the client. It becomes the relay candidate.',
  example: { address: '192.0.2.1', port: 32853 },
});
