import type { Case } from '../case.ts';
import type { Cause } from '../cause.ts';
import { inForce, lineOf, shown, valuesOf } from '../look.ts';
import { setups, stuckHandshake } from '../dtls.ts';

export const dtlsRole: Cause = {
  id: 'dtls-role',
  verdict: 'Both sides wait for the other to begin DTLS, or both begin.',
  find(call) {
    const stuck = stuckHandshake(call);
    if (!stuck) return null;
    const conflict = conflictOf(call);
    if (conflict)
      return {
        confidence: 'certain',
        message: conflict.message,
        evidence: [...conflict.evidence, ...shown(stuck.event, `DTLS ${stuck.state}`)],
        change: {
          who: 'page',
          what: 'Leave a=setup as the browser wrote it: actpass in the offer, active or passive in the answer (RFC 8842, section 5.3).',
        },
      };
    if (stuck.state === 'failed' || stuck.bytesSent !== 0 || stuck.bytesReceived !== 0 || otherBegan(call))
      return null;
    return {
      confidence: 'likely',
      message: `ICE stood for ${Math.round(stuck.lasted / 1000)} s, and not one byte of DTLS went either way: both wait for the other’s ClientHello.`,
      evidence: [
        ...shown(stuck.event, `DTLS ${stuck.state}`),
        ...shown(call.readings.last?.id, '0 bytes sent, 0 received'),
      ],
      change: { who: 'page', what: 'Compare a=setup of both descriptions at both ends.' },
      unknown: [
        'Which role the other side took, and whether it began and its flights were lost: its own recording says it.',
      ],
    };
  },
};

/** Then this side waits rightly, and what was sent did not arrive. */
const otherBegan = ({ other }: Case): boolean => (other ? (stuckHandshake(other)?.bytesSent ?? 0) : 0) > 0;

function conflictOf(call: Case) {
  const found = setups(call);
  const written = call.other && inForce(call.other.ownDescriptions);
  const read = inForce(call.otherDescriptions);
  if (written && read && written.type === read.type) {
    const [wrote, got] = [valuesOf(written.sdp, 'setup')[0], valuesOf(read.sdp, 'setup')[0]];
    if (wrote && got && wrote !== got)
      return {
        message: `The other side wrote setup:${wrote} into its ${written.type}, and this side set setup:${got}: it was changed on the way, and both take the same role.`,
        evidence: [
          ...shown(written.event, `as written: ${wrote}`, lineOf(written.sdp, /^a=setup/)),
          ...shown(read.event, `as set: ${got}`, lineOf(read.sdp, /^a=setup/)),
        ],
      };
  }
  if (!found?.answer || !found.offer || found.offer === 'actpass') return null;
  if (found.offer !== found.answer) return null;
  return {
    message: `Offer and answer both say setup:${found.answer}: one of the two must be active, the other passive.`,
    evidence: shown(found.answerEvent, `setup:${found.answer} in both`),
  };
}
