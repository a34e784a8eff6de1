/** What an answer does that its offer did not allow, though no browser refuses it. RFC 3264 section 6.1, RFC 6184, RFC 4145. */
import { cite, type Cite } from '../base/cite.ts';
import { h264Level, h264LevelName } from './attributes/codecs/h264.ts';
import type { Finding } from './checks/check.ts';
import { commonPairs, type CodecPair } from './formats.ts';
import type { SdpLine } from './lines.ts';
import type { Codec, Description, MediaSection } from './structure.ts';
import { parseParameters, splitFirst } from './values.ts';

export interface NegotiationFinding extends Finding {
  readonly mid: string | null;
}

interface Said {
  readonly rule: string;
  readonly severity: Finding['severity'];
  readonly line: SdpLine;
  readonly claim: string;
  readonly reason: string;
  readonly rfc: Cite;
}

/** Section by section, as long as both sides have one; lines are those of the answer. */
export function negotiationFindings(offer: Description, answer: Description): readonly NegotiationFinding[] {
  return answer.media.flatMap((answered) => {
    const offered = offer.media[answered.index];
    if (offered === undefined || offered.rejected || answered.rejected || !offered.rtp) return [];
    const byPayload = new Map(offered.codecs.map((codec) => [codec.payload, codec]));
    const settings = fmtpLines(answered);
    return commonPairs(offered, answered)
      .flatMap((pair) => [
        otherNumber(pair, { answered, byPayload }),
        higherLevel(pair, settings.get(pair.answered.payload)),
      ])
      .filter((said) => said !== undefined)
      .map((said) => findingOf(said, answered.mid ?? null));
  });
}

const findingOf = ({ line, ...said }: Said, mid: string | null): NegotiationFinding => ({
  ...said,
  mid,
  line: line.number,
  message: `${said.claim}. ${said.reason}`,
});

const named = ({ name, clockRate }: Codec): string => `${name}/${clockRate}`;

interface Sides {
  readonly answered: MediaSection;
  readonly byPayload: ReadonlyMap<string, Codec>;
}

/** A codec keeps the number of the offer; one that the offer gave to something else is worse. */
function otherNumber(
  { offered: ours, answered: theirs }: CodecPair,
  { answered, byPayload }: Sides,
): Said | undefined {
  if (ours.payload === theirs.payload) return undefined;
  const owner = byPayload.get(theirs.payload);
  return {
    rule: owner === undefined ? 'answer-payload-type' : 'answer-payload-type-taken',
    severity: owner === undefined ? 'info' : 'warning',
    line: theirs.line ?? answered.mLine,
    claim: `${named(theirs)} has the number ${theirs.payload}, and was offered as ${ours.payload}`,
    reason:
      owner === undefined
        ? 'An answer should keep the numbers of the offer.'
        : `The offer gives ${theirs.payload} to ${named(owner)}: a receiver may take one for the other.`,
    rfc: cite('RFC 3264', '6.1'),
  };
}

/** Without level-asymmetry-allowed on both sides, an answer may lower the level and not raise it. */
function higherLevel(
  { offered: ours, answered: theirs }: CodecPair,
  line: SdpLine | undefined,
): Said | undefined {
  if (line === undefined) return undefined;
  const name = theirs.name.toLowerCase();
  const [offer, answer] = [parseParameters(ours.fmtp), parseParameters(theirs.fmtp)];
  if (name === 'h264') return higherH264(offer, answer, line);
  return name === 'h265' ? higherH265(offer, answer, line) : undefined;
}

type Parameters = ReadonlyMap<string, string>;

function higherH264(offer: Parameters, answer: Parameters, line: SdpLine): Said | undefined {
  const key = 'profile-level-id';
  const [ours, theirs] = [offer.get(key) ?? '42000a', answer.get(key) ?? '42000a'];
  const both = [offer, answer].every((one) => one.get('level-asymmetry-allowed') === '1');
  const [low, high] = [h264Level(ours), h264Level(theirs)];
  if (both || low === undefined || high === undefined || high <= low) return undefined;
  return {
    rule: 'answer-level',
    severity: 'warning',
    line,
    claim: `The answer raises the level of H264 from ${h264LevelName(ours)} to ${h264LevelName(theirs)}`,
    reason: 'An answer may lower it only, unless level-asymmetry-allowed=1 stands on both sides.',
    rfc: cite('RFC 6184', '8.2.2'),
  };
}

function higherH265(offer: Parameters, answer: Parameters, line: SdpLine): Said | undefined {
  const key = 'level-id';
  const [low, high] = [Number(offer.get(key) ?? '93'), Number(answer.get(key) ?? '93')];
  if (!(high > low)) return undefined;
  return {
    rule: 'answer-level',
    severity: 'warning',
    line,
    claim: `The answer raises the level of H265 from ${low / 30} to ${high / 30}`,
    reason: 'An answer may lower level-id only; what a side can receive beyond it is max-recv-level-id.',
    rfc: cite('RFC 7798', '7.2.2'),
  };
}

/** By payload type; of two lines for one the first. */
const fmtpLines = ({ attributes }: MediaSection): ReadonlyMap<string, SdpLine> =>
  new Map((attributes.get('fmtp') ?? []).toReversed().map((line) => [splitFirst(line.value)[0], line]));
