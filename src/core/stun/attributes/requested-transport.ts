/** REQUESTED-TRANSPORT (RFC 8656 §18.8). */
import { number } from '../attribute-kinds.ts';

/** IANA protocol numbers. */
const protocolNames: Readonly<Record<number, string>> = { 6: 'TCP (6)', 17: 'UDP (17)' };

export const requestedTransport = number({
  id: 'REQUESTED-TRANSPORT',
  type: 0x0019,
  rfc: 'RFC 8656 §18.8',
  meaning: 'What the relay shall speak to peers.',
  example: 17,
  bytes: 1,
  reserved: 3,
  show: (protocol) => protocolNames[protocol] ?? String(protocol),
});
