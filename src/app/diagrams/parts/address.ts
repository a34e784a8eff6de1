import { bracketed } from '../../../core/base/address.ts';
import type { Candidate } from '../../../core/projections/candidates.ts';

/** Chromium leaves an address out that it hides, Firefox writes this. */
export const isHidden = (address: string): boolean => address === '' || address === '(redacted)';

/** `:50124`; a broken candidate line may tell none. */
export const portText = (port: number): string => (Number.isFinite(port) ? `:${port}` : ':?');

/** `198.51.100.7:50124`, `[2001:db8::7]:50126` (RFC 3986, section 3.2.2), `hidden:50124`. */
export function addressText({ address, port }: Pick<Candidate, 'address' | 'port'>): string {
  const host = isHidden(address) ? 'hidden' : bracketed(address);
  return `${host}${portText(port)}`;
}
