/** ICE-CONTROLLED (RFC 8445 §7.1.3). */
import { hex64 } from '../attribute-kinds.ts';

export const iceControlled = hex64({
  id: 'ICE-CONTROLLED',
  type: 0x8029,
  rfc: 'RFC 8445 §7.1.3',
  meaning: 'The sender believes that it is controlled; the number breaks a tie.',
  example: '932ff9b151263b36',
});
