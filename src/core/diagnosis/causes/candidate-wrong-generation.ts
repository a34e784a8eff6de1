import type { Cause } from '../cause.ts';
import { blame, inForce, neverConnected, shown, valuesOf } from '../look.ts';
import { strangers } from '../fragments.ts';

/** A restart brings new credentials, and ends the candidates of the old ones (RFC 8445, section 9; RFC 8838, section 13). */
export const candidateWrongGeneration: Cause = {
  id: 'candidate-wrong-generation',
  verdict: 'The candidates belong to an earlier round of ICE.',
  find(call) {
    const description = inForce(call.otherDescriptions);
    if (!description) return null;
    const earlier = new Set(
      call.otherDescriptions
        .filter((one) => one !== description && one.refused === null)
        .flatMap(({ sdp }) => valuesOf(sdp, 'ice-ufrag')),
    );
    const old = strangers(call, description).filter(
      ({ ufrag, at }) => earlier.has(ufrag) && at > description.at,
    );
    const [first] = old;
    if (!first) return null;
    const current = call.given.filter(({ at }) => at > description.at).length - old.length;
    const stands = call.life.isConnected || (!neverConnected(call) && !call.life.lost);
    return {
      confidence: stands || current > 0 ? 'possible' : blame(call, 'likely'),
      message: `${old.length === 1 ? 'A candidate' : `${old.length} candidates`} of the user name fragment “${first.ufrag}” came after a description that names “${valuesOf(description.sdp, 'ice-ufrag')[0] ?? ''}”: they are of the generation before.`,
      evidence: [
        ...shown(first.event, `ufrag ${first.ufrag}`),
        ...shown(description.event, 'the description in force'),
      ],
      change: {
        who: 'page',
        what: 'After a restart send the candidates of the new round, in their order, after the description; throw away those of the old.',
      },
    };
  },
};
