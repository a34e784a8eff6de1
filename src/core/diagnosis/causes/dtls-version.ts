import type { Cause } from '../cause.ts';
import { shown } from '../look.ts';
import { stuckHandshake } from '../dtls.ts';

const WORDS = /unsupported (?:protocol )?version|protocol[_ ]version|0xFEFC|wrong version/i;

/** Only words of an alert or of a log show it; the browsers with a known trouble are in known-browser-bug. */
export const dtlsVersion: Cause = {
  id: 'dtls-version',
  verdict: 'The two sides speak no common version of DTLS.',
  find(call) {
    const stuck = stuckHandshake(call);
    if (!stuck) return null;
    const said = call.events.find(
      ({ type, value }) =>
        /^(?::unknown|\w+OnFailure)$/.test(type) && WORDS.test(JSON.stringify(value).slice(0, 20_000)),
    );
    if (!said) return null;
    return {
      confidence: 'likely',
      message: 'ICE worked, and the handshake ended with an alert about the version of the protocol.',
      evidence: [...shown(said.id, 'protocol version'), ...shown(stuck.event, `DTLS ${stuck.state}`)],
      change: {
        who: 'server',
        what: 'Update the DTLS library of the server: browsers offer DTLS 1.3 (0xFEFC) beside 1.2.',
      },
    };
  },
};
