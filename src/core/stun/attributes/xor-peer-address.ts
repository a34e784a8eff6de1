/** XOR-PEER-ADDRESS (RFC 8656 §18.3). */
import { xorAddress } from '../address-kinds.ts';

export const xorPeerAddress = xorAddress({
  id: 'XOR-PEER-ADDRESS',
  type: 0x0012,
  rfc: 'RFC 8656 §18.3',
  meaning: 'The peer, as the relay sees it.',
  example: { address: '192.0.2.1', port: 32853 },
});
