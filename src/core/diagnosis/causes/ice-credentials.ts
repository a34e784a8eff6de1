import type { Case } from '../case.ts';
import type { Cause, Finding } from '../cause.ts';
import { blame, inForce, lineOf, neverConnected, shown, valuesOf } from '../look.ts';
import { strangers } from '../fragments.ts';

/** Each check carries both fragments and is signed with the password (RFC 8445, section 7.2.2): others are not answered. */
export const iceCredentials: Cause = {
  id: 'ice-credentials',
  verdict: 'The two sides do not hold the same ICE credentials.',
  find(call) {
    const description = inForce(call.otherDescriptions);
    if (!description || !neverConnected(call)) return null;
    return echoed(call) ?? differing(call) ?? unfitting(call);
  },
};

const change = {
  who: 'page',
  what: 'Set descriptions as they came: look for what changes ice-ufrag or ice-pwd, or mixes two rounds of negotiation.',
} as const;

/** The same on both sides: the page set its own description, or its channel gave it back. */
function echoed(call: Case): Finding | null {
  const [own, other] = [inForce(call.ownDescriptions), inForce(call.otherDescriptions)];
  const fragment = valuesOf(own?.sdp ?? '', 'ice-ufrag')[0];
  const password = valuesOf(own?.sdp ?? '', 'ice-pwd')[0];
  if (!own || !other || fragment === undefined || !valuesOf(other.sdp, 'ice-ufrag').includes(fragment))
    return null;
  if (password === undefined || !valuesOf(other.sdp, 'ice-pwd').includes(password)) return null;
  return {
    confidence: 'certain',
    message:
      'The remote description has the user name fragment and the password of the local one: this side’s own description came back to it.',
    evidence: [
      ...shown(own.event, 'its own', lineOf(own.sdp, /^a=ice-ufrag/)),
      ...shown(other.event, 'the remote one', lineOf(other.sdp, /^a=ice-ufrag/)),
    ],
    change: {
      who: 'page',
      what: 'Let the signalling give messages to the other side only, never back to their sender.',
    },
  };
}

/** With both ends here: what one wrote and what the other read. */
function differing(call: Case): Finding | null {
  const written = call.other && inForce(call.other.ownDescriptions);
  const read = inForce(call.otherDescriptions);
  if (!written || !read || written.type !== read.type) return null;
  for (const name of ['ice-ufrag', 'ice-pwd']) {
    const [wrote, got] = [valuesOf(written.sdp, name)[0], valuesOf(read.sdp, name)[0]];
    if (wrote === undefined || got === undefined || wrote === got || got.includes('*') || /redact/i.test(got))
      continue;
    const fits = new RegExp(`^a=${name}:`);
    return {
      confidence: 'certain',
      message: `The other side wrote another ${name} into its ${written.type} than this side set: it was changed on the way.`,
      evidence: [
        ...shown(written.event, `as written`, lineOf(written.sdp, fits)),
        ...shown(read.event, `as set here`, lineOf(read.sdp, fits)),
      ],
      change,
    };
  }
  return null;
}

/** From one end: candidates name another fragment than the description. */
function unfitting(call: Case): Finding | null {
  const description = inForce(call.otherDescriptions)!;
  const others = strangers(call, description).filter(({ at }) => at >= description.at);
  const [first] = others;
  if (!first || call.checks.answered.length > 0) return null;
  const isAll = others.length === call.given.filter(({ refused }) => refused === null).length;
  const named = valuesOf(description.sdp, 'ice-ufrag')[0] ?? '';
  const earlier = call.otherDescriptions.some(
    (one) =>
      one !== description && valuesOf(one.sdp, 'ice-ufrag').includes(first.ufrag) && one.refused === null,
  );
  if (earlier) return null;
  return {
    confidence: isAll ? blame(call, 'certain') : 'possible',
    message: `The description names the user name fragment “${named}”, the candidates “${first.ufrag}”: they are of two different rounds, or one was changed. This side asks nobody (${call.checks.requests} requests sent).`,
    evidence: [
      ...shown(first.event, `ufrag ${first.ufrag}`),
      ...shown(description.event, `ice-ufrag ${named}`, lineOf(description.sdp, /^a=ice-ufrag/)),
    ],
    change,
    unknown: ['Which of the two is the one that the other side wrote.'],
  };
}
