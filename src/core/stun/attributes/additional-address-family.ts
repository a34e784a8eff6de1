/** ADDITIONAL-ADDRESS-FAMILY (RFC 8656 §18.11). */
import { number } from '../attribute-kinds.ts';
import { addressFamilyNumbers, showAddressFamily } from './requested-address-family.ts';

export const additionalAddressFamily = number({
  id: 'ADDITIONAL-ADDRESS-FAMILY',
  type: 0x8000,
  rfc: 'RFC 8656 §18.11',
  meaning: 'Asks for a second relayed address, IPv6, beside the IPv4 one.',
  example: addressFamilyNumbers.IPv6,
  bytes: 1,
  reserved: 3,
  show: showAddressFamily,
});
