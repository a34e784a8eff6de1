import type { Cause } from '../cause.ts';
import type { GivenCandidate } from '../page.ts';
import { blame, inForce, isAnyAddress, neverConnected, shown, usableRemote } from '../look.ts';
import { isOfNoSection } from '../sections.ts';
import { isTooEarly } from '../too-early.ts';

/** RFC 8839, section 5.1. Browsers take a candidate with port 0 without a word, and never use it. */
export const candidateMalformed: Cause = {
  id: 'candidate-malformed',
  verdict: 'The other side’s candidates can not be used: they are malformed.',
  find(call) {
    const description = inForce(call.otherDescriptions);
    // One that names a section that is not there is refused for that.
    const bad = call.given.filter((one) => whyBad(one) !== null && !isOfNoSection(one, description));
    const [first] = bad;
    if (!first) return null;
    const left = usableRemote(call).filter(({ type }) => type !== 'prflx').length;
    const why = whyBad(first)!;
    const isAll = left === 0 && neverConnected(call);
    return {
      confidence: isAll
        ? 'certain'
        : neverConnected(call) && bad.length > left
          ? blame(call, 'likely')
          : 'possible',
      message: `${bad.length === 1 ? 'A candidate' : `${bad.length} candidates`} of the other side ${why}${isAll ? '; no other is left' : ''}.`,
      evidence: bad
        .slice(0, 3)
        .flatMap((one) => shown(one.refused?.event ?? one.event, whyBad(one)!, one.line ?? undefined)),
      change: {
        who: 'page',
        what: 'Hand over candidates exactly as icecandidate gave them; look for what writes or rewrites them.',
      },
      unknown: ['Whether the other side sent them so, or something on the way changed them.'],
    };
  },
};

function whyBad(one: GivenCandidate): string | null {
  const { parsed, refused, init } = one;
  if (refused && isTooEarly(one)) return null;
  if (!parsed) return init.candidate.length > 0 ? 'can not be read' : null;
  if (parsed.port === 0 && parsed.tcpType !== 'active') return 'has port 0';
  if (!Number.isInteger(parsed.port) || parsed.port < 0 || parsed.port > 65_535)
    return `has no port: ${String(parsed.port)}`;
  if (isAnyAddress(parsed.address)) return `has no address: ${parsed.address}`;
  if (refused && /(?:error processing|invalid|pars|expect|syntax)/i.test(refused.message))
    return `was refused (“${refused.message.slice(0, 80)}”)`;
  return null;
}
