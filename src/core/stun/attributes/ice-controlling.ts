/** ICE-CONTROLLING (RFC 8445 §7.1.3). */
import { hex64 } from '../attribute-kinds.ts';

export const iceControlling = hex64({
  id: 'ICE-CONTROLLING',
  type: 0x802a,
  rfc: 'RFC 8445 §7.1.3',
  meaning: 'The sender believes that it controls, and nominates; the number breaks a tie.',
  example: '932ff9b151263b36',
});
