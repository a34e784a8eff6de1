import type { Case } from '../case.ts';
import type { Cause } from '../cause.ts';
import { inForce, lineOf, shown } from '../look.ts';
import { stuckHandshake } from '../dtls.ts';

/** The certificate must have the fingerprint of the description (RFC 8122, section 6.2). */
export const dtlsFingerprint: Cause = {
  id: 'dtls-fingerprint',
  verdict: 'The other side’s certificate is not the one that its description names.',
  find(call) {
    const stuck = stuckHandshake(call);
    const description = inForce(call.otherDescriptions);
    if (!stuck || !description) return null;
    const named = fingerprints(description.sdp);
    const seen = shownBy(call);
    if (named.length === 0 || seen === null || seen.values.some((one) => named.includes(one))) return null;
    return {
      confidence: 'certain',
      message: `The ${description.type} that was set here names the fingerprint ${brief(named[0]!)}, and ${seen.whose} ${brief(seen.values[0]!)}.`,
      evidence: [
        ...shown(description.event, 'as set here', lineOf(description.sdp, /^a=fingerprint/)),
        ...shown(seen.event, seen.shows, seen.line),
        ...shown(stuck.event, 'DTLS failed'),
      ],
      change: {
        who: 'page',
        what: 'Find what changes a=fingerprint, or mixes descriptions of two connections.',
      },
    };
  },
};

/** The certificate that came in the handshake, or what the other end wrote. */
function shownBy(call: Case) {
  const written = call.other && inForce(call.other.ownDescriptions);
  const read = inForce(call.otherDescriptions);
  if (written && read && written.type === read.type) {
    const values = fingerprints(written.sdp);
    const line = lineOf(written.sdp, /^a=fingerprint/);
    if (values.length > 0)
      return { values, whose: 'the other side wrote', event: written.event, shows: 'as written', line };
  }
  const transport = call.readings.newest('transport')[0];
  const id = transport?.['remoteCertificateId'];
  const certificate = typeof id === 'string' ? call.readings.last?.value[id] : undefined;
  const value = certificate?.['fingerprint'];
  if (typeof value !== 'string') return null;
  return {
    values: [value.toUpperCase()],
    whose: 'the certificate that came has',
    event: call.readings.last!.id,
    shows: 'the certificate',
    line: undefined,
  };
}

const fingerprints = (sdp: string): readonly string[] =>
  [...sdp.matchAll(/^a=fingerprint:\S+ ([0-9A-Fa-f:]+)/gm)].map(([, value]) => value!.toUpperCase());

const brief = (fingerprint: string): string => `${fingerprint.slice(0, 11)}…`;
