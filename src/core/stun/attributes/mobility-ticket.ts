/** MOBILITY-TICKET (RFC 8016 §3.3). */
import { opaque } from '../attribute-kinds.ts';

export const mobilityTicket = opaque({
  id: 'MOBILITY-TICKET',
  type: 0x8030,
  rfc: 'RFC 8016 §3.3',
  meaning: 'Lets a client keep its allocation when its own address changes.',
  example: Uint8Array.of(1, 2, 3),
});
