/** REQUESTED-ADDRESS-FAMILY (RFC 8656 §18.6). */
import { number } from '../attribute-kinds.ts';

/** The numbers of the address families (RFC 8489 §14.1). */
export const addressFamilyNumbers = { IPv4: 0x01, IPv6: 0x02 } as const;

export function showAddressFamily(family: number): string {
  return Object.entries(addressFamilyNumbers).find(([, code]) => code === family)?.[0] ?? String(family);
}

export const requestedAddressFamily = number({
  id: 'REQUESTED-ADDRESS-FAMILY',
  type: 0x0017,
  rfc: 'RFC 8656 §18.6',
  meaning: 'Whether the relayed address shall be IPv4 or IPv6.',
  example: addressFamilyNumbers.IPv4,
  bytes: 1,
  reserved: 3,
  show: showAddressFamily,
});
