/** USE-CANDIDATE (RFC 8445 §7.1.2). */
import { flag } from '../attribute-kinds.ts';

export const useCandidate = flag({
  id: 'USE-CANDIDATE',
  type: 0x0025,
  rfc: 'RFC 8445 §7.1.2',
  meaning: 'The controlling agent nominates this pair.',
});
