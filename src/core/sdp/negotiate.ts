/**
 * What an offer and its answer agree on, section by section (RFC 3264 section 6, RFC 9429 section 5.11), and the error
 * that a browser would throw instead.
 */
import { adviceFor } from './browsers/advice.ts';
import { chromiumCreateAnswer, chromiumRefusal, chromiumSetAnswer } from './browsers/chromium.ts';
import { firefoxCreateAnswer, firefoxRefusal, firefoxSetAnswer } from './browsers/firefox.ts';
import type { Refusal, Remote } from './browsers/refusal.ts';
import { commonCodecs, whyNoCommon, type AgreedCodec } from './formats.ts';
import { negotiationFindings, type NegotiationFinding } from './negotiation-findings.ts';
import {
  inherited,
  readDescription,
  sectionsOf,
  type Description,
  type Direction,
  type MediaSection,
} from './structure.ts';
import { parseExtmap } from './values.ts';

export interface SideFacts {
  readonly direction: Direction;
  readonly port: number | null;
  readonly codecs: readonly string[];
  readonly extensions: readonly string[];
  readonly setup: string | null;
}

export interface Agreement {
  /** As the offerer ends up. */
  readonly direction: Direction;
  readonly codecs: readonly AgreedCodec[];
  readonly extensions: readonly string[];
  readonly setup: { readonly offerer: string | null; readonly answerer: string | null };
}

export interface NegotiatedSection {
  readonly mid: string | null;
  readonly kind: string;
  readonly offered: SideFacts | null;
  readonly answered: SideFacts | null;
  readonly agreed: Agreement | null;
  readonly rejected: boolean;
  readonly reason?: string;
}

export interface PredictedError {
  readonly browser: 'chromium' | 'firefox';
  readonly call:
    | 'answerer.setRemoteDescription'
    | 'answerer.createAnswer'
    | 'answerer.setLocalDescription'
    | 'offerer.setRemoteDescription';
  /** The name of the exception. */
  readonly error: string;
  readonly reason: string;
  /** What to change. */
  readonly mend?: string;
  /** A part of the message that Chromium's exception has. */
  readonly says?: string;
  /** In the offer for calls of the answerer, in the answer for calls of the offerer. */
  readonly line?: number;
}

export interface Negotiation {
  readonly sections: readonly NegotiatedSection[];
  /** The mids that share a transport; a section without a group stands alone. */
  readonly bundle: readonly (readonly string[])[];
  readonly predictedErrors: readonly PredictedError[];
  /** What the answer does that the offer did not allow, and browsers put up with; lines are those of the answer. */
  readonly findings: readonly NegotiationFinding[];
}

/** The local descriptions in force when the offer is made: a later negotiation is judged against them, too. */
export interface Earlier {
  readonly offerer: string;
  readonly answerer: string;
}

export function negotiate(offerText: string, answerText: string, earlier?: Earlier): Negotiation {
  const offer = readDescription(offerText);
  const answer = readDescription(answerText);
  const count = Math.max(offer.media.length, answer.media.length);
  const sections = Array.from({ length: count }, (_unused, index) =>
    negotiateSection(index, { offer, answer }),
  );
  return {
    sections,
    bundle: sharedTransports(answer, sections),
    predictedErrors: predictErrors({ offerText, answerText, offer, answer, earlier }),
    findings: negotiationFindings(offer, answer),
  };
}

interface Both {
  readonly offer: Description;
  readonly answer: Description;
}

function negotiateSection(index: number, { offer, answer }: Both): NegotiatedSection {
  const offered = offer.media[index];
  const answered = answer.media[index];
  const reason = rejection(offered, answered);
  return {
    mid: offered?.mid ?? answered?.mid ?? null,
    kind: offered?.kind ?? answered?.kind ?? '',
    offered: offered === undefined ? null : sideFacts(offered, offer),
    answered: answered === undefined ? null : sideFacts(answered, answer),
    agreed: reason === undefined ? agree(offered!, answered!, { offer, answer }) : null,
    rejected: reason !== undefined,
    ...(reason === undefined ? {} : { reason }),
  };
}

function rejection(
  offered: MediaSection | undefined,
  answered: MediaSection | undefined,
): string | undefined {
  if (offered === undefined) return 'The answer has a section that was not offered.';
  if (answered === undefined) return 'The answer has no section for this one.';
  if (offered.kind !== answered.kind)
    return `The answer has ${answered.kind} where ${offered.kind} was offered.`;
  if (offered.rejected) return 'The offer itself has port 0 here: the section is not in use.';
  if (answered.rejected)
    return offered.bundleOnly
      ? 'The answerer did not accept the bundle that this section needs (port 0).'
      : 'The answerer rejected it (port 0).';
  if (offered.rtp && answered.rtp && commonCodecs(offered, answered).length === 0)
    return whyNoCommon(offered, answered);
  return undefined;
}

function sideFacts(media: MediaSection, description: Description): SideFacts {
  return {
    direction: media.direction,
    port: media.port ?? null,
    codecs: media.rtp
      ? media.codecs.map((codec) => `${codec.payload} ${codec.name}/${codec.clockRate}`)
      : media.formats,
    extensions: extensionUris(media, description),
    setup: inherited(media, description.session, 'setup') ?? null,
  };
}

const extensionUris = (media: MediaSection, { session }: Description): readonly string[] =>
  [...(session.attributes.get('extmap') ?? []), ...(media.attributes.get('extmap') ?? [])].flatMap(
    (line) => parseExtmap(line.value)?.uri ?? [],
  );

function agree(offered: MediaSection, answered: MediaSection, { offer, answer }: Both): Agreement {
  const uris = new Set(extensionUris(offered, offer));
  return {
    direction: offererDirection(offered.direction, answered.direction),
    codecs: commonCodecs(offered, answered),
    extensions: extensionUris(answered, answer).filter((uri) => uris.has(uri)),
    setup: roles(inherited(offered, offer.session, 'setup'), transportSetup(answered, answer)),
  };
}

const sends = (direction: Direction): boolean => direction === 'sendrecv' || direction === 'sendonly';
const receives = (direction: Direction): boolean => direction === 'sendrecv' || direction === 'recvonly';

/** RFC 3264 section 6.1: the offerer sends what both want it to send. */
function offererDirection(offered: Direction, answered: Direction): Direction {
  const send = sends(offered) && receives(answered);
  const receive = receives(offered) && sends(answered);
  if (send && receive) return 'sendrecv';
  return send ? 'sendonly' : receive ? 'recvonly' : 'inactive';
}

/** Bundled sections share a transport, and the first section of the group gives its role (RFC 9143, section 7.1.3). */
export function transportSetup(media: MediaSection, description: Description): string | undefined {
  const tag = media.mid === undefined ? undefined : tagsOf(description).get(media.mid);
  const [first] = tag === undefined ? [] : sectionsOf(description, [tag]);
  return (
    (first && inherited(first, description.session, 'setup')) ??
    inherited(media, description.session, 'setup')
  );
}

const knownTags = new WeakMap<Description, ReadonlyMap<string, string>>();

/** The first mid of the BUNDLE group that each mid is in, made once for a description. */
function tagsOf(description: Description): ReadonlyMap<string, string> {
  const made = knownTags.get(description);
  if (made !== undefined) return made;
  const tags = new Map<string, string>();
  for (const { semantics, ids } of description.groups)
    if (semantics === 'BUNDLE') for (const id of ids) if (!tags.has(id)) tags.set(id, ids[0]!);
  knownTags.set(description, tags);
  return tags;
}

/** RFC 8842 section 5.3, RFC 4145 section 4: the answer decides; without a word of it, the answerer begins. Null where both want the same. */
function roles(offered: string | undefined, answered: string | undefined): Agreement['setup'] {
  if (offered === undefined && answered === undefined) return { offerer: null, answerer: null };
  if (offered === answered && (offered === 'active' || offered === 'passive'))
    return { offerer: null, answerer: null };
  const answerer =
    answered === 'passive' || (answered !== 'active' && offered === 'active') ? 'passive' : 'active';
  return { offerer: answerer === 'active' ? 'passive' : 'active', answerer };
}

/** RFC 9143 section 7.3: the answer's groups, without what was rejected. */
function sharedTransports(
  answer: Description,
  sections: readonly NegotiatedSection[],
): readonly (readonly string[])[] {
  const alive = sections.filter((section) => !section.rejected).flatMap((section) => section.mid ?? []);
  const known = new Set(alive);
  const groups = answer.groups
    .filter(({ semantics }) => semantics === 'BUNDLE')
    .map(({ ids }) => ids.filter((id) => known.has(id)))
    .filter((ids) => ids.length > 0);
  const grouped = new Set(groups.flat());
  return [...groups, ...alive.filter((mid) => !grouped.has(mid)).map((mid) => [mid])];
}

interface Texts extends Both {
  readonly offerText: string;
  readonly answerText: string;
  readonly earlier: Earlier | undefined;
}

const BROWSERS = [
  {
    browser: 'chromium',
    refusal: chromiumRefusal,
    createAnswer: chromiumCreateAnswer,
    setAnswer: chromiumSetAnswer,
  },
  {
    browser: 'firefox',
    refusal: firefoxRefusal,
    createAnswer: firefoxCreateAnswer,
    setAnswer: firefoxSetAnswer,
  },
] as const;

function predictErrors({ offerText, answerText, offer, answer, earlier }: Texts): readonly PredictedError[] {
  const offerer = earlier && readDescription(earlier.offerer);
  const answerer = earlier && readDescription(earlier.answerer);
  const before = (mine: Description | undefined, theirs: Description | undefined): Pick<Remote, 'inForce'> =>
    mine === undefined || theirs === undefined ? {} : { inForce: { mine, theirs } };
  const remoteOffer: Remote = {
    text: offerText,
    description: offer,
    type: 'offer',
    ...before(answerer, offerer),
  };
  const remoteAnswer: Remote = {
    text: answerText,
    description: answer,
    type: 'answer',
    offer,
    ...before(offerer, answerer),
  };
  return BROWSERS.flatMap(({ browser, refusal, createAnswer, setAnswer }) => {
    const calls: readonly (readonly [PredictedError['call'], () => Refusal | undefined])[] = [
      ['answerer.setRemoteDescription', () => refusal(remoteOffer)],
      ['answerer.createAnswer', () => createAnswer(remoteOffer)],
      ['answerer.setLocalDescription', () => setAnswer(remoteOffer)],
      ['offerer.setRemoteDescription', () => refusal(remoteAnswer)],
    ];
    return firstError(browser, calls);
  });
}

function inWords(
  browser: PredictedError['browser'],
  { reason }: Refusal,
): Pick<PredictedError, 'mend' | 'says'> {
  const advice = adviceFor(reason);
  if (advice?.says === undefined || browser === 'chromium') return advice ?? {};
  return { mend: advice.mend };
}

/** After the first failed call there is nothing to call any more. */
function firstError(
  browser: PredictedError['browser'],
  calls: readonly (readonly [PredictedError['call'], () => Refusal | undefined])[],
): readonly PredictedError[] {
  for (const [call, predict] of calls) {
    const refusal = predict();
    if (refusal !== undefined) return [{ browser, call, ...refusal, ...inWords(browser, refusal) }];
  }
  return [];
}
