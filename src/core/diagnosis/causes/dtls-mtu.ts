import type { Case } from '../case.ts';
import type { Cause } from '../cause.ts';
import { shown } from '../look.ts';
import { setups, stuckHandshake } from '../dtls.ts';

/** Large flights are lost where small checks pass: certificates and post-quantum key shares exceed one packet (RFC 9147, section 4.4). */
export const dtlsMtu: Cause = {
  id: 'dtls-mtu',
  verdict: 'Small packets get through and the large ones of DTLS do not.',
  find(call) {
    const stuck = stuckHandshake(call);
    if (!stuck || stuck.state !== 'connecting' || stuck.lasted < 5000) return null;
    const { bytesSent, bytesReceived } = stuck;
    if (bytesSent === null || bytesSent < 1000) return null;
    const isOneWay = bytesReceived === 0 || (bytesReceived !== null && bytesSent > 3 * bytesReceived);
    if (!isOneWay || !isNominated(call)) return null;
    return {
      confidence: setups(call) === null ? 'possible' : 'likely',
      message: `ICE’s small packets are answered, and DTLS has sent ${bytesSent} bytes again and again for ${Math.round(stuck.lasted / 1000)} s and received ${bytesReceived}.`,
      evidence: [
        ...shown(call.readings.last?.id, `${bytesSent} bytes sent, ${bytesReceived} received`),
        ...shown(stuck.event, `DTLS ${stuck.state}`),
      ],
      change: {
        who: 'network',
        what: 'Let packets of 1,200 bytes and their fragments pass: look at the MTU of a VPN or tunnel, and at what drops fragments.',
      },
      unknown: ['Whether large packets are dropped or DTLS altogether: a middlebox can do either.'],
    };
  },
};

/** Where the controlling side nominated no pair (RFC 8445, section 8.1), its checks already got no answer it could use. */
const isNominated = ({ iceRole, pairs }: Case): boolean =>
  iceRole !== 'controlled' || pairs.some(({ nominatedAt }) => nominatedAt !== null);
