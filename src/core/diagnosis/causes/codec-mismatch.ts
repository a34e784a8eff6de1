import { readDescription } from '../../sdp/structure.ts';
import type { Case } from '../case.ts';
import type { Cause } from '../cause.ts';
import { inForce, lineOf, shown } from '../look.ts';

/**
 * A rejected section has port 0 (RFC 3264, section 6). Chromium leaves its codecs out where none was common; a section
 * that a page stopped has been rejected in the offer too, or lists what it could do.
 */
export const codecMismatch: Cause = {
  id: 'codec-mismatch',
  verdict: 'The two sides agreed on no codec for a part of the call.',
  find(call) {
    const pair = exchange(call);
    if (!pair) return null;
    const [offered, answered] = [
      readDescription(pair.offer.sdp).media,
      readDescription(pair.answer.sdp).media,
    ];
    const rejected = answered.flatMap((section, index) => {
      const asked = offered[index];
      return section.rejected && asked && !asked.rejected && asked.rtp ? [{ section, asked, index }] : [];
    });
    const [first] = rejected;
    if (!first) return null;
    const names = [
      ...new Set(
        first.asked.codecs
          .map(({ name }) => name)
          .filter((name) => !/^(?:rtx|red|ulpfec|flexfec-03)$/i.test(name)),
      ),
    ];
    const known = names.some((name) => KNOWN.has(name.toLowerCase()));
    const isEmpty = first.section.codecs.every(
      ({ name }) => !KNOWN.has(name.toLowerCase()) || first.section.formats.join() === '0',
    );
    const line = lineOf(pair.answer.sdp, new RegExp(`^m=${first.asked.kind} 0 `));
    return {
      confidence: !known ? 'certain' : isEmpty ? 'likely' : 'possible',
      message: `The offer names ${names.slice(0, 4).join(', ') || 'no codec'} for ${first.asked.kind}, and the answer rejects that section${isEmpty ? ' without a codec' : ''}: there will be no ${first.asked.kind === 'video' ? 'picture' : 'sound'}.`,
      evidence: [
        ...shown(pair.answer.event, `m=${first.asked.kind} 0`, line),
        ...shown(pair.offer.event, `offered: ${names.slice(0, 3).join(', ')}`),
      ],
      change: {
        who: 'page',
        what: 'Offer a codec that every browser has: VP8 or H.264 baseline for pictures, Opus for sound (RFC 7742, RFC 7874).',
      },
      unknown: known
        ? ['Whether the other side has none of these codecs, or its page rejected the section on purpose.']
        : [],
    };
  },
};

function exchange(call: Case) {
  const [own, other] = [inForce(call.ownDescriptions), inForce(call.otherDescriptions)];
  if (!own || !other) return null;
  if (own.type === 'answer' && other.type === 'offer') return { offer: other, answer: own };
  return other.type === 'answer' && own.type === 'offer' ? { offer: own, answer: other } : null;
}

const KNOWN = new Set([
  'vp8',
  'vp9',
  'av1',
  'h264',
  'h265',
  'opus',
  'pcmu',
  'pcma',
  'g722',
  'isac',
  'ilbc',
  'telephone-event',
  'cn',
  'l16',
]);
